import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../../random.ts'

/**
 * The console's token, kept in `dir` as `console-token` (mode 600); made when there is none: 256 bits as 43 characters of base64url.
 * Rejects with a sentence when the file can't be read or holds no token.
 */
export async function consoleToken(dir: string, random: Random): Promise<string> {
  const file = join(dir, 'console-token')
  const kept = await readToken(file)
  if (kept !== undefined) return kept
  const token = Buffer.from(random.bytes(32)).toString('base64url')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  try {
    await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' })
    return token
  } catch (error) {
    // Another process of the same folder was quicker; its token holds.
    const theirs = isCode(error, 'EEXIST') ? await readToken(file) : undefined
    if (theirs !== undefined) return theirs
    throw new Error(`The console's token can't be kept in ${file}: check that the folder may be written to.`, {
      cause: error,
    })
  }
}

async function readToken(file: string): Promise<string | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
    await chmod(file, 0o600)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw new Error(`The console's token in ${file} can't be read: check whose file it is.`, { cause: error })
  }
  const token = text.trim()
  if (/^[\w-]{43,}$/.test(token)) return token
  throw new Error(`${file} holds no console token: delete it, and a new one is made.`)
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
