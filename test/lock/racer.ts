/** One of many processes that want a lock: `take FILE` and `release` on standard input, an answer to each on standard output. */
import { createInterface } from 'node:readline';
import { UserError } from '../../src/errors.ts';
import { takeLock, type Lock } from '../../src/lock/lock.ts';

let lock: Lock | null = null;

async function obey(line: string): Promise<string> {
  const [verb, file = ''] = line.split(' ');
  if (verb === 'take') {
    lock = await takeLock(file, { wayOut: 'go home', notice: () => undefined, signal: new AbortController().signal });
    return 'held';
  }
  await lock?.release();
  lock = null;
  return 'released';
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await obey(line).catch((error: unknown) =>
    error instanceof UserError ? `refused ${error.message}` : `broken ${String(error)}`,
  );
  process.stdout.write(`${said}\n`);
}
