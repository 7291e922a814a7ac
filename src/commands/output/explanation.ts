import { ComplaintsError, UserError } from '../../errors.ts';
import { signalExitCode, type ExitCode } from '../../domain/result/exit-code.ts';
import { describeSystemError, isSystemError } from '../../system-error.ts';
import { visibleLines } from '../../escape/visible.ts';

export interface ErrorExplanation {
  readonly exitCode: ExitCode;
  /** One or more whole lines. */
  readonly text: string;
}

/** Met wherever a file or a connection is opened, that of a part of the program too. */
const exhausted = ['EMFILE', 'ENFILE'];

/** Why a command ended, and how. An error that the user can mend is its sentence; a bug keeps its stack. */
export async function explanationOf(error: unknown, signal: AbortSignal): Promise<ErrorExplanation> {
  if (signal.aborted && error === signal.reason) {
    const exitCode = signalExitCode(signal);
    return { exitCode, text: `exit ${exitCode}: interrupted before anything was read\n` };
  }
  if (error instanceof ComplaintsError) {
    const { renderComplaints } = await import('../../yaml/complaints.ts');
    return { exitCode: error.exitCode, text: renderComplaints(error) };
  }
  if (error instanceof UserError) return { exitCode: error.exitCode, text: `${error.message}\n` };
  if (isSystemError(error) && error.code !== undefined && exhausted.includes(error.code))
    return { exitCode: 1, text: `${describeSystemError(error)}\n` };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: 1,
    text: `This is a bug in mfa-drift; please report it with what stands below.\n${visibleLines(stack)}\n`,
  };
}
