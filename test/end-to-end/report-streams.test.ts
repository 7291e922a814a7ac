/** `mfa-drift report` in a pipe: a saved result from standard input, reports to standard output. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { json } from '../../src/report/formats/json.ts';
import { ndjson } from '../../src/report/formats/ndjson.ts';
import { textOf } from '../report/a-result.ts';
import { everything } from '../report/everything.ts';
import { temporaryFolder } from '../temporary.ts';
import type { Ended } from './in-process.ts';
import { startCli } from './run-cli.ts';

async function report(input: string, ...args: readonly string[]): Promise<Ended> {
  const { process: child, ended } = startCli(['report', ...args], {
    cwd: await temporaryFolder(),
    environment: {},
  });
  child.stdin.end(input);
  return ended;
}

describe('report -', () => {
  test.each([
    ['json', json],
    ['ndjson', ndjson],
  ])('reads %s from standard input', async (_name, draw) => {
    const saved = await textOf(draw(everything()));
    const { exitCode, stdout } = await report(saved, '-', '--report', 'json');
    expect(stdout).toBe(await textOf(json(everything())));
    expect(exitCode).toBe(3);
  });

  test('says what is wrong with it', async () => {
    const cut = (await textOf(json(everything()))).slice(0, 5000);
    const { exitCode, stderr, stdout } = await report(cut, '-');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/standard input/);
    expect(stderr).not.toMatch(/mfa-drift-|bug/);
  });

  test('takes it once', async () => {
    const { exitCode, stderr } = await report('{}', '-', '-');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'Standard input (-) holds one result: name it once.\n',
    });
  });
});

describe('standard output', () => {
  test('can be named as -, beside reports in files', async () => {
    const saved = await textOf(json(everything()));
    const bare = await report(saved, '-', '--report', 'markdown');
    const named = await report(saved, '-', '--report', 'csv=r.csv', '--report', 'markdown=-');
    expect(named.stdout).toBe(bare.stdout);
    const { exitCode, stderr } = await report(saved, '-', '--report', 'markdown=-', '--report', 'csv');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Only one report can go to standard output, not markdown and csv/);
  });
});

test.each([
  ['--redact', '--no-redact'],
  ['--no-redact', '--redact'],
])('%s together with %s is refused, whichever comes last', async (one, other) => {
  const file = join(await temporaryFolder(), 'result.json');
  await writeFile(file, await textOf(json(everything())));
  const { exitCode, stdout, stderr } = await report('', file, one, other);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain("--redact and --no-redact can't go together");
});
