/** Who keeps which rule: the cases played against several emulators, as a table for docs/conformance.md. */
import { markdownTable } from '../markdown-table.ts';
import type { Case } from './case.ts';
import { verdicts } from './conformance.ts';
import type { Endpoint } from './endpoint.ts';
import { sandboxVariables } from './rules-endpoint.ts';
import { sdkEndpoint } from './sdk-endpoint.ts';
import type { Emulator } from './settings.ts';
import type { VerdictWord } from './verdict.ts';

type Column = ReadonlyMap<string, VerdictWord>;

const cells: Partial<Record<VerdictWord, string>> = { holds: 'keeps', answers: 'keeps', 'not played': '–' };

/** Plays every case against each, one after the other. Answers where nobody measured the service count as kept. */
export async function emulatorTable(cases: readonly Case[], emulators: readonly Emulator[]): Promise<string> {
  const columns: (readonly [name: string, column: Column])[] = [];
  for (const emulator of emulators) columns.push([emulator.name, await columnOf(cases, endpointOf(emulator))]);
  const rows = cases.map(({ id, rules }) => [
    `\`${id}\``,
    rules.join(', '),
    ...columns.map(([, column]) => cellOf(column.get(id))),
  ]);
  const totals = columns.map(([, column]) => countOf(column));
  return markdownTable(['case', 'rules', ...columns.map(([name]) => name)], [...rows, ['**kept**', '', ...totals]]);
}

async function columnOf(cases: readonly Case[], endpoint: Endpoint): Promise<Column> {
  const words = new Map<string, VerdictWord>();
  try {
    for await (const { id, word } of verdicts(cases, endpoint, new Map())) words.set(id, word);
  } finally {
    await endpoint.close();
  }
  return words;
}

function endpointOf({ name, url }: Emulator): Endpoint {
  const client = {
    endpoint: url,
    region: sandboxVariables.region,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  };
  return sdkEndpoint({ name, client, variables: sandboxVariables, poolPrefix: 'conformance' });
}

function cellOf(word: VerdictWord | undefined): string {
  return cells[word ?? 'not played'] ?? '**otherwise**';
}

function countOf(column: Column): string {
  const all = [...column.values()].map(cellOf);
  const played = all.filter((cell) => cell !== '–');
  return `${played.filter((cell) => cell === 'keeps').length} of ${played.length}`;
}
