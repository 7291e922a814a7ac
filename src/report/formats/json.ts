import type { Result } from '../../domain/result/result.ts';
import { inChunks } from '../text/chunks.ts';
import { jsonLine } from '../../escape/json.ts';

/** The saved result as one JSON document, one account, unit, gap, skip or pool a line. */
export function json(result: Result): AsyncIterable<string> {
  return inChunks(document(result));
}

async function* document(result: Result): AsyncGenerator<string> {
  const { schemaVersion, tool, run, complete, redacted, summary, warnings } = result.head;
  yield `{\n${member('schemaVersion', schemaVersion)},\n${member('tool', tool)},\n${member('run', run)},\n`;
  yield `${member('complete', complete)},\n${member('redacted', redacted)},\n`;
  yield* list('accounts', result.accounts());
  yield ',\n';
  yield* list('units', result.units());
  yield ',\n';
  yield* list('gaps', result.gaps());
  yield ',\n';
  yield* list('skipped', result.skipped());
  yield `,\n${member('summary', summary)},\n`;
  yield* list('warnings', warnings);
  yield ',\n';
  yield* list('resolved', result.resolved());
  yield ',\n';
  yield* list('unseen', result.unseen());
  yield ',\n';
  yield* list('pools', result.pools());
  yield '\n}\n';
}

function member(name: string, value: unknown): string {
  return `  ${jsonLine(name)}: ${jsonLine(value)}`;
}

async function* list(name: string, values: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  yield `  ${jsonLine(name)}: [`;
  let separator = '\n';
  for await (const value of values) {
    yield `${separator}    ${jsonLine(value)}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']' : '\n  ]';
}
