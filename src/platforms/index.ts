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

/** What `render --platform` can show: each platform's native payloads, and plain text. */
export const renderers: Readonly<Record<string, (message: Message) => readonly unknown[]>> = {
  ...Object.fromEntries(platforms.map((platform) => [platform.name, (message: Message) => platform.render(message)])),
  text: (message) => [renderText(message)],
}
