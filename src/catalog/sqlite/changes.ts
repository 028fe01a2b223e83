import type { DatabaseSync } from 'node:sqlite'
import type { PaperId } from '../../papers/paper.ts'
import type { Json } from '../../store/json.ts'
import type { Change, ChangeKind } from '../change.ts'

/** The change log, and the cursors that vouch for what is in it. */
export type ChangeLog = ReturnType<typeof changeLog>

export function changeLog(database: DatabaseSync) {
  const add = database.prepare('INSERT INTO changes (paper, kind, origin, at, source, mark) VALUES (?, ?, ?, ?, ?, ?)')
  const after = database.prepare('SELECT * FROM changes WHERE seq > ? ORDER BY seq LIMIT ?')
  const one = database.prepare('SELECT * FROM changes WHERE seq = ?')
  const last = database.prepare('SELECT max(seq) AS last FROM changes')
  const cursor = database.prepare('SELECT cursor FROM cursors WHERE source = ?')
  const keep = database.prepare(
    'INSERT INTO cursors (source, cursor) VALUES (?, ?) ON CONFLICT DO UPDATE SET cursor = excluded.cursor',
  )
  return {
    add(change: Omit<Change, 'seq'>): Change {
      const { paper, kind, origin, at, source, mark } = change
      return { seq: Number(add.run(paper, kind, origin, at, source, mark ?? null).lastInsertRowid), ...change }
    },
    after: (seq: number, limit: number): readonly Change[] => after.all(seq, limit).map(changeOf),
    at(seq: number): Change | undefined {
      const row = one.get(seq)
      return row === undefined ? undefined : changeOf(row)
    },
    last: (): number => Number(last.get()?.last ?? 0),
    cursorOf(source: string): Json | undefined {
      const row = cursor.get(source)
      return row === undefined ? undefined : (JSON.parse(String(row.cursor)) as Json)
    },
    keepCursor(source: string, value: Json): void {
      keep.run(source, JSON.stringify(value))
    },
  }
}

function changeOf(row: Readonly<Record<string, unknown>>): Change {
  return {
    seq: Number(row.seq),
    paper: String(row.paper) as PaperId,
    kind: String(row.kind) as ChangeKind,
    origin: row.origin === 'announced' ? 'announced' : 'history',
    at: String(row.at),
    source: String(row.source),
    ...(typeof row.mark === 'string' ? { mark: row.mark } : {}),
  }
}
