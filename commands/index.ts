import { also } from './also.ts'
import { author } from './author.ts'
import { burst } from './burst.ts'
import { cite } from './cite.ts'
import type { Command } from './command.ts'
import { digest } from './digest.ts'
import { forget } from './forget.ts'
import { helpFor } from './help.ts'
import { mention } from './mention.ts'
import { move } from './move.ts'
import { mute, unmute } from './mute.ts'
import { parked } from './parked.ts'
import { pause, resume } from './pause.ts'
import { propose } from './propose.ts'
import { questions } from './questions.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { split } from './split.ts'
import { status } from './status.ts'
import { subscribe } from './subscribe.ts'
import { subscriptions } from './subscriptions.ts'
import { unsubscribe } from './unsubscribe.ts'
import { why } from './why.ts'

/** Everything people can ask for, in the order in which help shows it. A new command is a file and a line here. */
export const commands: readonly Command[] = [
  search,
  author,
  subscribe,
  propose,
  unsubscribe,
  subscriptions,
  also,
  split,
  digest,
  settings,
  pause,
  resume,
  move,
  mute,
  unmute,
  mention,
  why,
  questions,
  status,
  parked,
  burst,
  cite,
  forget,
  helpFor(() => commands),
]
