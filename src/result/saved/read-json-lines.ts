import { linesOf } from '../../ndjson.ts';
import { collections, headMembers } from './json-members.ts';
import { readJson } from './read-json.ts';
import type { RecordKind } from './record-types.ts';
import { checkVersion, type RawRecord } from './records.ts';

/** How a json result begins that this program laid out. */
export const firstLine = '{\n';

/**
 * The records of a json result as `readJson` gives them, in a tenth of its time where each stands on a line of its own, as
 * the program writes them. From the first line that is laid out otherwise the streaming parser goes on: whatever this
 * takes is JSON and means the same, and whatever is wrong is refused in the words of the parser.
 *
 * @param only beside the head those of this kind, where the file has been read through before: the lines of others are
 * not parsed
 */
export async function* readJsonLines(file: string, only: RecordKind | null): AsyncGenerator<readonly RawRecord[]> {
  const layout = newLayout(file, only);
  let told = 0;
  for await (const lines of linesOf(file)) {
    const found: RawRecord[] = [];
    const isAsWritten = lines.every((line) => layout.take(line, found));
    told += found.length;
    yield found;
    if (!isAsWritten) return yield* from(readJson(file, only), told);
  }
  const head = layout.head();
  if (head === null) return yield* from(readJson(file, only), told);
  checkVersion(head['schemaVersion'], file);
  yield [{ kind: 'head', value: head, place: file }];
}

async function* from(
  batches: AsyncIterable<readonly RawRecord[]>,
  already: number,
): AsyncGenerator<readonly RawRecord[]> {
  let left = already;
  for await (const batch of batches) {
    yield batch.slice(left);
    left = Math.max(0, left - batch.length);
  }
}

interface Layout {
  /** Whether the line is one of a document of one record a line, at that place of it; adds its record, if it holds one. */
  take(line: string, found: RawRecord[]): boolean;
  /** Once the document has ended; `null`: it has not. */
  head(): Readonly<Record<string, unknown>> | null;
}

interface OpenList {
  readonly name: string;
  readonly kind: RecordKind;
  index: number;
}

const memberStart = /^ {2}"(\w+)": /;

function newLayout(file: string, only: RecordKind | null): Layout {
  const head: Record<string, unknown> = {};
  let hasBegun = false;
  let hasEnded = false;
  let list: OpenList | null = null;
  // What a comma promises has to come, and nothing else may.
  let awaitsMember = true;
  let awaitsRecord: boolean | null = null;

  function takeMember(line: string): boolean {
    if (line === '}') {
      hasEnded = true;
      return !awaitsMember;
    }
    const [start = '', name = ''] = memberStart.exec(line) ?? [];
    const { text, isFollowed } = withoutComma(line.slice(start.length));
    const kind = collections.get(name);
    if (!awaitsMember) return false;
    awaitsMember = isFollowed;
    if (kind === undefined) return headMembers.has(name) && takeHeadMember(name, text);
    if (text === '[' && !isFollowed) {
      list = { name, kind, index: 0 };
      awaitsRecord = null;
      return true;
    }
    return text === '[]';
  }

  function takeHeadMember(name: string, text: string): boolean {
    const parsed = parse(text);
    if (parsed === null) return false;
    head[name] = parsed.value;
    if (name === 'schemaVersion') checkVersion(parsed.value, file);
    return true;
  }

  function takeRecord(open: OpenList, line: string, found: RawRecord[]): boolean {
    if (line === '  ]' || line === '  ],') {
      list = null;
      awaitsMember = line.endsWith(',');
      return awaitsRecord !== true;
    }
    if (awaitsRecord === false) return false;
    const { text, isFollowed } = withoutComma(line);
    awaitsRecord = isFollowed;
    const { name, kind, index } = open;
    open.index += 1;
    if (only !== null && only !== kind) return true;
    const parsed = parse(text);
    if (parsed !== null) found.push({ kind, value: parsed.value, place: `${file}: ${name}[${index}]` });
    return parsed !== null;
  }

  return {
    take(line, found) {
      if (!hasBegun) {
        hasBegun = true;
        return line === '{';
      }
      if (hasEnded) return false;
      return list === null ? takeMember(line) : takeRecord(list, line, found);
    },
    head: () => (hasEnded ? head : null),
  };
}

function withoutComma(line: string): { readonly text: string; readonly isFollowed: boolean } {
  const isFollowed = line.endsWith(',');
  return { text: isFollowed ? line.slice(0, -1) : line, isFollowed };
}

/** `null`: no JSON. */
function parse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
