import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exampleEnvironment, ownVariables } from '../src/config.ts'
import { platforms } from '../src/platforms/index.ts'
import { sources } from '../src/sources/index.ts'

/** `.env.example` as it has to be: the program's own variables, then those of each source and platform. */
export function exampleFile(): string {
  return exampleEnvironment([
    { title: 'Paperboy', variables: ownVariables },
    ...sources.map(({ name, variables }) => ({ title: `Source: ${name}`, variables })),
    ...platforms.map(({ name, variables }) => ({ title: `Platform: ${name}`, variables })),
  ])
}

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../.env.example', import.meta.url)), exampleFile())
