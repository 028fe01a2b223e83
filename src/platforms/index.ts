import type { PlatformDefinition } from '../delivery/platform.ts'
import type { Message } from '../message/message.ts'
import { discord } from './discord/definition.ts'
import { slack } from './slack/definition.ts'
import { renderText } from './text/render.ts'
import { web } from './web/definition.ts'

/** Every platform there is; config, help, doctor and `.env.example` read this list. */
export const platforms: readonly PlatformDefinition[] = [web, slack, discord]

/** What `render --platform` can show: each platform's native payloads, and plain text. */
export const renderers: Readonly<Record<string, (message: Message) => readonly unknown[]>> = {
  ...Object.fromEntries(platforms.map((platform) => [platform.name, (message: Message) => platform.render(message)])),
  text: (message) => [renderText(message)],
}
