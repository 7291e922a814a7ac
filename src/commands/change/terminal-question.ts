import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/** Whether the answer is yes. A terminal that was closed, or left with Ctrl-C (which `interrupt` is told), says no. */
export async function ask(question: string, ...terminal: Terminal): Promise<boolean> {
  return /^y(es)?$/i.test((await askLine(`${question} [y/N] `, ...terminal)) ?? '');
}

type Terminal = readonly [input: NodeJS.ReadableStream, output: NodeJS.WritableStream, interrupt: () => void];

/** The answer, trimmed; `null` from a terminal that was closed, or left with Ctrl-C. */
export async function askLine(question: string, ...[input, output, interrupt]: Terminal): Promise<string | null> {
  const lines = createInterface({ input, output });
  lines.once('SIGINT', () => {
    lines.close();
    interrupt();
  });
  const left = once(lines, 'close').then(() => null);
  try {
    return (await Promise.race([lines.question(question), left]))?.trim() ?? null;
  } finally {
    lines.close();
  }
}
