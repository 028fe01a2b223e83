import type { Container, Embed, Row, TextDisplay } from './payload.ts'

/** Components of one message, nested ones counted (docs.discord.com, components reference). */
export const MOST_COMPONENTS = 40
/** Over all text displays of a message; not in Discord's reference, but enforced. */
export const MOST_CHARACTERS = 4000
/** Beyond about 10,170 bytes, of text and 12 for each component, the API was seen to answer 500 (discord-api-docs#8554). */
export const MOST_BYTES = 10_000
export const MOST_EMBEDS = 10
/** Over the authors, titles and descriptions of all embeds of a message. */
export const MOST_EMBED_CHARACTERS = 6000
export const EMBED_TITLE = 256
export const EMBED_DESCRIPTION = 4096
export const MOST_ROWS = 5
export const ROW_BUTTONS = 5
export const SELECT_OPTIONS = 25
export const LABEL = 80
export const OPTION_LABEL = 100

export interface Size {
  readonly components: number
  /** UTF-16 units, which are never fewer than what Discord counts. */
  readonly characters: number
  readonly bytes: number
}

/** What the components of a message come to, nested ones included. */
export function sizeOf(components: readonly (Container | Container['components'][number])[]): Size {
  let count = 0
  const texts: string[] = []
  const visit = (component: Container | Row['components'][number] | Container['components'][number]): void => {
    count++
    switch (component.type) {
      case 10:
        texts.push(component.content)
        break
      case 9:
        component.components.forEach(visit)
        visit(component.accessory)
        break
      case 1:
      case 17:
        component.components.forEach(visit)
        break
      default:
    }
  }
  components.forEach(visit)
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) + 12 * count
  return { components: count, characters, bytes }
}

export function embedCharacters(embeds: readonly Embed[]): number {
  return embeds.reduce(
    (sum, { author, title = '', description = '' }) =>
      sum + (author?.name.length ?? 0) + title.length + description.length,
    0,
  )
}

export function isText(block: Container['components'][number] | undefined): block is TextDisplay {
  return block?.type === 10
}
