/** Who may undo what: a journal alone is no permission. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../end-to-end/in-process.ts';
import { hastyClock } from '../reading/virtual-clock.ts';
import {
  fleetOf,
  floor,
  keptDigest,
  memberId,
  organization,
  poolId,
  region,
  type Organization,
} from './organization.ts';

const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const place = { accountId: memberId, region, poolId: poolId('One') };

async function applied(...ids: readonly string[]): Promise<Organization> {
  const org = await organization(ids.map((id) => ({ id })));
  await org.makePlan();
  await org.apply();
  return org;
}

/** Lines of a journal with the right hashes: whoever can read how it is made can make one. */
async function forge(file: string, ...lines: readonly object[]): Promise<void> {
  const callerArn = 'arn:aws:iam::111122220000:user/ann';
  const who = { callerArn, writerArn: null };
  const start = { at: '2026-11-22T02:00:00.000Z', event: 'start', runId: 'r', planDigest: null };
  const texts = [
    JSON.stringify({ ...start, organizationId: 'o-remediation1', rollback: false, endpoints: [], callerArn }),
  ];
  for (const line of lines) {
    const previous = `sha256:${createHash('sha256')
      .update(texts.at(-1) ?? '')
      .digest('hex')}`;
    texts.push(JSON.stringify({ at: start.at, ...place, policies: [], error: null, ...who, ...line, previous }));
  }
  await writeFile(file, texts.map((text) => `${text}\n`).join(''));
}

describe('two typed lines', () => {
  const done = { event: 'done', before: off, call: null, after: on };

  test('that say done without a call turn nothing OFF', async () => {
    const org = await organization([{ id: 'One', mfa: on }]);
    await forge(org.journal, done);
    await expect(org.rollback()).rejects.toThrow(
      `${org.journal}:2 says that a change was made, and no call before it explains that`,
    );
    expect(org.mfa('One')).toEqual(on);
    expect(org.sandbox.calls.count()).toBe(0);
  });

  test('that make up the call too have no permission with --yes alone', async () => {
    const org = await organization([{ id: 'One', mfa: on }]);
    const call = { UserPoolId: place.poolId, ...on };
    await forge(org.journal, { ...done, event: 'intent', call }, { ...done, call });
    await expect(org.cli('rollback', org.journal, '--yes')).rejects.toThrow(
      'This would weaken 1 pool, and whoever can write a journal can write that into it: --yes alone is not enough.',
    );
    expect(org.mfa('One')).toEqual(on);
  });
});

describe('a rollback that weakens', () => {
  test('needs the digest of the journal, as apply has printed it', async () => {
    const org = await organization([{ id: 'One' }]);
    await org.makePlan();
    const { stdout } = await org.apply();
    await expect(org.cli('rollback', org.journal, '--yes')).rejects.toThrow('--yes alone is not enough');
    const [printed = ''] = /sha256:[0-9a-f]{64}/.exec(stdout) ?? [];
    expect(['--journal-digest', printed.replace('sha256:', '')]).toEqual(await keptDigest(org.journal));
    const { exitCode } = await org.cli('rollback', org.journal, '--yes', '--journal-digest', printed);
    expect(exitCode).toBe(0);
    expect(org.mfa('One')).toEqual(off);
  });

  test('is not done for another journal than the one that is meant', async () => {
    const org = await applied('One');
    const other = 'a'.repeat(64);
    await expect(org.cli('rollback', org.journal, '--yes', '--journal-digest', other)).rejects.toThrow(
      `${org.journal} is not the journal that is meant: --journal-digest asks for ${other}`,
    );
    expect(org.mfa('One')).toMatchObject(on);
  });

  test('is permitted by whoever says yes to it at a terminal', async () => {
    const org = await applied('One');
    const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
    const asked: string[] = [];
    const ask = (question: string) => {
      asked.push(question);
      return Promise.resolve(true);
    };
    const ended = await run(['rollback', org.journal, ...files], org.sandbox.environment, { ask });
    expect(ended.exitCode).toBe(0);
    expect(asked).toEqual(['Go on?']);
    expect(ended.stderr).toMatch(/~ \d+ {2}eu-west-1 {2}pool-One {2}eu-west-1_One\n {2}weakening · 10 users\n/);
    expect(ended.stderr).toMatch(/MfaConfiguration +OPTIONAL → OFF/);
  });
});

test('a rollback that only tightens needs no more than --yes', async () => {
  const policy = { name: 'open', expect: { WebAuthnConfiguration: { UserVerification: 'preferred' } } };
  const keys = { RelyingPartyId: 'auth.example.com', UserVerification: 'required' };
  const org = await organization([{ id: 'One', mfa: { ...on, WebAuthnConfiguration: keys } }], { policies: [policy] });
  await org.makePlan('--allow', 'weakening');
  expect((await org.apply('--allow', 'weakening')).exitCode).toBe(0);
  const { exitCode } = await org.cli('rollback', org.journal, '--yes');
  expect(exitCode).toBe(0);
  expect(org.mfa('One')).toMatchObject({ WebAuthnConfiguration: keys });
});

/** Of accounts and their pools, as `nothing is asked there` has it. */
function askedOfPools({ sandbox: { calls } }: Organization) {
  return ['AssumeRole', 'GetUserPoolMfaConfig', 'DescribeUserPool'].map((operation) => calls.count(operation));
}

describe('a rollback leaves alone', () => {
  test('a pool that is tagged exempt by now', async () => {
    const org = await applied('One');
    const tags = { 'mfa-remediation': 'exempt' };
    const fleet = fleetOf([{ id: 'One', mfa: on, userPool: { UserPoolTags: tags } }]);
    const later = await organization([], {}, { fleet });
    const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
    const args = ['rollback', org.journal, '--yes', ...(await keptDigest(org.journal)), '--report', 'json', ...files];
    const { exitCode, stdout } = await run(args, later.sandbox.environment);
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).outcomes).toMatchObject([{ outcome: 'refused', code: 'exempt' }]);
    expect(later.writes()).toBe(0);
  });

  test.each([
    [
      'an account that the configuration leaves out',
      { accounts: { organization: true, exclude: [{ accounts: [memberId] }] } },
    ],
    ['a region that it leaves out', { regions: { exclude: ['eu-west-*'] } }],
  ])('%s, where nothing is asked', async (_what, configuration) => {
    const org = await applied('One');
    await org.write({ configuration });
    const before = askedOfPools(org);
    const { exitCode, stdout } = await org.rollback('--report', 'json');
    expect(askedOfPools(org)).toEqual(before);
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).outcomes).toMatchObject([{ outcome: 'refused', code: 'policy-changed' }]);
    expect(org.mfa('One')).toMatchObject(on);
  });
});

test('nothing is undone, and nothing applied, where nobody tells which organization this is', async () => {
  const org = await applied('One');
  const denied = { ...fleetOf([{ id: 'One', mfa: on }]) };
  const later = await organization(
    [],
    {},
    {
      fleet: denied,
      faults: { faults: [{ fault: 'notJson', operations: ['DescribeOrganization'] }] },
    },
  );
  const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
  const rest = ['--yes', '--log-level', 'error', ...files];
  for (const command of [
    ['rollback', org.journal, ...(await keptDigest(org.journal))],
    ['apply', org.plan, '--journal', join(org.folder, 'another.ndjson')],
  ]) {
    await expect(run([...command, ...rest], later.sandbox.environment, { clock: hastyClock })).rejects.toThrow(
      'Nobody could be asked which organization this is, so nothing was changed',
    );
  }
  expect(later.writes()).toBe(0);
});

test('a second rollback says that it is undone already, and writes nothing, not even a line', async () => {
  const org = await applied('One', 'Two');
  await org.rollback();
  const file = join(org.folder, 'journal.rollback.ndjson');
  const before = await readFile(file, 'utf8');
  const { exitCode, stdout, stderr } = await org.rollback();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('ROLLED BACK  0 of 2 pools undone and verified · 2 already undone');
  expect(stderr).toContain('exit 0: 0 of 2 pools undone and verified · 2 already undone');
  expect(await readFile(file, 'utf8')).toBe(before);
  expect(org.writes()).toBe(4);
});

describe('a journal', () => {
  test('shows what was changed, and last its digest', async () => {
    const org = await applied('One');
    const { exitCode, stdout } = await org.sandboxless('journal', org.journal);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^JOURNAL {2}of the plan sha256:[0-9a-f]{64}\n/);
    expect(stdout).toMatch(/changed and verified {2}\d{12} {2}eu-west-1 {2}eu-west-1_One\n/);
    const [, digest] = await keptDigest(org.journal);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`sha256:${digest}`);
  });

  test('is copied without external ids, and the copy undoes what needs none', async () => {
    const sms = { SnsCallerArn: `arn:aws:iam::${memberId}:role/sms`, ExternalId: 'topsecret-id' };
    const bySms = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: { SmsConfiguration: sms } };
    const org = await organization([{ id: 'One' }, { id: 'Sms', mfa: bySms, userPool: { SmsConfiguration: sms } }], {
      policies: [floor],
    });
    await org.makePlan();
    expect((await org.apply()).exitCode).toBe(0);
    const { stdout, stderr } = await org.sandboxless('journal', org.journal, '--redact');
    expect(stdout).toContain('"ExternalId":"(masked)"');
    expect(stdout).not.toContain('topsecret-id');
    const copy = join(org.folder, 'copy.ndjson');
    await writeFile(copy, stdout);
    const [, digest = ''] = await keptDigest(copy);
    expect(stderr).toBe(`digest of this copy: sha256:${digest}\n`);
    const undone = await org.cli('rollback', copy, '--yes', '--journal-digest', digest, '--report', 'json');
    expect(undone.exitCode).toBe(4);
    expect(JSON.parse(undone.stdout).outcomes).toMatchObject([
      { poolId: poolId('One'), outcome: 'applied' },
      {
        poolId: poolId('Sms'),
        outcome: 'refused',
        code: 'not-possible',
        message: expect.stringContaining('masks the external id'),
      },
    ]);
    expect(org.mfa('One')).toEqual(off);
    expect(org.mfa('Sms')).toMatchObject({ SoftwareTokenMfaConfiguration: { Enabled: true }, ...bySms });
  });

  test('that has nothing to mask is copied as it is', async () => {
    const org = await applied('One');
    const { stdout, stderr } = await org.sandboxless('journal', org.journal, '--redact');
    expect(stdout).toBe(await readFile(org.journal, 'utf8'));
    expect(stderr).toContain('since nothing in it had to be masked');
  });
});
