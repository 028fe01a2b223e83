import { appendFileSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../src/log.ts'
import { createLog } from '../../src/logging.ts'

/** Where every process of one run of the tests keeps what it said, and what it must not say. */
const VARIABLE = 'PAPERBOY_SUITE_OUTPUT'
const SECRETS = 'secrets'
const SAID = 'said'
/** As much of a secret as gives it away. */
const TELLING = 16

/** Notes a secret of a test: a token, a signing secret, an address or a ticket that opens something. */
export function keepSecret(secret: string): string {
  const folder = process.env[VARIABLE]
  if (folder !== undefined) appendFileSync(join(folder, `${SECRETS}-${process.pid}`), `${secret}\n`)
  return secret
}

let log: Log | undefined

/** The program's own log, into the output that is looked through at the end. */
export const spoken: Log = (event) => {
  const folder = process.env[VARIABLE]
  if (folder === undefined) return
  log ??= createLog({ level: 'info', format: 'json' }, openSync(join(folder, `${SAID}-${process.pid}`), 'a'))
  log(event)
}

/** Secrets that stand in a text, whole or but for some of their beginning. */
export function secretsIn(text: string, secrets: Iterable<string>): readonly string[] {
  const ends = new Map([...secrets].map((secret) => [secret.slice(-TELLING), secret]))
  const found = new Set<string>()
  for (let at = 0; at + TELLING <= text.length; at++) {
    const secret = ends.get(text.slice(at, at + TELLING))
    if (secret !== undefined) found.add(secret)
  }
  return [...found]
}

/** A reporter for the configuration: when all tests have run, none of their secrets stands in what they or the program said. */
export const secretsAreKept = {
  onInit(): void {
    process.env[VARIABLE] = mkdtempSync(join(tmpdir(), 'paperboy-suite-'))
  },
  onUserConsoleLog({ content }: { readonly content: string }): void {
    const folder = process.env[VARIABLE]
    if (folder !== undefined) appendFileSync(join(folder, `${SAID}-tests`), content)
  },
  onTestRunEnd(): void {
    const folder = process.env[VARIABLE]
    if (folder === undefined) return
    const all = (kind: string) =>
      readdirSync(folder).flatMap((name) => (name.startsWith(kind) ? readFileSync(join(folder, name), 'utf8') : []))
    const secrets = new Set(all(SECRETS).flatMap((text) => text.split('\n')))
    secrets.delete('')
    const said = all(SAID).join('\n')
    rmSync(folder, { recursive: true, force: true })
    const found = secretsIn(said, secrets)
    if (secrets.size > 0)
      console.log(`${secrets.size} secrets, ${found.length} of them in ${said.length} characters of output`)
    for (const secret of found) {
      const at = said.indexOf(secret.slice(-TELLING))
      console.error(`A secret was said: …${said.slice(Math.max(0, at - 200), at + 40)}`)
      process.exitCode = 1
    }
  },
}
