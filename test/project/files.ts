import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What belongs to the project: not what npm, a build, an editor or a running program leaves beside it. */
const FOLDERS = ['.ci', 'bench', 'bin', 'commands', 'demo', 'deploy', 'docs', 'scripts', 'src', 'test']

export interface ProjectFile {
  /** From the project's root, with slashes. */
  readonly path: string
  readonly text: string
}

/** The project's text files, those in the root included. */
export function projectFiles(folders: readonly string[] = FOLDERS): readonly ProjectFile[] {
  const there = folders.filter((folder) => existsSync(join(ROOT, folder)))
  const inFolders = there.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return inFolders.filter((path) => !/\.(?:png|ico|woff2?)$/.test(path)).map(projectFile)
}

/** The files that stand in the root itself. */
export function rootFiles(): readonly ProjectFile[] {
  return readdirSync(ROOT)
    .map((name) => join(ROOT, name))
    .filter((path) => !/(?:\.env|\.tgz|\.sqlite[\w-]*)$/.test(path) && statSync(path).isFile())
    .map(projectFile)
}

function projectFile(path: string): ProjectFile {
  return { path: relative(ROOT, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }
}
