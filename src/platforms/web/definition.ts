import { z } from 'zod'
import { definePlatform } from '../../delivery/platform.ts'
import { renderText } from '../text/render.ts'
import { createWebPlatform } from './connection.ts'
import { renderHtml } from './render.ts'

const settings = z
  .object({
    CONSOLE_HOST: z.string().trim().min(1).default('127.0.0.1'),
    CONSOLE_PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'CONSOLE_PORT has to be a number from 0 to 65535; 0 takes a free port')
      .transform(Number)
      .refine((port) => port <= 65_535, 'CONSOLE_PORT has to be a number from 0 to 65535; 0 takes a free port')
      .default(8080),
    CONSOLE_TOKEN: z
      .string()
      .regex(/^\S{32,}$/, 'CONSOLE_TOKEN has to have at least 32 characters and no spaces; unset it and one is made')
      .optional(),
    CONSOLE_ORIGIN: z.string().trim().optional(),
  })
  .transform(({ CONSOLE_HOST: host, CONSOLE_PORT: port, CONSOLE_TOKEN: token, CONSOLE_ORIGIN: origin }) => ({
    host,
    port,
    ...(token === undefined ? {} : { token }),
    ...(origin === undefined || origin === '' ? {} : { origin: origin.replace(/\/$/, '') }),
  }))

export type WebSettings = z.output<typeof settings>

export const web = definePlatform({
  name: 'web',
  variables: [
    {
      name: 'CONSOLE_HOST',
      default: '127.0.0.1',
      meaning: 'Where the console listens; off loopback only with CONSOLE_ORIGIN.',
    },
    { name: 'CONSOLE_PORT', default: '8080', meaning: 'Its port; 0 takes a free one.' },
    {
      name: 'CONSOLE_TOKEN',
      meaning: 'What opens the console; made at first start and kept in DATA_DIR/console-token when unset.',
      secret: true,
    },
    {
      name: 'CONSOLE_ORIGIN',
      meaning: 'The https address of the console behind a proxy, e.g. https://papers.example.org.',
    },
  ],
  settings,
  papersPerPart: 20,
  render: (message) => [{ html: renderHtml(message), text: renderText(message) }],
  create: async (_settings, house) => createWebPlatform(house),
})
