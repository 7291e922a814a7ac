import type { Result } from '../../domain/result/result.ts';
import { inChunks } from '../text/chunks.ts';
import { jsonLine } from '../../escape/json.ts';

/** The saved result as JSON lines, each with its kind in `record`; the head comes first. For any size. */
export function ndjson(result: Result): AsyncIterable<string> {
  return inChunks(lines(result));
}

async function* lines(result: Result): AsyncGenerator<string> {
  const { warnings, ...head } = result.head;
  yield line('head', head);
  for (const warning of warnings) yield line('warning', warning);
  for await (const account of result.accounts()) yield line('account', account);
  for await (const unit of result.units()) yield line('unit', unit);
  for await (const gap of result.gaps()) yield line('gap', gap);
  for await (const skip of result.skipped()) yield line('skip', skip);
  for await (const finding of result.resolved()) yield line('resolved', finding);
  for await (const finding of result.unseen()) yield line('unseen', finding);
  for await (const pool of result.pools()) yield line('pool', pool);
}

function line(record: string, value: object): string {
  return `${jsonLine({ record, ...value })}\n`;
}
