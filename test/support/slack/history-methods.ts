import { page, readableChannel } from './access.ts'
import { type Answer, type ApiCall, booleanArg, type Handlers, type Servers, stringArg } from './api-call.ts'
import { messagePayload } from './message-payload.ts'
import { refuse } from './refusal.ts'
import { RULES } from './rules.ts'
import type { Channel, Message } from './world.ts'

/** conversations.history and .replies: what can be read again, with the lag that reading has. */
export function historyMethods(servers: Servers): Pick<Handlers, 'conversations.history' | 'conversations.replies'> {
  const { world, historyLagMs } = servers
  const seen = (channel: Channel) =>
    channel.messages.filter(
      (each) => each.gone !== true && each.ephemeralTo === undefined && each.at + historyLagMs <= world.now(),
    )
  return {
    'conversations.history': (call) => {
      const channel = readableChannel(world, call.team, stringArg(call.args, 'channel'))
      // Replies are not in it unless broadcast (conversations.history).
      const messages = seen(channel).filter((each) => each.threadTs === undefined || each.broadcast)
      return answer(servers, call, channel, within(messages, call).reverse())
    },
    'conversations.replies': (call) => {
      const channel = readableChannel(world, call.team, stringArg(call.args, 'channel'))
      const ts = stringArg(call.args, 'ts')
      if (ts === undefined) return refuse('thread_not_found')
      const asked = seen(channel).find((each) => each.ts === ts)
      if (asked === undefined) return refuse('thread_not_found')
      const parentTs = asked.threadTs ?? asked.ts
      const parent = seen(channel).filter((each) => each.ts === parentTs)
      // The parent comes first on every page (conversations.replies), and is not subject to the time range.
      const replies = within(
        seen(channel).filter((each) => each.threadTs === parentTs),
        call,
      )
      return answer(servers, call, channel, [...parent, ...replies])
    },
  }
}

/** The time range: `oldest` and `latest` exclusive unless `inclusive` (conversations.history). */
function within(messages: readonly Message[], { args }: ApiCall): Message[] {
  const inclusive = booleanArg(args, 'inclusive') ?? false
  const oldest = moment(args.oldest, 'invalid_ts_oldest')
  const latest = moment(args.latest, 'invalid_ts_latest')
  return messages.filter(({ ts }) => {
    const at = microsOf(ts)
    if (oldest !== undefined && (at < oldest || (!inclusive && at === oldest))) return false
    return latest === undefined || at < latest || (inclusive && at === latest)
  })
}

function moment(value: unknown, error: string): bigint | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (!/^\d+(\.\d+)?$/.test(String(value))) return refuse(error)
  return microsOf(String(value))
}

/** Exact: a double does not hold a ts of microseconds. */
function microsOf(ts: string): bigint {
  const [seconds = '0', fraction = ''] = ts.split('.')
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
}

function answer({ commercial }: Servers, { args }: ApiCall, channel: Channel, messages: readonly Message[]): Answer {
  const most = commercial ? RULES.commercialHistory.objects : RULES.page.most
  const { items, next } = page(messages, args, most, commercial ? most : RULES.page.unlessTold)
  const all = booleanArg(args, 'include_all_metadata') ?? false
  return {
    messages: items.map((message) => messagePayload(channel, message, all)),
    has_more: next !== '',
    pin_count: 0,
    response_metadata: { next_cursor: next },
  }
}
