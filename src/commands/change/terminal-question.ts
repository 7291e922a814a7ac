import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/** Whether the answer is yes. A terminal that was closed, or left with Ctrl-C (which `interrupt` is told), says no. */
export async function ask(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  interrupt: () => void,
): Promise<boolean> {
  const lines = createInterface({ input, output });
  lines.once('SIGINT', () => {
    lines.close();
    interrupt();
  });
  const left = once(lines, 'close').then(() => '');
  try {
    const answer = await Promise.race([lines.question(`${question} [y/N] `), left]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
