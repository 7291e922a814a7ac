import { afterEach, expect, it, vi } from 'vitest';
import { withCallsShown, type Session } from '../../../src/commands/run/aws-session.ts';
import type { OutputFlags } from '../../../src/commands/line/flags.ts';
import type { Shell } from '../../../src/commands/output/shell.ts';

const counts = { calls: 30, throttled: 0, retried: 0 };
const session = { calls: { log: null }, counts } as Session;

afterEach(() => vi.useRealTimers());

/** What is written in so long, in which 704 requests are sent. */
async function written(ms: number, isTerminal: boolean, flags: Partial<OutputFlags> = {}): Promise<string> {
  vi.useFakeTimers();
  counts.calls = 30;
  const texts: string[] = [];
  const write = (text: string) => Promise.resolve(void texts.push(text));
  const shell = { stderr: { write, isTerminal, columns: 80 } } as Shell;
  const shown = { progress: true, quiet: false, ...flags } as OutputFlags;
  await withCallsShown('asking users', session, shown, shell, async () => {
    counts.calls += 704;
    await vi.advanceTimersByTimeAsync(ms);
  });
  return texts.join('');
}

it('a minute without a word is none: a line says what goes on and how many requests it took', async () => {
  expect(await written(59_000, false)).toBe('');
  expect(await written(121_000, false)).toBe('asking users · 704 calls\nasking users · 704 calls\n');
});

it('a terminal has it at once', async () => {
  expect(await written(150, true)).toBe('\r\u001b[2K⠋ asking users · 704 calls\r\u001b[2K');
});

it.each([{ quiet: true }, { progress: false }])('nothing is said with %j', async (flags) => {
  expect(await written(600_000, false, flags)).toBe('');
});
