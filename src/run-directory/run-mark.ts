/** `run.json`: which run a folder holds, and from what it was made. */
import { join } from 'node:path';
import { writeFileAtomically } from '../atomic-file.ts';
import { readRegularFile } from '../regular-file.ts';
import { builtSchema } from '../yaml/built-schemas.ts';
import { validate } from './stored-checks.ts?compiled';

/** What must be the same for an interrupted run to be resumed; each is the SHA-256 of its subject. */
export interface InputDigests {
  readonly tool: string;
  readonly policies: string;
  readonly configuration: string;
  /** Flags and variables that decide what is read, the caller's identity and the endpoint among them. */
  readonly scope: string;
}

export interface RunMark {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finished: boolean;
  readonly inputs: InputDigests;
}

export const markFile = 'run.json';
const maxBytes = 1_000_000;

const schema = builtSchema<RunMark>(validate, 'mark');

/** `null` when the folder is new, or was left before its run had begun; `damaged` when it can't be told what it holds. */
export function readMark(folder: string): RunMark | 'damaged' | null {
  const read = readRegularFile(join(folder, markFile), maxBytes);
  if ('reason' in read) return read.isMissing ? null : 'damaged';
  try {
    const mark: unknown = JSON.parse(read.bytes.toString('utf8'));
    return schema.accepts(mark) ? mark : 'damaged';
  } catch {
    return 'damaged';
  }
}

export async function writeMark(folder: string, mark: RunMark): Promise<void> {
  await writeFileAtomically(join(folder, markFile), [`${JSON.stringify(mark)}\n`], { mode: 0o600 });
}

/** Why the readings of one run are of no use to the other; `null` when they are. */
export function differing(earlier: InputDigests, now: InputDigests): string | null {
  if (earlier.tool !== now.tool) return 'it was made by another version of mfa-drift';
  if (earlier.policies !== now.policies) return 'it was made with other policies';
  if (earlier.configuration !== now.configuration) return 'it was made with another configuration';
  if (earlier.scope !== now.scope) return 'it was made for another scope (flags, caller or endpoint)';
  return null;
}
