/** A command as a child of this process, which lives exactly as long: signals go through, and nobody is left behind. */
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import type { Shell } from '../output/shell.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Runs it on this process's own streams. Resolves with its exit code, or 128 and the number of the signal that ended it,
 * as shells do. Rejects with the error of `spawn` where it can't be started.
 *
 * At a terminal it stays in this process's group, so that it may ask a person, and what is typed (Ctrl-C) reaches it
 * without us. Elsewhere it gets a group of its own, which signals are sent to and which is ended whole.
 */
export async function runToEnd(
  { program, args }: Command,
  env: NodeJS.ProcessEnv,
  { passSignals }: Pick<Shell, 'passSignals'>,
): Promise<number> {
  const isTyped = process.stdin.isTTY;
  const guard = newGuard();
  const child = spawn(program, args, { env, stdio: 'inherit', detached: !isTyped });
  // Without one, `error` says why.
  const family = child.pid === undefined ? null : isTyped ? child.pid : -child.pid;
  if (family !== null) guard.stdin.write(`${family}\n`);
  passSignals((signal) => {
    if (!isTyped || !typed.has(signal)) send(family, signal);
  });
  try {
    return await endOf(child);
  } finally {
    guard.kill('SIGKILL');
    if (!isTyped) send(family, 'SIGTERM');
  }
}

/** The terminal sends these to everybody in the group. */
const typed: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>(['SIGINT', 'SIGQUIT']);

async function endOf(child: ChildProcess): Promise<number> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

function send(to: number | null, signal: NodeJS.Signals): void {
  if (to === null) return;
  try {
    process.kill(to, signal);
  } catch {
    // It has ended meanwhile, which is what is wanted.
  }
}

/**
 * Nobody can act on SIGKILL: a bystander that was told whom it is about sees that its standard input, which we hold, is
 * closed, and ends the command for us. It is there before the command is.
 */
function newGuard(): ChildProcessByStdio<Writable, null, null> {
  const guard = spawn('/bin/sh', ['-c', 'read -r family && { read -r _; kill -s TERM -- "$family"; }'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Where there is no sh, there is no guard.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  return guard;
}
