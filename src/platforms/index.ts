import type { PlatformDefinition } from '../delivery/platform.ts'
import type { Message } from '../message/message.ts'
import { discord } from './discord/definition.ts'
import { slack } from './slack/definition.ts'
import { renderText } from './text/render.ts'
import type { ChatService } from './web/console-options.ts'
import { web } from './web/definition.ts'

/** Every platform there is; config, help, doctor and `.env.example` read this list. */
export const platforms: readonly PlatformDefinition[] = [web, slack, discord]

/** How far each chat service is set up by the environment, in which an empty variable counts as unset. */
export function chatServices(environment: Readonly<Record<string, string | undefined>>): readonly ChatService[] {
  const isSet = (name: string) => (environment[name] ?? '').trim() !== ''
  return platforms.flatMap(({ service }) => {
    if (service === undefined) return []
    const { title, guide, needs } = service
    const missing = needs.filter((group) => !group.some(isSet))
    return [{ title, guide, set: needs.flat().filter(isSet), missing }]
  })
}

/** One way to show messages: a platform's native payloads, or plain text. */
export interface Renderer {
  /** The platform that it is of. */
  readonly platform?: PlatformDefinition
  render(message: Message): readonly unknown[]
}

/** What `render --platform` can show: each platform, its other looks (`discord-embeds`), and plain text. */
export const renderers: Readonly<Record<string, Renderer>> = {
  ...Object.fromEntries(
    platforms.flatMap((platform): (readonly [string, Renderer])[] => [
      [platform.name, { platform, render: (message) => platform.render(message) }],
      ...Object.entries(platform.looks?.others ?? {}).map(
        ([look, render]) => [`${platform.name}-${look}`, { platform, render }] as const,
      ),
    ]),
  ),
  text: { render: (message) => [renderText(message)] },
}
