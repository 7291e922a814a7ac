import type { Clock } from '../../pacing/clock.ts';
import { visible } from '../../escape/visible.ts';
import type { LockWait } from '../../lock/watch.ts';

/** What a command may know and use of the process that it runs in. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Sets variables of the process's environment, where the AWS SDK looks for its settings; `null` unsets. */
  exportVariables(variables: Readonly<Record<string, string | null>>): void;
  /** The report. Resolves when the reader has taken the text; a reader that went away ends the writing quietly. */
  readonly stdout: Output;
  /** Everything else: progress, warnings, errors, the exit sentence. */
  readonly stderr: Output;
  /** Asks a person yes or no, on standard error; whoever goes away says no. `null`: there is no terminal to ask at. */
  readonly ask: ((question: string) => Promise<boolean>) | null;
  /** Asks a person for a line, trimmed, on standard error; `null`: whoever was there went away. Without: there is no terminal. */
  readonly line?: ((question: string) => Promise<string | null>) | null | undefined;
  /** By which a command waits for AWS; where there is none, the system's. */
  readonly clock?: Clock | undefined;
  /** Aborted by SIGINT and SIGTERM, with the exit code (130, 143) as its reason. */
  readonly signal: AbortSignal;
  /** From now on signals that would end the program are told instead, those that come after the first too. */
  passSignals(to: (signal: NodeJS.Signals) => void): void;
}

/** One line on standard error; what the names of others in it hold is shown, never acted on. */
export async function say({ stderr }: Pick<Shell, 'stderr'>, line: string): Promise<void> {
  await stderr.write(`${visible(line)}\n`);
}

/** For what the user does not expect and has to wait for: lines on standard error, and the signal that ends it. */
export function waitingOn({ stderr, signal }: Shell, isQuiet = false): LockWait {
  return { notice: (text) => void (isQuiet ? undefined : say({ stderr }, text)), signal };
}

export interface Output {
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Of the terminal; where there is none, COLUMNS, else 120. */
  readonly columns: number;
}
