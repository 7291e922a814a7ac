import { isTooDeep } from '../../domain/model/json.ts';
import { UserError } from '../../errors.ts';
import { readRegularFile } from '../../regular-file.ts';
import { digestOfLine, entryLine, startLine, type JournalEntry, type JournalStart } from './format.ts';
import type { JournalEvent } from './events.ts';
import { follows, newTraces } from './traces.ts';

/** Some kilobytes a change: a journal of 100,000 pools. */
const maxBytes = 400_000_000;

export interface ReadJournal {
  /** `null`: the run was killed before the first line was whole. */
  readonly start: JournalStart | null;
  readonly entries: readonly JournalEntry[];
  /** Of the last whole line, and by it of all before; `null`: there is none. */
  readonly digest: string | null;
  /** Bytes up to the end of the last whole line; what is behind was cut off by a crash and never counted. */
  readonly wholeBytes: number;
}

/**
 * `null` where there is no such file.
 *
 * @throws UserError naming file and line, where it can't be read or a whole line is not a journal's, or does not follow from those before it.
 */
export async function readJournal(file: string): Promise<ReadJournal | null> {
  const bytes = bytesOf(file);
  if (bytes === null) return null;
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const [first, ...rest] = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  if (first === undefined) {
    if (!'{"at":'.startsWith(bytes.toString('utf8', 0, 6))) throw noJournal(file, 1);
    return { start: null, entries: [], digest: null, wholeBytes };
  }
  const start = parsed(file, 1, first);
  if (!startLine.accepts(start)) throw noJournal(file, 1);
  const { entries, digest } = chained(file, first, rest);
  return { start, entries, digest, wholeBytes };
}

/** Every line follows the one before it, and what it says became of a pool follows from what it said before. */
function chained(file: string, first: string, rest: readonly string[]): Pick<ReadJournal, 'entries' | 'digest'> {
  const entries: JournalEntry[] = [];
  const traces = newTraces();
  let digest = digestOfLine(first);
  for (const [index, line] of rest.entries()) {
    const entry = parsed(file, index + 2, line);
    if (!entryLine.accepts(entry)) throw noJournal(file, index + 2);
    if (entry.previous !== digest) throw damaged(file, index + 2, 'does not follow the line before it');
    if (!follows(traces.of(entry), entry)) throw damaged(file, index + 2, unexplained[entry.event] ?? '');
    traces.remember(entry);
    entries.push(entry);
    digest = digestOfLine(line);
  }
  return { entries, digest };
}

const unexplained: Readonly<Partial<Record<JournalEvent, string>>> = {
  intent: 'says of a call what it does not make of the pool',
  done: 'says that a change was made, and no call before it explains that',
  failed: 'says that a call left something else, and there is no such call before it',
};

function damaged(file: string, line: number, what: string): UserError {
  return new UserError(
    `${file}:${line} ${what}: the journal was damaged or edited, and nothing in it counts. Nothing was changed. Restore it from a copy, or name another file with --journal.`,
  );
}

function bytesOf(file: string): Buffer | null {
  const read = readRegularFile(file, maxBytes);
  if ('bytes' in read) return read.bytes;
  if (read.isMissing) return null;
  throw new UserError(`${file} ${read.reason}: it is no journal.`);
}

function parsed(file: string, line: number, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!isTooDeep(value)) return value;
  } catch {
    // It is none then either.
  }
  throw noJournal(file, line);
}

function noJournal(file: string, line: number): UserError {
  return new UserError(
    `${file}:${line} is not a line of a journal of mfa-drift. Name the right journal, or another file with --journal.`,
  );
}
