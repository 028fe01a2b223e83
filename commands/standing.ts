import { isoAt } from '../src/clock.ts'
import { burstEnd, burstOf } from '../src/digest/burst.ts'
import { digestReference, findDigest } from '../src/digest/digest-id.ts'
import type { PaperLedger } from '../src/digest/ledger.ts'
import { isoWithOffset } from '../src/digest/local-time.ts'
import { dayForPeople } from '../src/digest/paper-view.ts'
import { isPaused, pauseEnd } from '../src/digest/pause.ts'
import { nextSlots, quietUntil } from '../src/digest/schedule.ts'
import { settingsOf } from '../src/digest/settings.ts'
import { isMuted } from '../src/following/mute.ts'
import type { Button, Span } from '../src/message/message.ts'
import { channelKey, partKey } from '../src/store/keys.ts'
import type { ChannelSettings, DigestRecord, PartRecord } from '../src/store/records.ts'
import type { Context } from './command.ts'

/** Where a paper stands in a channel by now, for people, and what can be done about it. */
export interface Standing {
  readonly text: string
  /** Where it can be seen. */
  readonly link?: Span
  readonly buttons: readonly Button[]
}

/** What has become of a paper that has to do with the context's channel. Times are on the wall of the channel. */
export async function standingOf(context: Context, ledger: PaperLedger): Promise<Standing> {
  const { seen } = ledger
  const { store, channel, scope } = context
  const settings = await settingsOf(store, scope.tenant, channel)
  const time = (instant: string) => timeFor(settings, instant)
  const digest =
    'digest' in seen && seen.digest !== undefined ? await findDigest(store, channel, seen.digest) : undefined
  const part =
    'part' in seen && seen.part !== undefined && digest !== undefined ? { digest, number: seen.part } : undefined
  const place =
    part === undefined ? '' : ` in part ${part.number} of ${part.digest.parts.length} of ${named(part.digest, time)}`
  const said = (text: string): Standing => ({ text, buttons: [] })
  switch (seen.state) {
    case 'baseline':
      return said('shown when it was followed, so not posted')
    case 'pending':
      return said(await waiting(context, settings, ledger))
    case 'asked': {
      const asking = seen.askedIn === undefined ? undefined : await findDigest(store, channel, seen.askedIn)
      const when =
        asking === undefined ? 'it is asked about with the next digest' : `${named(asking, time)} asked about it`
      return said(`perhaps theirs: not posted until someone here says so; ${when}`)
    }
    case 'digested':
      return said(`on its way${place}${await onItsWay(context, part, time)}`)
    case 'posted': {
      const text = `posted on ${time(seen.at)}${place}`
      const { url } = seen.receipt
      return url === undefined ? said(text) : { ...said(text), link: { text: 'Open the message', url } }
    }
    case 'listed': {
      const text = `listed behind “Show all”${digest === undefined ? '' : ` of ${named(digest, time)}`}`
      if (digest === undefined) return said(text)
      return { text, buttons: [{ label: 'Show all', action: { name: 'show-all', args: [digestReference(digest)] } }] }
    }
    case 'refused':
      return said(
        seen.why === 'not-theirs'
          ? `refused as not theirs, ${time(seen.at)}${whoRefused(ledger)}`
          : `given up${place}: ${seen.by}`,
      )
    case 'muted':
      return said(`muted, ${time(seen.at)}: ${mutedBecause(ledger)}`)
    case 'parked':
      return said(`parked since ${time(seen.at)}${place}, because ${seen.reason}`)
  }
}

/** An instant on the channel's wall, for people. @example '12 Sep 2025, 09:00' */
export function timeFor({ timezone }: Pick<ChannelSettings, 'timezone'>, instant: string): string {
  const local = isoWithOffset(Date.parse(instant), timezone)
  return `${dayForPeople(local)}, ${local.slice(11, 16)}`
}

async function waiting(
  { store, channel, clock }: Context,
  settings: ChannelSettings,
  { seen }: PaperLedger,
): Promise<string> {
  const parked = (await store.channels.get(channelKey(channel)))?.parked
  if (parked !== undefined) return `waiting: nothing can be posted here, because ${parked.reason}`
  const now = clock.now()
  const keys = seen.reasons.map((reason) => channelKey(channel, reason.subscription))
  const followed = (await store.subscriptions.getMany(keys)).filter((record) => record !== undefined)
  const heard = followed.filter((record) => !isMuted(record, isoAt(now)) && !isMuted(record, seen.at))
  if (followed.length > 0 && heard.length === 0) {
    return `kept back: ${seen.reasons.map(({ label }) => label).join(', ')} is muted here`
  }
  const burst = await burstOf(store, channel)
  if (burst?.kind === 'asked') {
    return `held: ${burst.papers} papers came at once, and a manager is asked; without an answer they are posted ${timeFor(settings, burstEnd(burst))}`
  }
  if (isPaused(settings, now)) return `waiting: digests are paused ${pauseEnd(settings)}`
  const quiet = quietUntil(settings, now)
  if (quiet !== undefined) return `waiting: quiet hours until ${timeFor(settings, quiet)}`
  const [next] = nextSlots(settings, now, 1)
  return `waiting for the next digest${next === undefined ? '' : `, ${timeFor(settings, next)}`}`
}

/** What a part that is neither posted nor given up waits for. */
async function onItsWay(
  { store, channel }: Context,
  part: { readonly digest: DigestRecord; readonly number: number } | undefined,
  time: (instant: string) => string,
): Promise<string> {
  if (part === undefined) return ''
  const { slot, n } = part.digest
  const record: PartRecord | undefined = await store.parts.get(partKey({ channel, slot, n, part: part.number }))
  switch (record?.state.kind) {
    case 'ready':
      return record.state.notBefore === undefined
        ? ''
        : `, not before ${time(record.state.notBefore)}, as the platform asked`
    case 'unknown':
      return `; whether it was posted can’t be told yet, so it is looked for on ${time(record.state.lookAt)}`
    default:
      return ''
  }
}

function named({ slot }: DigestRecord, time: (instant: string) => string): string {
  return `the digest of ${time(slot)}`
}

function mutedBecause({ steps }: PaperLedger): string {
  return steps.findLast((step) => step.what === 'muted')?.detail ?? 'nobody here follows it any more'
}

/** @example ', in the words of Ada: not Wei Wang' */
function whoRefused({ steps }: PaperLedger): string {
  const detail = steps.findLast((step) => step.what === 'not-them')?.detail
  return detail === undefined ? '' : `, in the words of ${detail}`
}
