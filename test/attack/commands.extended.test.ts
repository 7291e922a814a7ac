import { describe, expect, test } from 'vitest';
import { seed } from '../strength.ts';
import { attackCommand, commands } from './commands.ts';
import { kinds } from './kinds/all.ts';

/** Of so many one: what an answer comes to is told under audit; here nothing may crash. */
const step = 7;
const met = kinds
  .filter(({ hangs }) => hangs !== true)
  .flatMap((kind) => kind.meets.map((operation) => [`${kind.name}, to ${operation}`, kind, operation] as const));

describe.each(commands)('under %s', (command) => {
  const part = met.filter((_each, index) => index % step === commands.indexOf(command));
  test.each(part)('%s', async (_name, kind, operation) => {
    expect(await attackCommand(kind, command, operation, seed)).toBeNull();
  });
});
