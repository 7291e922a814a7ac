/** What a command says on standard error while it goes on: a log where it was asked for, and sentences that one should know. */
import { UserError } from '../../errors.ts';
import { openLog, type Log } from '../../log.ts';
import type { LogFlags } from '../line/flags.ts';
import { say, type Shell } from '../output/shell.ts';

interface Asked extends LogFlags {
  readonly quiet?: boolean;
}

export interface Telling {
  /** `null`: nobody asked for one. */
  readonly log: Log | null;
  /** Says a sentence once, as `warning: …`; nothing with `--quiet`. */
  readonly warn: (sentence: string) => void;
}

/** Throws UserError where a log is asked for and forbidden at once. */
export async function tellingFor(flags: Asked, shell: Shell): Promise<Telling> {
  return { log: await logFor(flags, shell), warn: warner(flags, shell) };
}

function logFor({ logLevel, logFormat, debug, quiet }: Asked, { stderr }: Shell): Promise<Log | null> {
  const level = debug && logLevel !== 'trace' ? 'debug' : logLevel;
  if (quiet === true && (level === 'debug' || level === 'trace')) {
    const flag = debug ? '--debug' : `--log-level ${logLevel}`;
    throw new UserError(`--quiet prints no log, and ${flag} asks for one: leave one of them out.`);
  }
  return openLog(level, logFormat ?? (stderr.isTerminal ? 'pretty' : 'json'));
}

function warner({ quiet }: Pick<Asked, 'quiet'>, shell: Shell): (sentence: string) => void {
  const said = new Set<string>();
  return (sentence) => {
    if (quiet === true || said.has(sentence)) return;
    said.add(sentence);
    void say(shell, `warning: ${sentence}`);
  };
}

/** Where no report says that what it says may not be AWS's. */
export const elsewhere = 'requests go to a configured endpoint, not to AWS';
