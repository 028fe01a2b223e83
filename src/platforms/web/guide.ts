import { existsSync, readFileSync } from 'node:fs'
import type { Markup } from './markup.ts'
import { html, safeUrl } from './markup.ts'

const FOLDER = new URL('../../../docs/', import.meta.url)
const GUIDE = /^[A-Z]+\.md$/

/** A page of the documentation that comes with the program, `SLACK.md`; undefined for everything else. */
export function guideMarkup(file: string): Markup | undefined {
  if (!GUIDE.test(file)) return undefined
  const path = new URL(file, FOLDER)
  return existsSync(path) ? blocks(readFileSync(path, 'utf8').split(/\r?\n/)) : undefined
}

export function guidePath(file: string): string {
  return `/docs/${file}`
}

/** As much of Markdown as our own pages use: headings, paragraphs, lists, tables and fenced code. */
export function blocks(lines: readonly string[]): Markup {
  const made: Markup[] = []
  let at = 0
  const take = (belongs: (line: string, before: string | undefined) => boolean): readonly string[] => {
    const from = at
    while (at < lines.length && belongs(lines[at] ?? '', at === from ? undefined : lines[at - 1])) at++
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const [, depth = '', title = ''] = /^(#{1,3}) (.*)$/.exec(line) ?? []
    if (line.trim() === '') at++
    else if (depth !== '') {
      made.push(
        depth === '#'
          ? html`<h1>${inline(title)}</h1>`
          : depth === '##'
            ? html`<h2>${inline(title)}</h2>`
            : html`<h3>${inline(title)}</h3>`,
      )
      at++
    } else if (line.startsWith('```')) {
      at++
      const code = take((next) => !next.startsWith('```'))
      at++
      made.push(html`<pre class="file" tabindex="0">${code.join('\n')}</pre>`)
    } else if (line.startsWith('|')) {
      made.push(table(take((next) => next.startsWith('|'))))
    } else if (ITEM.test(line)) {
      const ordered = /^\d/.test(line)
      const items = itemsOf(take((next) => ITEM.test(next) || /^ {2,}\S/.test(next) || next === ''))
      made.push(ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`)
    } else {
      made.push(
        html`<p>${inline(take((next, before) => before === undefined || (next.trim() !== '' && !/^(?:#|\||```)/.test(next))).join(' '))}</p>`,
      )
    }
  }
  return html`${made}`
}

const ITEM = /^(?:\d+\.|-) +/

function itemsOf(lines: readonly string[]): readonly Markup[] {
  const items: string[][] = []
  for (const line of lines) {
    if (ITEM.test(line)) items.push([line.replace(ITEM, '')])
    else items.at(-1)?.push(line.replace(/^ {1,3}/, ''))
  }
  return items.map((item) => html`<li>${blocks(item)}</li>`)
}

function table(lines: readonly string[]): Markup {
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => inline(cell.replaceAll('\\|', '|').trim())),
  )
  return html`<div class="table" role="region" tabindex="0" aria-label="Table"><table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`
}

const INLINE =
  /`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\*(?<em>[^*\s][^*]*)\*|\[(?<text>[^\]]+)\]\((?<to>[^)\s]+)\)|<(?<address>https?:[^>\s]+)>/g

function inline(text: string): Markup {
  const made: (string | Markup)[] = []
  let from = 0
  for (const found of text.matchAll(INLINE)) {
    made.push(text.slice(from, found.index))
    from = found.index + found[0].length
    const { code, strong, em, text: shown = '', to, address } = found.groups ?? {}
    if (code !== undefined) made.push(html`<code>${code}</code>`)
    else if (strong !== undefined) made.push(html`<strong>${inline(strong)}</strong>`)
    else if (em !== undefined) made.push(html`<em>${inline(em)}</em>`)
    else made.push(link(shown, to ?? address ?? ''))
  }
  return html`${[...made, text.slice(from)]}`
}

/** What this console doesn't have is named, not linked. */
function link(shown: string, to: string): Markup {
  const url = safeUrl(to)
  if (url !== undefined)
    return html`<a href="${url}" target="_blank" rel="noopener noreferrer">${shown === '' ? to : inline(shown)}</a>`
  return GUIDE.test(to) ? html`<a href="${guidePath(to)}">${inline(shown)}</a>` : inline(shown)
}
