import { UserError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { entryLine, startLine, type JournalEntry, type JournalStart } from './journal-format.ts';

/** Some kilobytes a change: a journal of 100,000 pools. */
const maxBytes = 400_000_000;

export interface ReadJournal {
  /** `null`: the run was killed before the first line was whole. */
  readonly start: JournalStart | null;
  readonly entries: readonly JournalEntry[];
  /** Bytes up to the end of the last whole line; what is behind was cut off by a crash and never counted. */
  readonly wholeBytes: number;
}

/**
 * `null` where there is no such file.
 *
 * @throws UserError naming file and line, where it can't be read or a whole line is not a journal's.
 */
export async function readJournal(file: string): Promise<ReadJournal | null> {
  const bytes = bytesOf(file);
  if (bytes === null) return null;
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const [first, ...rest] = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  if (first === undefined) {
    if (bytes.length > 0 && !'{"at":'.startsWith(bytes.toString('utf8', 0, 6))) throw noJournal(file, 1);
    return { start: null, entries: [], wholeBytes };
  }
  const start = parsed(file, 1, first);
  if (!startLine.accepts(start)) throw noJournal(file, 1);
  const entries = rest.map((line, index) => {
    const entry = parsed(file, index + 2, line);
    if (entryLine.accepts(entry)) return entry;
    throw noJournal(file, index + 2);
  });
  return { start, entries, wholeBytes };
}

function bytesOf(file: string): Buffer | null {
  const read = readRegularFile(file, maxBytes);
  if ('bytes' in read) return read.bytes;
  if (read.isMissing) return null;
  throw new UserError(`${file} ${read.reason}: it is no journal.`);
}

function parsed(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noJournal(file, line);
  }
}

function noJournal(file: string, line: number): UserError {
  return new UserError(
    `${file}:${line} is not a line of a journal of mfa-drift. Name the right journal, or another file with --journal.`,
  );
}
