/** The exit codes: what each says, and which facts make it. */
import { flagOf } from '../settings/names.ts';

/** What each exit code says, and in the help of a command in short. Of those that hold, 4 outranks 3, and 3 outranks 2. */
export const exitMeanings = {
  0: { what: `everything in scope was read, and nothing drifts at or above ${flagOf('failOn')}`, inShort: 'holds' },
  1: { what: 'could not run; nothing was changed', inShort: 'could not run' },
  2: { what: 'everything in scope was read; drift remains', inShort: 'drift' },
  3: { what: 'not everything in scope was read; there may be drift too', inShort: 'not everything was read' },
  4: {
    what: 'a change failed, has an unknown outcome, or was stopped by a limit; or something was not delivered',
    inShort: 'a change failed, a limit stopped the changes, or something was not delivered',
  },
  130: { what: 'interrupted; what was done is saved, --resume goes on', inShort: 'interrupted' },
  143: { what: 'terminated; what was done is saved, --resume goes on', inShort: 'terminated' },
} as const satisfies Readonly<Record<number, { readonly what: string; readonly inShort: string }>>;
export type ExitCode = keyof typeof exitMeanings;
export const exitCodes = Object.keys(exitMeanings).map(Number) as readonly ExitCode[];

/** What a signal ends the program with; also the reason of the `AbortSignal` that it sets off. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const satisfies Readonly<Record<string, ExitCode>>;
export type SignalExitCode = (typeof signalExitCodes)[keyof typeof signalExitCodes];

function isSignal(code: ExitCode): boolean {
  return Object.values(signalExitCodes).some((signal) => signal === code);
}

export function signalExitCode({ reason }: { readonly reason: unknown }): SignalExitCode {
  return reason === signalExitCodes.SIGTERM ? signalExitCodes.SIGTERM : signalExitCodes.SIGINT;
}

/** What a command that plans ends with. */
export interface PlanExitFacts {
  readonly openGaps: number;
  /** Pools with a finding that counts: drift at or above `failOn`, and with `failOnNew` only a new one. Of a plan: what it would change or refuses. */
  readonly failingPools: number;
  readonly exitZero: boolean;
}

export interface ExitFacts extends PlanExitFacts {
  /** A change failed, has an unknown outcome, or a limit stopped the changes. */
  readonly changesFailed: boolean;
}

export function exitCodeOf(facts: ExitFacts): ExitCode {
  return facts.changesFailed ? 4 : exitCodeWithoutChanges(facts);
}

export function exitCodeWithoutChanges({ openGaps, failingPools, exitZero }: PlanExitFacts): 0 | 2 | 3 {
  if (exitZero) return 0;
  if (openGaps > 0) return 3;
  return failingPools > 0 ? 2 : 0;
}

/** What a command ends with that carries out what was approved. */
export type ChangeExitCode = 0 | 1 | 4 | SignalExitCode;

/** Of what was approved: `isIncomplete` says that a change failed, has an unknown outcome or was left out. */
export function exitCodeOfChanges(isIncomplete: boolean): ChangeExitCode {
  return isIncomplete ? 4 : 0;
}

/** Of shards as one; what an interrupted one did not read was not read, and neither was one that is missing. */
export function joinedExitCode(codes: readonly ExitCode[], missing: number): 0 | 1 | 2 | 3 | 4 {
  if (codes.includes(4)) return 4;
  if (missing > 0 || codes.some((code) => code === 3 || isSignal(code))) return 3;
  return codes.includes(2) ? 2 : codes.includes(1) ? 1 : 0;
}
