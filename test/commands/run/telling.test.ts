import { expect, it } from 'vitest';
import { tellingFor } from '../../../src/commands/run/telling.ts';

function shell() {
  const said: string[] = [];
  const stderr = { write: async (text: string) => void said.push(text), isTerminal: false, columns: 120 };
  return { said, shell: { stderr } as unknown as Parameters<typeof tellingFor>[1] };
}

const flags = { logLevel: 'warn', debug: false } as const;

it('a warning is one line, said once, and steers no terminal', async () => {
  const { said, shell: at } = shell();
  const { log, warn } = await tellingFor(flags, at);
  warn('profile "\u001B[31ma" was taken');
  warn('profile "\u001B[31ma" was taken');
  warn('another');
  expect(log).toBeNull();
  expect(said).toEqual(['warning: profile "\\u001B[31ma" was taken\n', 'warning: another\n']);
});

it('with --quiet none is said', async () => {
  const { said, shell: at } = shell();
  (await tellingFor({ ...flags, quiet: true }, at)).warn('one');
  expect(said).toEqual([]);
});
