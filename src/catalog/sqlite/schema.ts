import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../clock.ts'
import type { Random } from '../../random.ts'
import { ulid } from '../../random.ts'
import type { DatabaseDesign } from '../../store/database.ts'

/** How the file of the catalogue is made; every new one gets an id of its own. */
export function catalogDesign({ clock, random }: { readonly clock: Clock; readonly random: Random }): DatabaseDesign {
  return {
    name: 'catalogue',
    derived: true,
    wayOut: 'It holds nothing that can’t be learnt again: delete it, and Paperboy rebuilds it from its sources.',
    version,
    synchronous: 'NORMAL',
    // Below this, a batch of a few hundred papers spills into the log again and again.
    cache: 64,
    // A paper is 2 kB: on a page of 4 kB half of the space stays empty.
    pageSize: 8_192,
    checked: false,
    create(database) {
      database.exec(tables)
      // A batch of thousands of papers becomes one segment of the index, instead of a dozen that are merged at once.
      for (const index of ['texts', 'name_words', 'name_keys'])
        database.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('hashsize', ${indexedAtOnce})`)
      const put = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)')
      put.run('version', String(version))
      put.run('id', ulid(clock.now(), random))
    },
    versionOf(database) {
      const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get()
      const found = known === undefined ? undefined : metaOf(database, 'version')
      return found === undefined || !/^\d+$/.test(found) ? undefined : Number(found)
    },
  }
}

export function metaOf(database: DatabaseSync, key: 'version' | 'id'): string | undefined {
  const row = database.prepare('SELECT value FROM meta WHERE key = ?').get(key)
  return row === undefined ? undefined : String(row.value)
}

const version = 1

/** Bytes of new words that an index holds in memory within a transaction before it writes them out. */
const indexedAtOnce = 16 * 2 ** 20

/*
 * `papers.row` begins with the day of publication, so that the newest matches of a search come first without sorting.
 * `texts` keeps no copy of what it indexes. Its column `facets` holds a word of ours for each thing besides text by which papers are
 * found (facets.ts): one MATCH answers any query, for a join or a second condition beside it costs seconds.
 * An index of prefixes would more than double the work of learning, for prefixes of two and three letters alone.
 * Most names stand on one paper: only the others are kept in order of their papers.
 * `name_words` and `name_keys` are to names what `texts` is to papers. In plain tables, the many keys of new names would touch most pages in every batch.
 */
const tables = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE TABLE papers (
    row INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL,
    paper TEXT NOT NULL,
    rank REAL NOT NULL,
    untold INTEGER NOT NULL,
    origin TEXT NOT NULL,
    mark TEXT,
    published TEXT NOT NULL,
    updated TEXT NOT NULL
  ) STRICT;
  CREATE INDEX papers_published ON papers (published);
  CREATE TABLE aliases (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID, STRICT;
  CREATE TABLE names (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, papers INTEGER NOT NULL) STRICT;
  CREATE INDEX names_papers ON names (papers) WHERE papers > 1;
  CREATE VIRTUAL TABLE name_words USING fts5(
    words, content='', detail=none, columnsize=0, tokenize='ascii'
  );
  CREATE VIRTUAL TABLE name_keys USING fts5(
    keys, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '/~'"
  );
  CREATE VIRTUAL TABLE texts USING fts5 (
    title, abstract, authors, facets, content='', contentless_delete=1, tokenize='ascii'
  );
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    paper TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    at TEXT NOT NULL,
    source TEXT NOT NULL,
    mark TEXT
  ) STRICT;
  CREATE TABLE cursors (source TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID, STRICT;
`
