/** A rollback that is planned into a file: shown, approved by its digest and carried out as any plan is. */
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sealPlan, type Change, type Plan } from '../../../src/domain/remediation/model/plan.ts';
import { planSchema } from '../../../src/remediate/plan/plan-schema.ts';
import { run, type Ended } from '../../end-to-end/in-process.ts';
import {
  fleetOf,
  floor,
  journalEntries,
  keptDigest,
  memberId,
  organization,
  poolId,
  type Files,
  type Organization,
  type PoolDraft,
} from '../organization.ts';

const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };

interface Undoing extends Organization {
  /** The rollback's plan. */
  readonly back: string;
  planBack(...args: readonly string[]): Promise<Ended>;
  /** With `--yes`. */
  applyBack(...args: readonly string[]): Promise<Ended>;
  readBack(): Promise<Plan>;
}

/** Pools that the floor was applied to. */
async function applied(pools: readonly PoolDraft[], files: Files = {}): Promise<Undoing> {
  const org = await organization(pools, files);
  await org.makePlan();
  expect((await org.apply()).exitCode).toBe(0);
  const back = join(org.folder, 'back.json');
  return {
    ...org,
    back,
    planBack: (...args) => org.cli('rollback', org.journal, '--out', back, ...args),
    applyBack: (...args) => org.cli('apply', back, '--yes', ...args),
    readBack: async () => JSON.parse(await readFile(back, 'utf8')),
  };
}

async function reseal(org: Undoing, edit: (plan: Plan) => Partial<Plan>): Promise<void> {
  const plan = await org.readBack();
  await writeFile(org.back, JSON.stringify(sealPlan({ ...plan, ...edit(plan) })));
}

async function digestOf(org: Undoing): Promise<readonly string[]> {
  return ['--digest', (await org.readBack()).digest];
}

describe('rollback --out', () => {
  test('writes a plan as any other, and changes nothing', async () => {
    const org = await applied([{ id: 'One' }, { id: 'Two', userPool: { EstimatedNumberOfUsers: 20 } }]);
    const writes = org.writes();
    const { exitCode, stdout, stderr } = await org.planBack();
    expect(exitCode).toBe(2);
    const [, digest] = await keptDigest(org.journal);
    const plan = await org.readBack();
    expect(plan).toMatchObject({
      kind: 'Plan',
      origin: 'rollback',
      journal: { file: org.journal, digest: `sha256:${digest}` },
      organizationId: 'o-remediation1',
      runId: (await org.readPlan()).runId,
      complete: true,
      poolsRead: 2,
      policies: [],
      refused: [],
    });
    expect(plan.changes).toMatchObject([
      { poolName: 'pool-Two', users: 20, risk: 'weakening', before: on, after: off, because: [], remains: [] },
      { poolName: 'pool-One', users: 10, risk: 'weakening', before: on, after: off, because: [], remains: [] },
    ]);
    expect(plan.changes.map(({ call }) => call)).toEqual([
      { UserPoolId: poolId('Two'), ...off },
      { UserPoolId: poolId('One'), ...off },
    ]);
    const validate = new Ajv2020({ strict: false }).compile(planSchema);
    expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
    expect((await stat(org.back)).mode & 0o777).toBe(0o600);
    expect(stdout).toContain('PLAN  2 pools change · 2 pools read');
    expect(stdout).toContain(`undoes ${org.journal}\n  sha256:${digest}\n`);
    expect(stdout).toMatch(/weakening · 10 users\n {4}MfaConfiguration +OPTIONAL → OFF/);
    expect(stdout).toContain(`--digest ${plan.digest}`);
    expect(stderr).toContain(`exit 2: 2 pools would change; nothing was changed; the plan is in ${org.back}`);
    expect(org.writes()).toBe(writes);
    await expect(readFile(join(org.folder, 'journal.rollback.ndjson'))).rejects.toThrow('ENOENT');
  });

  test('shows it as Markdown and JSON too', async () => {
    const org = await applied([{ id: 'One' }]);
    const file = join(org.folder, 'back.md');
    const { stdout } = await org.planBack('--report', 'json', '--report', `markdown=${file}`);
    expect(JSON.parse(stdout)).toEqual(await org.readBack());
    const page = await readFile(file, 'utf8');
    expect(page).toContain('Undoes <code>');
    expect(page).toContain('<code>MfaConfiguration</code> <code>OPTIONAL</code> → <code>OFF</code>');
    expect(page).toContain('| the rollback | **weakening**');
    expect(page).not.toContain('(follows)');
  });

  test('says of what stays as it is why, and plans nothing for what is undone already', async () => {
    const org = await applied([{ id: 'One' }, { id: 'Two' }, { id: 'Gone' }]);
    const fleet = fleetOf([
      { id: 'One', mfa: off },
      { id: 'Two', mfa: { ...on, WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com' } } },
    ]);
    const later = await organization([], {}, { fleet });
    const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
    const ended = await run(['rollback', org.journal, '--out', org.back, ...files], later.sandbox.environment);
    expect(ended.exitCode).toBe(2);
    const { changes, refused } = await org.readBack();
    expect(changes).toEqual([]);
    expect(refused.map((each) => [each.poolId, each.code])).toEqual(
      expect.arrayContaining([
        [poolId('Gone'), 'pool-changed'],
        [poolId('Two'), 'pool-changed'],
      ]),
    );
    expect(refused).toHaveLength(2);
  });

  test('has nothing to change once all is undone', async () => {
    const org = await applied([{ id: 'One' }]);
    await org.rollback();
    const { exitCode, stderr } = await org.planBack();
    expect(exitCode).toBe(0);
    expect(stderr).toContain('exit 0: there is nothing to change; nothing was changed');
  });

  test('says beforehand what Cognito does not take back, and apply says it again', async () => {
    const passkeys = { RelyingPartyId: 'auth.example.com', UserVerification: 'required' };
    const policies = [{ name: 'keys', expect: { ...on, WebAuthnConfiguration: passkeys } }];
    const org = await applied([{ id: 'One' }], { policies });
    const { stdout } = await org.planBack();
    const says =
      /Cognito does not take everything back: WebAuthnConfiguration\.RelyingPartyId nothing → auth\.example\.com/;
    const [change] = (await org.readBack()).changes;
    expect(change?.remains).toEqual([expect.stringMatching(says)]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('stays: Cognito does not take everything back');
    const applying = await org.applyBack(...(await digestOf(org)), '--report', 'json');
    expect(applying.exitCode).toBe(0);
    expect(JSON.parse(applying.stdout).outcomes[0].message).toMatch(says);
    expect(org.mfa('One')).toEqual({ ...off, WebAuthnConfiguration: passkeys });
  });

  test('is not made from another journal than the one that is meant', async () => {
    const org = await applied([{ id: 'One' }]);
    await expect(org.planBack('--journal-digest', 'a'.repeat(64))).rejects.toThrow('is not the journal that is meant');
    await expect(readFile(org.back)).rejects.toThrow('ENOENT');
  });
});

describe('apply of a rollback’s plan', () => {
  test('undoes it, newest first, in the rollback’s own journal, and says how to hold it', async () => {
    const org = await applied([{ id: 'One' }, { id: 'Two', userPool: { EstimatedNumberOfUsers: 20 } }]);
    await org.planBack();
    const { exitCode, stdout, stderr } = await org.applyBack(...(await digestOf(org)));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ROLLED BACK  2 of 2 pools undone and verified');
    expect(stderr).toContain('exit 0: 2 of 2 pools undone and verified');
    expect(stderr).toContain('hold: true');
    expect([org.mfa('One'), org.mfa('Two')]).toEqual([off, off]);
    const own = await org.readJournal(join(org.folder, 'journal.rollback.ndjson'));
    expect(own.map(({ event, poolId: id, policies }) => [event, id, policies])).toEqual([
      ['intent', poolId('Two'), ['floor']],
      ['done', poolId('Two'), ['floor']],
      ['intent', poolId('One'), ['floor']],
      ['done', poolId('One'), ['floor']],
    ]);
    const again = await org.applyBack(...(await digestOf(org)));
    expect(again.stderr).toContain('exit 0: 2 of 2 pools undone and verified');
    expect((await org.rollback()).stdout).toContain('0 of 2 pools undone and verified · 2 already undone');
    expect(org.writes()).toBe(4);
  });

  test('writes the hold that is asked for; a plan of policies has nothing to hold', async () => {
    const org = await applied([{ id: 'One' }]);
    const hold = join(org.folder, 'policies', 'hold.yaml');
    await expect(org.apply('--hold', hold)).rejects.toThrow('undoes nothing, so nothing is to be held');
    const { stdout } = await org.planBack('--hold', hold);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`--hold ${hold}`);
    await org.applyBack(...(await digestOf(org)), '--hold', hold);
    expect(await readFile(hold, 'utf8')).toContain('hold: true');
    const night = await org.remediate();
    expect(night.exitCode).toBe(2);
    expect(org.mfa('One')).toEqual(off);
  });

  test('that weakens needs the plan’s digest, or an answer at a terminal', async () => {
    const org = await applied([{ id: 'One' }]);
    await org.planBack();
    await expect(org.applyBack()).rejects.toThrow(
      'This would weaken 1 pool, and whoever can write a journal can write that into it: --yes alone is not enough. Give the digest of the plan that was approved, --digest SHA256, or answer at a terminal.',
    );
    expect(org.mfa('One')).toMatchObject(on);
    const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
    const ended = await run(['apply', org.back, ...files], org.sandbox.environment, {
      ask: () => Promise.resolve(true),
    });
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain(
      'apply would change 1 pool of 1 account, with 10 users, back',
    );
    expect(org.mfa('One')).toEqual(off);
  });

  test.each<readonly [string, (plan: Plan) => Partial<Plan>, RegExp]>([
    ['is too old', () => ({ createdAt: new Date(Date.now() - 25 * 3_600_000).toISOString() }), /is too old/],
    ['is of another organization', () => ({ organizationId: 'o-another1' }), /is of organization o-another1/],
    [
      'undoes another state of the journal',
      ({ journal }) => ({ journal: { file: journal?.file ?? '', digest: `sha256:${'0'.repeat(64)}` } }),
      /is not the journal that is meant: the plan .*back\.json asks for sha256:0{64}/,
    ],
    [
      'names no journal',
      () => ({ journal: null }),
      /is no plan that this version of mfa-drift made: journal must be object/,
    ],
    [
      'names a journal and is of policies',
      () => ({ origin: 'policies' }),
      /is no plan that this version of mfa-drift made/,
    ],
  ])('is refused whole where it %s', async (_what, edit, message) => {
    const org = await applied([{ id: 'One' }]);
    await org.planBack();
    await reseal(org, edit);
    await expect(org.applyBack(...(await digestOf(org)))).rejects.toThrow(message);
    expect(org.mfa('One')).toMatchObject(on);
  });

  test('is refused whole where its journal is gone, or went on since', async () => {
    const org = await applied([{ id: 'One' }]);
    await org.planBack();
    const digest = await digestOf(org);
    await rename(org.journal, `${org.journal}.away`);
    await expect(org.applyBack(...digest)).rejects.toThrow('journal.ndjson could not be read: there is no such file.');
    const lines = (await readFile(`${org.journal}.away`, 'utf8')).trimEnd().split('\n');
    await writeFile(org.journal, `${lines.slice(0, -1).join('\n')}\n`);
    await expect(org.applyBack(...digest)).rejects.toThrow('is not the journal that is meant');
    expect(org.mfa('One')).toMatchObject(on);
  });

  test.each<readonly [string, (change: Change) => Partial<Change>, string, RegExp]>([
    [
      'another call than undoing asks for',
      ({ call }) => ({ call: { ...call, WebAuthnConfiguration: { RelyingPartyId: 'evil.example.com' } } }),
      'unasked-change',
      /is not what undoing the change asks for: WebAuthnConfiguration\.RelyingPartyId/,
    ],
    ['a lower risk than it has', () => ({ risk: 'tightening' }), 'risk', /says that the change is tightening/],
    [
      'a pool that the journal did not change',
      () => ({ poolId: poolId('Two') }),
      'unasked-change',
      /has no change of this pool/,
    ],
  ])('refuses %s', async (_what, edit, code, says) => {
    const org = await applied([{ id: 'One' }, { id: 'Two', mfa: on }]);
    await org.planBack();
    await reseal(org, ({ changes }) => ({ changes: changes.map((change) => ({ ...change, ...edit(change) })) }));
    const { exitCode, stdout } = await org.applyBack(...(await digestOf(org)), '--report', 'json');
    expect(exitCode).toBe(4);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ command: 'apply', origin: 'rollback', outcomes: [{ outcome: 'refused', code }] });
    expect(report.outcomes[0].message).toMatch(says);
    expect([org.mfa('One'), org.mfa('Two')]).toMatchObject([on, on]);
  });

  test('leaves alone an account that the configuration leaves out by now', async () => {
    const org = await applied([{ id: 'One' }]);
    await org.planBack();
    await org.write({ configuration: { accounts: { organization: true, exclude: [{ accounts: [memberId] }] } } });
    const before = org.sandbox.calls.count('AssumeRole');
    const { exitCode, stdout } = await org.applyBack(...(await digestOf(org)), '--report', 'json');
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).outcomes).toMatchObject([{ outcome: 'refused', code: 'policy-changed' }]);
    expect(org.sandbox.calls.count('AssumeRole')).toBe(before);
    expect(org.mfa('One')).toMatchObject(on);
  });

  test('goes on where an earlier start was cut off, and completes its line', async () => {
    const org = await applied([{ id: 'One' }, { id: 'Two' }]);
    await org.planBack();
    const digest = await digestOf(org);
    const own = join(org.folder, 'journal.rollback.ndjson');
    await org.applyBack(...digest);
    const lines = (await readFile(own, 'utf8')).trimEnd().split('\n');
    await writeFile(own, `${lines.slice(0, -1).join('\n')}\n{"at":"20`);
    const { exitCode, stderr } = await org.applyBack(...digest);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('2 of 2 pools undone and verified');
    expect(journalEntries(await readFile(own, 'utf8')).map(({ event }) => event)).toEqual([
      'intent',
      'done',
      'intent',
      'done',
    ]);
    expect(org.writes()).toBe(4);
  });
});

describe('how much a rollback may change', () => {
  const ids = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L'];

  test('is all that its journal has, whatever the configuration allows', async () => {
    const org = await applied(ids.map((id) => ({ id })));
    await org.write({ remediation: { maxChanges: 1, maxChangesPercent: 1, maxUsers: 0 } });
    const { exitCode, stderr } = await org.rollback();
    expect(exitCode).toBe(0);
    expect(stderr).toContain('exit 0: 12 of 12 pools undone and verified');
  });

  test.each([
    ['rollback', async (org: Undoing) => org.rollback('--max-changes', '2', '--report', 'json')],
    [
      'apply',
      async (org: Undoing) => org.applyBack(...(await digestOf(org)), '--max-changes', '2', '--report', 'json'),
    ],
  ])('can be less by a flag of %s, and then nothing is undone rather than a part', async (_command, undo) => {
    const org = await applied([{ id: 'A' }, { id: 'B' }, { id: 'C' }]);
    const planned = await org.planBack('--max-changes', '2');
    expect(planned.stdout).toContain('Would change 3 of 3 pools; the limit is 2. Raise --max-changes if');
    const { exitCode, stdout } = await undo(org);
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).outcomes).toMatchObject(
      Array.from({ length: 3 }, () => ({ outcome: 'refused', code: 'too-many-changes' })),
    );
    expect(org.writes()).toBe(3);
  });

  test('can not be more by a flag, and needs none', async () => {
    const org = await applied([{ id: 'A' }, { id: 'B' }]);
    expect((await org.rollback('--max-changes', '100')).exitCode).toBe(0);
  });
});

test('a text that has no digest keeps nothing from being planned but its own pool, and nothing from being undone', async () => {
  const sms = {
    SmsAuthenticationMessage: 'Code \ud800 {####}',
    SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${memberId}:role/sms`, ExternalId: 'x' },
  };
  const mfa = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: sms };
  const org = await organization(
    [{ id: 'One', mfa, userPool: { SmsConfiguration: sms.SmsConfiguration } }, { id: 'Two' }],
    { policies: [{ ...floor, remediation: { mode: 'auto', allow: ['tightening', 'disruptive'] } }] },
  );
  expect((await org.makePlan()).exitCode).toBe(2);
  expect(await org.readPlan()).toMatchObject({
    changes: [{ poolId: poolId('Two') }],
    refused: [{ poolId: poolId('One'), code: 'ill-formed' }],
  });
  expect((await org.remediate()).exitCode).toBe(0);
  expect((await org.cli('rollback', org.night, '--out', join(org.folder, 'back.json'))).exitCode).toBe(2);
  const { exitCode } = await org.cli('rollback', org.night, '--yes', ...(await keptDigest(org.night)));
  expect(exitCode).toBe(0);
  expect(org.mfa('One')).toMatchObject(mfa);
});
