/** One pool from OFF to ON over six nights, by nothing but a policy and the same command each night. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { PoolRecord } from '../../src/domain/result/result.ts';
import { resultSchema } from '../../src/result/saved/schema.ts';
import { organization, poolId, region, memberId, type Organization } from './organization.ts';
import { rolloutPicture } from './rollout-picture.ts';
import { enrol } from './users.ts';

const policy = {
  name: 'customers',
  severity: 'high',
  expect: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
  remediation: { mode: 'auto', allow: ['tightening', 'disruptive'], readiness: 0.98, meanwhile: 'OPTIONAL' },
};

const users = Array.from({ length: 50 }, (_, at) => `marvin-${at + 1}`);
const totp = 'SOFTWARE_TOKEN_MFA';
const directory = [{ name: 'marvin', count: users.length, factors: [totp], preferred: totp }];

const waiting = { status: 'drifted', exitCode: 2, mode: 'drift', fix: 'rolling-out' };
const done = { status: 'compliant', exitCode: 0, fix: null };

/** How many of the fifty have an authenticator on the evening before, and what the night makes of it. */
const nights = [
  { ready: 0, before: 'OFF', after: 'OPTIONAL', ...waiting, outcome: 'applied', share: 0, earlier: null },
  { ready: 20, before: 'OPTIONAL', after: 'OPTIONAL', ...waiting, outcome: 'refused', share: 0.4, earlier: 0 },
  { ready: 35, before: 'OPTIONAL', after: 'OPTIONAL', ...waiting, outcome: 'refused', share: 0.7, earlier: 0.4 },
  { ready: 48, before: 'OPTIONAL', after: 'OPTIONAL', ...waiting, outcome: 'refused', share: 0.96, earlier: 0.7 },
  {
    ready: 49,
    before: 'OPTIONAL',
    after: 'ON',
    ...done,
    mode: 'fixed',
    outcome: 'applied',
    share: 0.98,
    earlier: 0.96,
  },
  { ready: 50, before: 'ON', after: 'ON', ...done, mode: null, outcome: null, share: null, earlier: 0.98 },
];

const validate = new Ajv2020({ allowUnionTypes: true }).compile(resultSchema);

/** The command of every night; what it leaves is numbered, and the night before is the baseline. */
async function night(org: Organization, number: number) {
  const file = (name: string) => join(org.folder, name);
  const saved = file(`night-${number}.json`);
  const { exitCode, stdout, stderr } = await org.cli(
    'audit',
    '--remediate',
    '--run-dir',
    file('run'),
    '--baseline',
    file(`night-${number - 1}.json`),
    '--journal',
    file(`night-${number}.ndjson`),
    '--report',
    `json=${saved}`,
    '--report',
    'table',
  );
  const result = JSON.parse(await readFile(saved, 'utf8'));
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
  const pool: PoolRecord = result.pools[0];
  return { exitCode, stdout, stderr, pool };
}

function mode(org: Organization) {
  return org.mfa('Customers')?.['MfaConfiguration'];
}

async function nightAfter(org: Organization, number: number, ready: number) {
  const before = mode(org);
  const { exitCode, stdout, stderr, pool } = await night(org, number);
  const finding = pool.findings.find(({ path }) => path === 'MfaConfiguration');
  const seen = {
    ready,
    before,
    after: mode(org),
    status: pool.status,
    exitCode,
    mode: finding?.status ?? null,
    fix: finding?.fix?.status ?? null,
    outcome: pool.remediation?.outcome ?? null,
    share: pool.readiness?.shares['as-written'].share ?? null,
    earlier: pool.earlierReadiness?.shares['as-written'].share ?? null,
  };
  return { seen, stdout, stderr };
}

test('a pool goes from OFF over OPTIONAL to ON once 98 % of its users are ready, and nothing is remembered', async () => {
  const org = await organization([{ id: 'Customers', directory }], { policies: [policy] });
  await enrol(org, 'Customers', users, false);
  const seen: object[] = [];
  const tables: string[] = [];
  const ends: string[] = [];
  for (const [index, { ready }] of nights.entries()) {
    await enrol(org, 'Customers', users.slice(nights[index - 1]?.ready ?? 0, ready));
    const after = await nightAfter(org, index + 1, ready);
    seen.push(after.seen);
    tables.push(after.stdout);
    ends.push(after.stderr);
  }
  expect(seen).toEqual(nights);
  // Two writes in all: a night that had nothing to write has written nothing.
  expect(org.writes()).toBe(2);
  expect(org.sandbox.calls.count('AdminGetUser', 'ok')).toBe(0);
  for (const text of tables.slice(0, 4)) expect(text).toContain('not fixed: rolling out');
  // Nobody refused anything in the nights that only wait.
  for (const text of ends.slice(1, 4)) expect(text).toMatch(/exit 2: .*1 pool is rolling out/);
  for (const text of [...ends, ...tables]) expect(text).not.toMatch(/1 change refused|refused: not-ready/);
  for (const text of tables.slice(1, 5)) expect(text).toMatch(/now {7}0 % .*\n {6}baseline {2}0 % /);

  const fourth = join(org.folder, 'night-4.json');
  const place = ['--account', memberId, '--region', region];
  const shown = await org.cli('show', poolId('Customers'), ...place, '--from', fourth);
  expect(shown.stdout.replaceAll(/\s+/g, ' ')).toContain(
    '96.0 % of 50 local users could still sign in; what is wanted waits for 98.0 %',
  );
  expect(shown.stdout).toMatch(/now {7}0 % ·+●┃· 100 %\n {2}baseline {2}0 % ·+●·+┃· 100 %/);
  const markdown = join(org.folder, 'night.md');
  const html = await org.sandboxless('report', fourth, '--report', 'html', '--report', `markdown=${markdown}`);
  expect(html.stdout).toContain('aria-label="now: 96.0 %, waits for 98.0 %"');
  expect(html.stdout).toContain('aria-label="baseline: 70.0 %, waits for 98.0 %"');
  expect(await readFile(markdown, 'utf8')).toMatch(/\| rolling out \|/);

  // As they were seen, above.
  const picture = rolloutPicture(nights, policy.remediation.readiness);
  await expect(picture).toMatchFileSnapshot('../../docs/images/rollout.svg');
  const page = await readFile('docs/rollout.md', 'utf8');
  const rows = nights.map((told, index) => rowOf(index + 1, told));
  expect(page).toContain(rows.join('\n'));
  const printed = tables.map((text) =>
    squeezed(text.replaceAll(`${org.folder}/`, '').replaceAll('all.yaml', 'customers.yaml')),
  );
  const fenced = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const blocks = fenced.flatMap(([, language, text = '']) => (language === '' ? [squeezed(text)] : []));
  const [first = '', third = ''] = blocks;
  expect(blocks).toHaveLength(2);
  expect(printed[0]).toContain(first);
  expect(printed[2]).toContain(third);
});

/** As the table of docs/rollout.md has it. */
function rowOf(number: number, told: (typeof nights)[number]): string {
  const { ready, before, after, exitCode } = told;
  const rolling = told.fix === 'rolling-out' ? ', rolling out' : '';
  return `| ${number} | ${ready} of 50 | ${before} | ${after} | ${told.mode ?? '–'}${rolling} | ${exitCode} |`;
}

/** However it is broken into lines, and whenever it was printed. */
function squeezed(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'DATE')
    .trim();
}
