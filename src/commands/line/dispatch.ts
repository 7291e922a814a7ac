import type { ExitCode } from '../../domain/result/exit-code.ts';
import type { Shell } from '../output/shell.ts';

/** A command that the command line chose, with its flags bound. */
export type Run = (shell: Shell) => Promise<ExitCode>;
export type Choose = (run: Run) => void;
