import { createReadStream } from 'node:fs';
import { JSONParser, type ParsedElementInfo } from '@streamparser/json';
import { UserError } from '../../errors.ts';
import { collections, headMembers } from './json-members.ts';
import type { RecordKind } from './record-types.ts';
import { checkVersion, type RawRecord } from './records.ts';

/**
 * The records of a json result in the order of the file, a few in memory at a time; the head comes last.
 *
 * @param only beside the head those of this kind; `null`: all
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
    if (record === null) {
      head[String(element.key)] = element.value;
      if (element.key === 'schemaVersion') checkVersion(element.value, file);
    } else if (only === null || record.kind === only) found.push(record);
  };
  for await (const bytes of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    await parse(parser, bytes, file);
    yield found.splice(0);
  }
  if (!parser.isEnded) throw new UserError(`${file} is cut off: its JSON does not end.`);
  checkVersion(head['schemaVersion'], file);
  yield [{ kind: 'head', value: head, place: file }];
}

/** `null` for a member of the head. */
function recordOf({ stack, key, value }: ParsedElementInfo, file: string): RawRecord | null {
  const collection = String(stack[1]?.key);
  const kind = collections.get(collection);
  return kind === undefined ? null : { kind, value, place: `${file}: ${collection}[${key}]` };
}

async function parse(parser: JSONParser, bytes: Buffer, file: string): Promise<void> {
  try {
    parser.write(bytes);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw await notJson(file, error instanceof Error ? error.message : String(error), error);
  }
}

/** The tokenizer names the byte, the parser only what it found where something else belongs. */
async function notJson(file: string, reason: string, cause: unknown): Promise<UserError> {
  const [, found, at] = /Unexpected (".") at .*absolute position "(\d+)"/s.exec(reason) ?? [];
  if (at !== undefined)
    return new UserError(`${await placeAt(file, Number(at))} is not JSON: ${found} can not stand there.`, { cause });
  const what = reason.replace(/Unexpected \w+ \((.{1,60}).*\) in state.*/s, '$1 stands where it can not');
  return new UserError(`${file} is not JSON: ${what}.`, { cause });
}

/** `FILE:LINE:COLUMN`; columns are bytes. */
async function placeAt(file: string, byte: number): Promise<string> {
  let [line, column] = [1, byte + 1];
  let begun = 0;
  for await (const bytes of createReadStream(file, { end: Math.max(0, byte - 1) })) {
    const part: Buffer = bytes;
    for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', at + 1)) {
      line += 1;
      column = byte - begun - at;
    }
    begun += part.length;
  }
  return `${file}:${line}:${column}`;
}
