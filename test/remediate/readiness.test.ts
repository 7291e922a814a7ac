/** A change that requires MFA, or takes a factor away, waits until enough users are ready for it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sealPlan, type Plan } from '../../src/domain/remediation/model/plan.ts';
import { planSchema } from '../../src/remediate/plan/plan-schema.ts';
import { resultSchema } from '../../src/result/saved/schema.ts';
import type { UserGroup } from '../../src/sandbox/fleet/directory.ts';
import { organization, poolId, type Organization, type PoolDraft } from './organization.ts';
import { enrol } from './users.ts';

const optional = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };

/** So many with TOTP, and so many without anything, who must enrol. */
function directory(ready: number, others: number): readonly UserGroup[] {
  const groups = [
    { name: 'marvin', count: ready, factors: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' },
    { name: 'zaphod', count: others, attributes: [] },
  ];
  return groups.filter(({ count }) => count > 0);
}

const strict = (remediation: object = {}) => ({
  name: 'strict',
  severity: 'high',
  expect: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
  remediation: { mode: 'auto', allow: ['tightening', 'disruptive'], readiness: 0.98, ...remediation },
});

async function started(pools: readonly PoolDraft[], remediation: object = {}, files: object = {}) {
  return organization(pools, { policies: [strict(remediation)], ...files });
}

async function planOf(org: Organization, ...args: readonly string[]): Promise<Plan> {
  await org.makePlan(...args);
  const plan = await org.readPlan();
  const validate = new Ajv2020({ strict: false }).compile(planSchema);
  expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
  return plan;
}

describe('plan', () => {
  test('lets a change to ON through where enough users are ready, and says how many', async () => {
    const org = await started([{ id: 'Ready', mfa: optional, directory: directory(99, 1) }]);
    const plan = await planOf(org);
    expect(plan.refused).toEqual([]);
    expect(plan.changes).toMatchObject([
      {
        risk: 'disruptive',
        users: 100,
        usersAtRisk: 1,
        readiness: {
          waitsFor: 0.98,
          design: 'counted',
          population: 100,
          asked: 100,
          shares: { 'as-written': { share: 0.99, low: 0.99, high: 0.99 } },
          lockedOutAtMost: 1,
        },
      },
    ]);
  });

  test('refuses one for which too few are, with the numbers', async () => {
    const org = await started([{ id: 'Unready', mfa: optional, directory: directory(97, 3) }]);
    const ended = await org.makePlan();
    expect(ended.exitCode).toBe(2);
    expect(await org.readPlan()).toMatchObject({
      changes: [],
      refused: [{ poolId: poolId('Unready'), code: 'not-ready', readiness: { lockedOutAtMost: 3 } }],
    });
    expect(ended.stdout).toContain('not changed: not-ready');
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain('97.0 % of its 100 local users could still sign in');
  });

  test('counts who must enrol as able to where the policy says who enrols them', async () => {
    const pool = { id: 'Enrols', mfa: optional, directory: directory(50, 50) };
    expect((await planOf(await started([pool]))).refused).toMatchObject([{ code: 'not-ready' }]);
    expect((await planOf(await started([pool], { enrolment: 'none' }))).refused).toMatchObject([{ code: 'not-ready' }]);
    const managed = await planOf(await started([pool], { enrolment: 'managed-login' }));
    expect(managed.changes).toMatchObject([{ readiness: { enrolment: 'managed-login' }, usersAtRisk: 0 }]);
  });

  test('takes the share from the configuration where the policy says none', async () => {
    const org = await started(
      [{ id: 'Unready', mfa: optional, directory: directory(97, 3) }],
      { readiness: undefined },
      { remediation: { readiness: 0.98 } },
    );
    expect((await planOf(org)).refused).toMatchObject([{ code: 'not-ready', readiness: { waitsFor: 0.98 } }]);
  });

  test('refuses it where users can’t be asked, and plans the others', async () => {
    const pools = [
      { id: 'Unready', mfa: optional, directory: directory(97, 3) },
      { id: 'Right', mfa: { ...optional, MfaConfiguration: 'ON' } },
    ];
    const org = await started(pools, {}, { configuration: { role: { name: 'MfaDriftAudit' } } });
    const [refused] = (await planOf(org)).refused;
    expect(refused).toMatchObject({ code: 'not-ready', readiness: null });
    expect(refused?.message).toMatch(/is not known: .*AdminGetUserAuthFactors|is not known: .*ListUsers/);
  });

  test('asks nobody where no policy waits for them, and never for what is billed', async () => {
    const org = await started([{ id: 'Any', mfa: optional, directory: directory(1, 9) }], { readiness: undefined });
    expect((await planOf(org)).changes).toMatchObject([{ readiness: null, usersAtRisk: 10 }]);
    const asked = org.sandbox.calls.entries.map(({ operation }) => operation);
    expect(asked).not.toContain('ListUsers');
    const waiting = await started([{ id: 'Any', mfa: optional, directory: directory(10, 0) }]);
    await planOf(waiting);
    expect(waiting.sandbox.calls.count('AdminGetUserAuthFactors', 'ok')).toBe(10);
    expect(waiting.sandbox.calls.count('AdminGetUser', 'ok')).toBe(0);
  });

  test('holds users that could be locked out against maxUsers, and not all users', async () => {
    const org = await started([{ id: 'Large', mfa: optional, directory: directory(199, 1) }]);
    expect((await planOf(org, '--max-users', '1')).changes).toHaveLength(1);
    const over = await planOf(org, '--max-users', '0');
    expect(over.refused).toMatchObject([{ code: 'too-many-users', readiness: { lockedOutAtMost: 1 } }]);
    expect(over.refused[0]?.message).toContain('could lock out up to 1 user; the limit is 0');
  });
});

describe('apply', () => {
  const pool = { id: 'One', mfa: optional, directory: directory(50, 0) };

  test('measures again, and writes', async () => {
    const org = await started([pool]);
    await planOf(org);
    const before = org.sandbox.calls.count('AdminGetUserAuthFactors', 'ok');
    expect((await org.apply()).exitCode).toBe(0);
    expect(org.mfa('One')).toMatchObject({ MfaConfiguration: 'ON' });
    // Once, for both looks: what it has measured itself counts until --max-age.
    expect(org.sandbox.calls.count('AdminGetUserAuthFactors', 'ok') - before).toBe(50);
  });

  test('refuses it where fewer are ready by now, whatever the plan says', async () => {
    const org = await started([pool]);
    await planOf(org);
    await enrol(
      org,
      'One',
      Array.from({ length: 2 }, (_, at) => `marvin-${at + 1}`),
      false,
    );
    const { exitCode, stdout } = await org.apply('--report', 'json');
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).outcomes).toMatchObject([{ outcome: 'refused', code: 'not-ready' }]);
    expect(org.writes()).toBe(0);
  });

  test('believes no measurement that a plan brings, though its digest fits', async () => {
    const org = await started([{ ...pool, directory: directory(50, 50) }], { readiness: undefined });
    const plan = await planOf(org);
    await org.write({ policies: [strict()] });
    const readiness = { waitsFor: 0.98, lockedOutAtMost: 0, measuredAt: plan.createdAt, enrolment: null };
    const shares = { 'as-written': { share: 1, low: 1, high: 1 }, lenient: { share: 1, low: 1, high: 1 } };
    const forged = { ...readiness, shares, design: 'counted', population: 100, asked: 100 } as const;
    const outcomes = { ready: 100, 'must-enrol': 0, 'locked-out': 0, 'passkey-only': 0 };
    const changes = plan.changes.map((change) => ({ ...change, usersAtRisk: 0, readiness: { ...forged, outcomes } }));
    await writeFile(org.plan, JSON.stringify(sealPlan({ ...plan, changes })));
    const { exitCode, stdout } = await org.apply('--report', 'json');
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).outcomes).toMatchObject([{ outcome: 'refused', code: 'not-ready' }]);
    expect(org.writes()).toBe(0);
  });

  test('a rollback waits for nobody: it goes back to what was', async () => {
    const mfa = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
    const policies = [{ ...strict(), expect: { MfaConfiguration: 'OPTIONAL' } }];
    const org = await organization([{ id: 'One', mfa, directory: directory(0, 20) }], { policies });
    await org.makePlan('--allow', 'weakening');
    expect((await org.apply('--allow', 'weakening')).exitCode).toBe(0);
    expect((await org.rollback()).exitCode).toBe(0);
    expect(org.mfa('One')).toMatchObject({ MfaConfiguration: 'ON' });
    expect(org.sandbox.calls.count('ListUsers', 'ok')).toBe(0);
  });
});

describe('audit --remediate', () => {
  test('writes ON where enough are ready, refuses where not, and keeps the numbers in the result', async () => {
    const org = await started([
      { id: 'Ready', mfa: optional, directory: directory(99, 1) },
      { id: 'Unready', mfa: optional, directory: directory(97, 3) },
    ]);
    const { pool, stderr } = await night(org);
    expect(org.mfa('Ready')).toMatchObject({ MfaConfiguration: 'ON' });
    expect(org.mfa('Unready')).toMatchObject({ MfaConfiguration: 'OPTIONAL' });
    expect(pool('Ready')).toMatchObject({ status: 'compliant', readiness: { lockedOutAtMost: 1 } });
    expect(pool('Unready')).toMatchObject({
      status: 'drifted',
      findings: [{ status: 'drift', fix: { refused: 'not-ready', status: null } }],
      readiness: { waitsFor: 0.98, lockedOutAtMost: 3, shares: { 'as-written': { share: 0.97 } } },
      remediation: { outcome: 'refused', code: 'not-ready' },
    });
    expect(stderr).toContain('1 change refused');
  });
});

async function night(org: Organization, ...args: readonly string[]) {
  const file = join(org.folder, 'result.json');
  const ended = await org.remediate('--report', `json=${file}`, ...args);
  const result = JSON.parse(await readFile(file, 'utf8'));
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(resultSchema);
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
  return {
    ...ended,
    result,
    pool: (id: string) => result.pools.find((pool: { poolId: string }) => pool.poolId === poolId(id)),
  };
}
