/**
 * The nights on which Europe's clocks are changed: a run says when it began in UTC, and what is new, or since when it is
 * there, follows from that alone. The clock of this machine and of the sandbox, which plays AWS, are moved over both nights.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { fleet } from '../reading/fleets.ts';
import { started } from '../sandbox/clients.ts';
import { run } from './in-process.ts';
import { everythingCounts, writeWorkspace } from './workspace.ts';

afterEach(() => void vi.useRealTimers());

/** In UTC. */
const nights = [
  ['spring, when 02:30 is not there', ['2027-03-28T00:59:59Z', '2027-03-28T01:00:00Z', '2027-03-29T00:30:00Z']],
  ['autumn, when 02:30 is there twice', ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z', '2027-11-01T01:30:00Z']],
] as const;

it.each(nights)('in %s each run compares with the one before', async (_name, instants) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const folder = await writeWorkspace({
    configuration: everythingCounts,
    policies: [{ name: 'mode', severity: 'high', expect: { MfaConfiguration: 'ON' }, remediation: { mode: 'never' } }],
    exceptions: [],
  });
  vi.setSystemTime(new Date(instants[0]));
  const { environment } = await started(fleet(), { now: () => Date.now() });
  let baseline: readonly string[] = [];
  for (const [index, instant] of instants.entries()) {
    vi.setSystemTime(new Date(instant));
    const file = join(folder, `${index}.json`);
    const args = [
      'audit',
      '--config',
      join(folder, 'mfa-drift.yaml'),
      '--run-dir',
      join(folder, `run-${index}`),
      '--report',
      `json=${file}`,
      '--quiet',
      ...baseline,
    ];
    const { stderr } = await run(args, { ...environment, TZ: 'Europe/Berlin' });
    expect(stderr).not.toMatch(/clock/i);
    const { run: info, pools } = JSON.parse(await readFile(file, 'utf8'));
    const findings = pools.flatMap(
      (pool: { findings: { change: string | null; since: string | null }[] }) => pool.findings,
    );
    expect(findings.length).toBeGreaterThan(0);
    expect(info.startedAt.slice(0, 19)).toBe(instant.slice(0, 19));
    const changes = findings.map(({ change, since }: { change: string | null; since: string | null }) => [
      change,
      since?.slice(0, 19) ?? null,
    ]);
    const wanted = index === 0 ? [null, null] : ['persisting', instants[0].slice(0, 19)];
    expect(changes).toEqual(findings.map(() => wanted));
    baseline = ['--baseline', file];
  }
});
