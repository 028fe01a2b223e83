import { encodeAction } from '../message/action.ts'
import type { Button, MessageNode, Span } from '../message/message.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import type { DigestItem, DigestRecord, Reason, Seen } from '../store/records.ts'
import { dayForPeople } from './paper-view.ts'

/** The papers about which a part of a digest (they count from 1) asks. */
export function questionsIn(digest: DigestRecord, part: number): readonly DigestItem[] {
  return part === digest.parts.length ? (digest.questions ?? []) : []
}

/**
 * The questions of a part, a line each. What was answered by now, as `seen` has it, says so; what came to be posted for
 * another reason is asked no more.
 */
export function questionNodes(
  items: readonly DigestItem[],
  known: ReadonlyMap<PaperId, Paper>,
  seen: ReadonlyMap<PaperId, Seen>,
): readonly MessageNode[] {
  return items.flatMap((item) =>
    item.reasons.flatMap((reason) => questionNode(item.paper, known.get(item.paper), reason, seen.get(item.paper))),
  )
}

/** One line that asks whether a paper is the followed person's, with its two answers. */
export function questionNode(
  id: PaperId,
  paper: Paper | undefined,
  reason: Reason,
  seen?: Seen,
): readonly MessageNode[] {
  const about: Span = paper === undefined ? { text: id } : { text: paper.title, url: paper.links.abstract }
  const answer = answerOf(reason, seen)
  if (answer === 'moot') return []
  if (answer !== undefined) {
    return [{ kind: 'line', quiet: true, spans: [{ text: `${reason.label}: ${answer} · ` }, about] }]
  }
  const args = [id, reason.subscription]
  const buttons: readonly Button[] = [
    { label: 'Yes', style: 'primary', action: { name: 'its-them', args } },
    { label: 'No', action: { name: 'not-them', args } },
  ]
  return [
    {
      kind: 'question',
      asks: `Is this your ${reason.label}?`,
      about,
      buttons: buttons.filter(({ action }) => encodeAction(action) !== undefined),
    },
    ...(paper === undefined ? [] : [{ kind: 'line' as const, quiet: true, spans: bywhom(paper, reason) }]),
  ]
}

const CO_AUTHORS = 3

/** The name as the byline has it, some who wrote with them, and the day: what tells namesakes apart. */
function bywhom(paper: Paper, { position, author, label }: Reason): readonly Span[] {
  const name = (position === undefined ? author : paper.authors[position]?.name) ?? author ?? label
  const others = paper.authors.filter((each, at) => (position === undefined ? each.name !== name : at !== position))
  const named = others.slice(0, CO_AUTHORS).map((each) => each.name)
  const more = others.length > CO_AUTHORS ? ` +${others.length - CO_AUTHORS}` : ''
  const beside = named.length === 0 ? '' : ` with ${named.join(', ')}${more}`
  return [{ text: name, style: 'strong' }, { text: `${beside} · ${dayForPeople(paper.published)}` }]
}

function answerOf(reason: Reason, seen: Seen | undefined): 'yes' | 'no' | 'moot' | undefined {
  if (seen === undefined) return undefined
  const now = seen.reasons.find(({ subscription }) => subscription === reason.subscription)
  if (seen.state === 'asked') return now === undefined ? 'no' : undefined
  if (seen.state === 'refused' && seen.why === 'not-theirs') return 'no'
  return now !== undefined && now.confidence !== 'possible' ? 'yes' : 'moot'
}
