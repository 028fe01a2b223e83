import { backup } from './backup.ts'
import type { DataVerb } from './beside.ts'
import { cite } from './cite.ts'
import { commandVerbs } from './command-verbs.ts'
import { demoVerb } from './demo.ts'
import { doctor } from './doctor.ts'
import { author, complete, search } from './find.ts'
import { importFile, importing } from './import.ts'
import { match } from './match.ts'
import { names } from './names.ts'
import { parse } from './parse.ts'
import { platformVerbs } from './platform-words.ts'
import { poll } from './poll.ts'
import { propose, proposing } from './propose.ts'
import { render } from './render.ts'
import { restore } from './restore.ts'
import { startVerb } from './start.ts'
import { ledger, status } from './status.ts'
import { exportSubscriptions, settings, subscribe, unsubscribe } from './subscriptions.ts'
import type { Verb } from './verb.ts'

const own = [search, complete, author, subscribe, unsubscribe, settings, exportSubscriptions, ledger, status]
const ofCommands = commandVerbs([...own.map((verb) => verb.name), proposing.name, cite.name])

/** What a running process does for others. */
const besideVerbs: readonly DataVerb[] = [...own, proposing, importing, ...ofCommands]

/** Everything that can follow `paperboy`, in the order in which help shows it. */
export const verbs: readonly Verb[] = [
  startVerb(() => besideVerbs),
  demoVerb(() => besideVerbs),
  poll,
  doctor,
  ...own,
  propose,
  importFile,
  backup,
  restore,
  ...ofCommands,
  parse,
  match,
  render,
  names,
  cite,
  ...platformVerbs,
]
