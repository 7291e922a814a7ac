import { UserError } from '../../errors.ts';
import { linesOf } from '../../ndjson.ts';
import { checkVersion, isRecordKind, shown, type RawRecord } from './records.ts';

/** The records of an ndjson result in the order of the file, a few in memory at a time. */
export async function* readNdjsonResult(file: string): AsyncGenerator<readonly RawRecord[]> {
  let number = 0;
  for await (const lines of linesOf(file)) {
    const found: RawRecord[] = [];
    for (const line of lines) {
      number += 1;
      const text = number === 1 ? withoutMark(line) : line;
      if (text.trim() !== '') found.push(parseLine(text, `${file}:${number}`));
    }
    yield found;
  }
}

/** Programs of Windows begin a text in UTF-8 with a byte order mark. */
function withoutMark(line: string): string {
  return line.replace(/^\ufeff/, '');
}

function parseLine(line: string, place: string): RawRecord {
  const { record: kind, ...value } = parseObject(line, place);
  if (!isRecordKind(kind)) {
    throw new UserError(`${place} is no record of a result: its "record" is ${shown(kind)}.`);
  }
  if (kind === 'head') checkVersion(value['schemaVersion'], place);
  return { kind, value, place };
}

function parseObject(line: string, place: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (error) {
    throw new UserError(`${place} is not JSON; the file may be cut off there.`, { cause: error });
  }
  throw new UserError(`${place} is no record of a result: it is not an object.`);
}
