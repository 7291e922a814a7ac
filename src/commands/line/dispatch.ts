import type { Shell } from '../output/shell.ts';

/** A command that the command line chose, with its flags bound. Resolves with the exit code: one of ours, or that of a command it ran. */
export type Run = (shell: Shell) => Promise<number>;
export type Choose = (run: Run) => void;
