/** `show` of a live pool whose change waits for its users: what is known of them, how old that is, and what measures it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { showSchema } from '../../src/report/documents/show-document.ts';
import { run } from '../end-to-end/in-process.ts';
import { organization, poolId, region, memberId, type Organization, type PoolDraft } from './organization.ts';

const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const factor = 'SOFTWARE_TOKEN_MFA';
const directory = [
  { name: 'marvin', count: 9, factors: [factor], preferred: factor },
  { name: 'zaphod', count: 1 },
];
const optional: PoolDraft = { id: 'Customers', mfa: { MfaConfiguration: 'OPTIONAL', ...totp }, directory };
const on: PoolDraft = { id: 'Strict', mfa: { MfaConfiguration: 'ON', ...totp }, directory };

const policy = {
  name: 'customers',
  severity: 'high',
  expect: { MfaConfiguration: 'ON', ...totp },
  remediation: { mode: 'auto', allow: ['tightening', 'disruptive'], readiness: 0.98, enrolment: 'none' },
};

const arn = (id: string) => `arn:aws:cognito-idp:${region}:${memberId}:userpool/${poolId(id)}`;
const place = ['--account', memberId, '--region', region];
const validate = new Ajv2020({ allowUnionTypes: true }).compile(showSchema);

const show = (org: Organization, id: string, ...flags: readonly string[]) =>
  org.cli('show', poolId(id), ...place, '--log-level', 'error', ...flags);

async function documentOf(org: Organization, id: string, ...flags: readonly string[]) {
  const document = JSON.parse((await show(org, id, '--report', 'json', ...flags)).stdout);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  return document;
}

/** What follows `ready`, up to the empty line, with the lines that hang put back. */
const section = (text: string) => /\n\nready\n([\s\S]*?)\n\n/.exec(text)?.[1]?.replaceAll(/\n {6,}/g, ' ');

describe('show of a live pool', () => {
  it('says that nothing was measured, who waits, and the command that measures, and lists no users', async () => {
    const org = await organization([optional], { policies: [policy] });
    const { stdout } = await show(org, 'Customers');
    expect(section(stdout)).toMatch(
      new RegExp(
        [
          String.raw`^  not measured: policy customers \(\S+:\d+\) waits for 98\.0 % of its users`,
          '  show lists no users, since that costs quota; measure them now:',
          `    mfa-drift readiness ${arn('Customers')} --enrolment none --config ${org.folder}/mfa-drift.yaml$`,
        ].join('\n'),
      ),
    );
    expect(org.sandbox.calls.entries.map(({ operation }) => operation)).not.toContain('ListUsers');
    const { waitsFor } = await documentOf(org, 'Customers');
    expect(waitsFor).toMatchObject({
      share: 0.98,
      enrolment: 'none',
      policies: [{ policy: 'customers' }],
    });
    const [, ...words] = waitsFor.measure.split(' ');
    const measured = await run([...words, '--log-level', 'error'], org.sandbox.environment);
    expect(measured.stdout).toContain('90.0 %  could still sign in');
  });

  it('says what the baseline has measured, and how long ago that was', async () => {
    const org = await organization([optional], { policies: [policy] });
    const saved = join(org.folder, 'last.json');
    await org.cli('audit', '--run-dir', join(org.folder, 'run'), '--report', `json=${saved}`);
    expect(section((await show(org, 'Customers', '--baseline', saved)).stdout)).toContain(
      `  not measured in ${saved}: policy customers`,
    );
    await org.cli('audit', '--remediate', '--run-dir', join(org.folder, 'run'), '--report', `json=${saved}`);
    const { measuredAt } = JSON.parse(await readFile(saved, 'utf8')).pools[0].readiness;
    const { stdout } = await show(org, 'Customers', '--baseline', saved);
    expect(section(stdout)).toMatch(
      /^ {2}90\.0 % of 10 local users could still sign in; what is wanted waits for 98\.0 %; measured \S+ \d\d:\d\d UTC, [\d.]+s ago\n {2}baseline {2}0 % ·+●·+┃· 100 %\n {2}show lists no users/,
    );
    const { pool } = await documentOf(org, 'Customers', '--baseline', saved);
    expect(pool).toMatchObject({ readiness: null, earlierReadiness: { measuredAt } });
    await expect(show(org, 'Customers', '--from', saved, '--baseline', saved)).rejects.toThrow(
      '--baseline is for a live pool',
    );
  });

  it('says nothing of it where no change waits: the pool is as wanted, or no policy names a share', async () => {
    const org = await organization([on], { policies: [policy] });
    expect(section((await show(org, 'Strict')).stdout)).toBeUndefined();
    expect((await documentOf(org, 'Strict')).waitsFor).toBeNull();
    const remediation = { ...policy.remediation, readiness: undefined };
    const loose = await organization([optional], { policies: [{ ...policy, remediation }] });
    expect(section((await show(loose, 'Customers')).stdout)).toBeUndefined();
  });

  it('names the command that measures what the policies want, where that is another pool than MFA required makes of it', async () => {
    const sms = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${memberId}:role/sms` } } };
    const org = await organization([{ ...optional, mfa: { MfaConfiguration: 'OPTIONAL', ...sms } }], {
      policies: [policy],
    });
    const { waitsFor } = await documentOf(org, 'Customers');
    const policies = join(org.folder, 'policies');
    expect(waitsFor.measure).toContain(
      `mfa-drift readiness --policies ${policies} --account ${memberId} --region ${region} --config `,
    );
    const [, ...words] = waitsFor.measure.split(' ');
    const measured = await run([...words, '--log-level', 'error'], org.sandbox.environment);
    expect(measured.stdout).toContain(`pool-Customers  ${poolId('Customers')}`);
  });
});
