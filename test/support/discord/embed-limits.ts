import { isGiven, listOf, objectOf, textOf } from './json-value.ts'
import { LIMITS } from './rules.ts'
import { countOf, type LimitViolation, lengthOf, type Path, refused } from './violation.ts'

/** resources/message, "Embed Limits". */
export function embedLimits(embeds: readonly unknown[]): readonly LimitViolation[] {
  const text = embeds.reduce<number>((sum, embed) => sum + textLength(embed), 0)
  return [
    ...countOf('embeds', ['embeds'], embeds.length, LIMITS.embeds),
    ...(text > LIMITS.embedsText
      ? [
          refused(
            'embeds-text',
            ['embeds'],
            'MAX_EMBED_SIZE_EXCEEDED',
            `Embed size exceeds maximum size of ${LIMITS.embedsText}`,
          ),
        ]
      : []),
    ...embeds.flatMap((embed, at) => oneEmbed(embed, ['embeds', at])),
  ]
}

function oneEmbed(value: unknown, path: Path): readonly LimitViolation[] {
  const embed = objectOf(value)
  const { embed: limits } = LIMITS
  const said = ['title', 'description', 'author', 'footer', 'image', 'thumbnail', 'video'].some((key) =>
    isGiven(embed[key]),
  )
  return [
    ...(said || listOf(embed.fields).length > 0
      ? []
      : [refused('embed-empty', [...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required')]),
    ...lengthOf('embed-title', [...path, 'title'], embed.title, limits.title),
    ...lengthOf('embed-description', [...path, 'description'], embed.description, limits.description),
    ...lengthOf('embed-footer', [...path, 'footer', 'text'], objectOf(embed.footer).text, limits.footer),
    ...lengthOf('embed-author', [...path, 'author', 'name'], objectOf(embed.author).name, limits.author),
    ...countOf('embed-fields', [...path, 'fields'], listOf(embed.fields).length, limits.fields),
    ...listOf(embed.fields).flatMap((field, at) => {
      const { name, value: text } = objectOf(field)
      return [
        ...lengthOf('embed-field-name', [...path, 'fields', at, 'name'], name, limits.fieldName, 1, true),
        ...lengthOf('embed-field-value', [...path, 'fields', at, 'value'], text, limits.fieldValue, 1, true),
      ]
    }),
    ...urls(embed, path),
  ]
}

function urls(embed: Readonly<Record<string, unknown>>, path: Path): readonly LimitViolation[] {
  const places: readonly [Path, unknown][] = [
    [[...path, 'url'], embed.url],
    [[...path, 'author', 'url'], objectOf(embed.author).url],
    [[...path, 'image', 'url'], objectOf(embed.image).url],
    [[...path, 'thumbnail', 'url'], objectOf(embed.thumbnail).url],
  ]
  return places
    .filter(([, url]) => isGiven(url) && !/^(?:https?|attachment):\/\/\S+$/.test(textOf(url) ?? ''))
    .map(([at]) => refused('url', at, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.'))
}

function textLength(value: unknown): number {
  const embed = objectOf(value)
  const texts = [
    embed.title,
    embed.description,
    objectOf(embed.footer).text,
    objectOf(embed.author).name,
    ...listOf(embed.fields).flatMap((field) => [objectOf(field).name, objectOf(field).value]),
  ]
  return texts.reduce<number>((sum, text) => sum + (textOf(text)?.length ?? 0), 0)
}
