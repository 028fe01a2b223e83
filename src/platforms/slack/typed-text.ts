/**
 * What a person typed after `/papers`, from what Slack makes of it (`should_escape`): names for people and channels,
 * (or their ids, where a channel itself is meant), addresses without their angle brackets, entities decoded once, curly quotes straight.
 * @example typedText('author:“Ada” &amp; <#C012|general>') // 'author:"Ada" & #general'
 */
export function typedText(text: string, channels: 'names' | 'ids' = 'names'): string {
  return text
    .replace(/<([@#!])([^<>|]*)(?:\|([^<>]*))?>|<([^<>|]+)(?:\|([^<>]*))?>/g, (_whole, sign, id, name, url) =>
      sign === undefined
        ? addressOf(url)
        : `${sign === '#' ? '#' : '@'}${sign === '#' && channels === 'ids' ? id : name || id}`,
    )
    .replace(/&(amp|lt|gt);/g, (_whole, name) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'))
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .trim()
}

function addressOf(url: string): string {
  return url.replace(/^(?:mailto|tel):/, '')
}
