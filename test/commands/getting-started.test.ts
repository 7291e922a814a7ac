/** docs/getting-started.md: the commands of a first hour, run again, print what the page says. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explanationOf } from '../../src/commands/output/explanation.ts';
import type { Output } from '../../src/commands/output/shell.ts';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';

const page = await readFile('docs/getting-started.md', 'utf8');

/** Commands of the `console` blocks with what they print; a here-document is part of its command. */
const steps = [...page.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const end = /<<'(\w+)'\n[\s\S]*?\n\1\n/.exec(text);
      const split = end === null ? text.indexOf('\n') + 1 : end.index + end[0].length;
      return { command: text.slice(0, split).trimEnd(), output: text.slice(split) };
    }),
);

/** Pacing never waits: the sandbox has no quotas here. */
const unhurried = {
  MFA_DRIFT_LIMITS_QUOTA_SHARE: '1',
  MFA_DRIFT_LIMITS_QUOTAS_USER_POOL_READ: '1000',
  MFA_DRIFT_LIMITS_QUOTAS_USER_POOL_RESOURCE_READ: '1000',
};

/** What is another each time: times, ports, ids of requests and runs, digests of what has them in it, and so where lines end. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?/g, 'DAY')
    .replaceAll(/\d{2}:\d{2}:\d{2}/g, 'TIME')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replaceAll(/sha256:[0-9a-f]{12,64}…?|(?<=journal-)[0-9a-f]{12}/g, 'DIGEST')
    .replaceAll(/(?:[\d.]+[hms] )+· [\d,]+ calls, \d+ throttled/g, 'COST');
}

describe('the first hour', () => {
  const before = process.cwd();
  let folder = '';
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: loadFleet('demo/fleet.yaml'), quotas: 'off' });
    folder = await mkdtemp(join(tmpdir(), 'mfa-drift-test-'));
    process.chdir(folder);
  });
  afterAll(async () => {
    process.chdir(before);
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  /** Both streams in the order of their writing, as a terminal shows them. */
  async function printed(command: string): Promise<string> {
    if (!command.startsWith('mfa-drift ')) {
      const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], { encoding: 'utf8' });
      return `${stdout}${stderr}`;
    }
    let text = '';
    const spoil = (_name: string, output: Output): Output => ({
      ...output,
      write: async (piece) => void (text += piece),
    });
    try {
      await run(command.split(' ').slice(1), { ...sandbox.environment, ...unhurried }, { spoil });
    } catch (error) {
      text += (await explanationOf(error, new AbortController().signal)).text;
    }
    return text;
  }

  it('prints what the page says, step by step', { timeout: 300_000 }, async () => {
    expect(steps.length).toBeGreaterThan(10);
    for (const { command, output } of steps) {
      expect(withoutChance(`$ ${command}\n${await printed(command)}`)).toBe(withoutChance(`$ ${command}\n${output}`));
    }
  });
});
