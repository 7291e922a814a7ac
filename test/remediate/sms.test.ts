import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Switches } from '../../src/sandbox/world/stored-pool.ts';
import { fleetOf, floor, memberId, organization, poolId, type PoolDraft } from './organization.ts';

const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const sns = { SnsCallerArn: `arn:aws:iam::${memberId}:role/sms`, ExternalId: 'secret-old', SnsRegion: 'eu-west-1' };
const eums = { EumsSms: { CallerArn: `arn:aws:iam::${memberId}:role/eums`, ExternalId: 'secret-old' } };
const byPhone = { AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_phone_number' }] } };

function sending(SmsConfiguration: JsonObject, settings: JsonObject = {}) {
  const mfa = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: { SmsConfiguration }, ...totp };
  return { id: 'Sms', mfa, userPool: { UserPoolTier: 'ESSENTIALS', SmsConfiguration, ...settings } };
}

async function sendingPool(draft: PoolDraft, policy: object, switches: Switches = {}) {
  const org = await organization([draft], { policies: [policy] }, { fleet: { ...fleetOf([draft]), switches } });
  return { ...org, sender: () => org.mfa('Sms')?.['SmsMfaConfiguration'] };
}

describe('a pool whose second factor is SMS, beside recovery by phone', () => {
  const { SoftwareTokenMfaConfiguration: _, ...withoutTotp } = sending(sns).mfa;
  const draft = { ...sending(sns, byPhone), mfa: withoutTotp };

  test.each([['never'], ['when-sms-is-added']])('is given TOTP, where Set refuses the two %s', async (answer) => {
    const org = await sendingPool(draft, floor, { 'recovery-phone-with-sms': answer });
    await org.makePlan();
    expect((await org.apply()).exitCode).toBe(0);
    expect(org.mfa('Sms')).toEqual({ ...withoutTotp, ...totp });
  });

  test('is left as it is where Set refuses the two always, and that is said', async () => {
    const org = await sendingPool(draft, floor, { 'recovery-phone-with-sms': 'always' });
    await org.makePlan();
    const { exitCode, stdout } = await org.apply('--report', 'json');
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).outcomes).toMatchObject([
      { outcome: 'failed', message: expect.stringContaining('Account Recovery Setting cannot use') },
    ]);
    expect(org.mfa('Sms')).toEqual(withoutTotp);
  });
});

describe('a policy asks for', () => {
  const rows = [
    ['the external id', sns, { ExternalId: 'secret-new' }, { ...sns, ExternalId: 'secret-new' }],
    [
      'the external id of End User Messaging',
      eums,
      { EumsSms: { ExternalId: 'secret-new' } },
      { EumsSms: { ...eums.EumsSms, ExternalId: 'secret-new' } },
    ],
    [
      'what End User Messaging sends with',
      eums,
      {
        EumsSms: {
          OriginationIdentity: '+12065550100',
          ConfigurationSetName: 'sign-in',
          InEntityId: 'e',
          InTemplateId: 't',
        },
      },
      {
        EumsSms: {
          ...eums.EumsSms,
          OriginationIdentity: '+12065550100',
          ConfigurationSetName: 'sign-in',
          InEntityId: 'e',
          InTemplateId: 't',
        },
      },
    ],
  ] as const;

  test.each(rows)('%s: disruptive, done, and undone', async (_name, before, wanted, after) => {
    const policy = { name: 'sms', expect: { SmsMfaConfiguration: { SmsConfiguration: wanted } } };
    const org = await sendingPool(sending(before), policy, { 'sms-role-and-another-external-id': 'yes' });
    await org.makePlan();
    expect((await org.readPlan()).refused).toMatchObject([{ poolId: poolId('Sms'), code: 'risk' }]);
    const { stdout } = await org.makePlan('--allow', 'disruptive');
    expect(stdout).not.toContain('secret');
    expect((await org.readPlan()).changes).toMatchObject([{ risk: 'disruptive', reversible: 'full' }]);
    expect((await org.apply('--allow', 'disruptive')).exitCode).toBe(0);
    expect(org.sender()).toEqual({ SmsConfiguration: after });
    expect((await org.rollback()).exitCode).toBe(0);
    expect(org.sender()).toEqual({ SmsConfiguration: before });
  });

  test('an external id that the role does not trust: nothing is changed', async () => {
    const policy = { name: 'sms', expect: { SmsMfaConfiguration: { SmsConfiguration: { ExternalId: 'secret-new' } } } };
    const org = await sendingPool(sending(sns), policy, { 'sms-role-and-another-external-id': 'no' });
    await org.makePlan('--allow', 'disruptive');
    const { exitCode, stdout } = await org.apply('--allow', 'disruptive');
    expect(exitCode).toBe(4);
    expect(stdout).toContain('trust');
    expect(stdout).not.toContain('secret');
    expect(org.sender()).toEqual({ SmsConfiguration: sns });
  });

  test.each([
    ['both senders', sns, { EumsSms: eums.EumsSms }, 'names both SnsCallerArn and EumsSms'],
    ['another region', eums, { EumsSms: { Region: 'us-east-1' } }, 'set it to eu-west-1'],
    ['no role', sns, { EumsSms: { InEntityId: 'e' } }, 'EumsSms needs CallerArn'],
  ])('%s, which Cognito does not take', async (_name, before, wanted, words) => {
    const policy = { name: 'sms', expect: { SmsMfaConfiguration: { SmsConfiguration: wanted } } };
    const org = await sendingPool(sending(before), policy);
    await org.makePlan('--allow', 'disruptive');
    const { changes, refused } = await org.readPlan();
    expect(changes).toEqual([]);
    expect(refused).toMatchObject([{ code: 'prerequisite' }]);
    expect(refused[0]?.message.replace('would name', 'names')).toContain(words);
  });
});
