/** `exec:COMMAND`: a command of the user's own gets the news on standard input, a line of JSON each. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { jsonLine } from '../../escape/json.ts';
import { counted } from '../../number-format.ts';
import { newsRecord } from '../../report/news/news-record.ts';
import { sha256 } from '../../domain/model/sha256.ts';
import { type Channel, DeliveryError, type DeliveredNight } from '../channel.ts';
import type { Ledger } from '../ledger.ts';

export interface ExecOptions {
  readonly name: string;
  readonly command: string;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Run once a run, by `/bin/sh`; what it prints goes to standard error, and 0 says that it has taken all. */
export function exec(options: ExecOptions): Channel {
  return {
    name: options.name,
    async deliver(night) {
      if (!night.message.hasNews) return 'nothing is new, so it was not run';
      let lines = 0;
      const key = `exec ${sha256(options.command).slice(0, 16)}`;
      const before = await options.ledger.once(key, async (isAgain) => {
        lines = await run(options, night, isAgain);
      });
      return before === null ? `took ${counted(lines, 'line')}` : `has it since ${before}, so it was not run`;
    },
  };
}

/** Resolves with how many lines there were. */
async function run({ command, signal, env }: ExecOptions, night: DeliveredNight, isAgain: boolean): Promise<number> {
  const child = spawn('/bin/sh', ['-c', command], {
    stdio: ['pipe', 2, 2],
    env: { ...env, MFA_DRIFT_AGAIN: isAgain ? '1' : '' },
    signal,
  });
  const { stdin } = child;
  if (stdin === null) throw new Error('a pipe was asked for');
  const ended = once(child, 'close') as Promise<[code: number | null, by: NodeJS.Signals | null]>;
  ended.catch(() => undefined);
  let lines = 0;
  async function* text(): AsyncGenerator<string> {
    for await (const item of night.news()) {
      lines += 1;
      yield `${jsonLine(newsRecord(item, night.tonight.head))}\n`;
    }
  }
  // One that has heard enough closes its input; its exit code says whether that was well.
  const fed = pipeline(Readable.from(text()), stdin).catch((error: unknown) => {
    if (!isBrokenPipe(error)) throw error;
  });
  try {
    const [[code, by]] = await Promise.all([ended, fed]);
    if (code === 0) return lines;
    throw new DeliveryError(`the command ended with ${by ?? `exit code ${code}`}, so it may not have taken all of it.`);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function isBrokenPipe(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}
