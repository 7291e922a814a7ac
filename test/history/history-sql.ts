/** The SQL of docs/history.md: each engine's own way to the files, then what all of them are asked. */
import { readFile } from 'node:fs/promises';

export type Engine = 'DuckDB' | 'Athena' | 'Spark';

interface HistorySql {
  /** How the engine finds the files of a history in this folder. */
  readonly files: (engine: 'DuckDB' | 'Spark', folder: string) => string;
  readonly views: string;
  readonly questions: readonly string[];
  /** With the names that the page's last table has for the engine. */
  readonly spokenBy: (engine: Engine, sql: string) => string;
}

export async function historySql(): Promise<HistorySql> {
  const page = await readFile('docs/history.md', 'utf8');
  const blocks = [...page.matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql);
  const [duckDb = '', spark = '', views = '', ...questions] = blocks;
  const from = { DuckDB: duckDb, Spark: spark };
  return {
    files: (engine, folder) => from[engine].replaceAll("'history/", `'${folder}/`),
    views,
    questions,
    spokenBy: spokenBy(otherNames(page)),
  };
}

type Names = Readonly<Record<Engine, string>>;

function otherNames(page: string): readonly Names[] {
  const table = page.slice(page.indexOf('| DuckDB | Athena | Spark |'));
  const rows = [...table.matchAll(/^\| `(.*?)` \| `(.*?)` \| `(.*?)` \|$/gm)];
  return rows.map(([, DuckDB = '', Athena = '', Spark = '']) => ({ DuckDB, Athena, Spark }));
}

const spokenBy = (names: readonly Names[]) => (engine: Engine, sql: string) =>
  names.reduce((text, { DuckDB, [engine]: other }) => text.replaceAll(DuckDB, other), sql);
