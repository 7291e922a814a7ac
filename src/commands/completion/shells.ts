/** Apart from the scripts themselves, so that the command line knows the names without loading what writes them. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof shells)[number];
