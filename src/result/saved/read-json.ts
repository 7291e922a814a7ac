import { createReadStream } from 'node:fs';
import { JSONParser, type ParsedElementInfo } from '@streamparser/json';
import { UserError } from '../../errors.ts';
import { collections, headMembers } from './json-members.ts';
import type { RecordKind } from './record-types.ts';
import { checkVersion, type RawRecord } from './records.ts';

/**
 * The records of a json result in the order of the file, a few in memory at a time; the head comes last.
 *
 * @param only of this kind; `null`: all
 */
export async function* readJson(file: string, only: RecordKind | null): AsyncGenerator<readonly RawRecord[]> {
  const found: RawRecord[] = [];
  const head: Record<string, unknown> = {};
  const parser = new JSONParser({
    paths: [...[...headMembers].map((name) => `$.${name}`), ...[...collections.keys()].map((name) => `$.${name}.*`)],
    keepStack: false,
  });
  parser.onValue = (element) => {
    const record = recordOf(element, file);
    if (record === null) head[String(element.key)] = element.value;
    else if (only === null || record.kind === only) found.push(record);
    if (element.key === 'schemaVersion' && element.stack.length === 1) checkVersion(element.value, file);
  };
  for await (const bytes of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    parse(parser, bytes, file);
    yield found.splice(0);
  }
  if (!parser.isEnded) throw new UserError(`${file} is cut off: its JSON does not end.`);
  checkVersion(head['schemaVersion'], file);
  if (only === null || only === 'head') yield [{ kind: 'head', value: head, place: file }];
}

/** `null` for a member of the head. */
function recordOf({ stack, key, value }: ParsedElementInfo, file: string): RawRecord | null {
  const collection = stack[1]?.key;
  if (typeof collection !== 'string') return null;
  const kind = collections.get(collection);
  return kind === undefined ? null : { kind, value, place: `${file}: ${collection}[${key}]` };
}

function parse(parser: JSONParser, bytes: Buffer, file: string): void {
  try {
    parser.write(bytes);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} is not JSON: ${reason}`, { cause: error });
  }
}
