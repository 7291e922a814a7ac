import { describe, expect, it } from 'vitest';
import { failed, succeeded } from '../../../src/pacing/call-result.ts';
import { renewedIdentity } from '../../../src/aws/session/renewed-identity.ts';
import { auditRole, remediationRole } from '../../../src/aws/session/role-names.ts';
import { throttledFailure } from '../../pacing/service.ts';

const minute = 60_000;

function assumed(sessionMs = 60 * minute) {
  const state = { now: 0, asked: 0, refuses: false };
  const identity = renewedIdentity(
    { label: 'the audit role MfaDriftAudit', accountId: () => '111122223333' },
    async () => {
      state.asked += 1;
      const accessKeyId = `key-${state.asked}`;
      const expiration = new Date(state.now + sessionMs);
      return state.refuses
        ? failed(throttledFailure)
        : succeeded({ accessKeyId, secretAccessKey: 's', sessionToken: 't', expiration });
    },
    () => state.now,
  );
  return { state, identity };
}

describe('an identity that is renewed', () => {
  it('is assumed once, however many ask at the same time', async () => {
    const { state, identity } = assumed();
    await Promise.all(Array.from({ length: 17 }, () => identity.ready()));
    expect(state.asked).toBe(1);
  });

  it('is renewed five minutes before it ends, not earlier', async () => {
    const { state, identity } = assumed();
    await identity.ready();
    state.now = 54 * minute;
    await identity.ready();
    expect(state.asked).toBe(1);
    state.now = 56 * minute;
    await identity.ready();
    expect((await identity.credentials()).accessKeyId).toBe('key-2');
  });

  it('of a session shorter than that is renewed half-way', async () => {
    const { state, identity } = assumed(4 * minute);
    await identity.ready();
    state.now = minute;
    await identity.ready();
    expect(state.asked).toBe(1);
    state.now = 3 * minute;
    await identity.ready();
    expect(state.asked).toBe(2);
  });

  it('serves on with the old credentials while they hold and new ones are refused', async () => {
    const { state, identity } = assumed();
    await identity.ready();
    state.refuses = true;
    state.now = 57 * minute;
    expect(await identity.ready()).toEqual(succeeded(undefined));
    expect((await identity.credentials()).accessKeyId).toBe('key-1');
    state.now = 61 * minute;
    expect(await identity.ready()).toEqual(failed(throttledFailure));
  });

  it('that was refused is not asked for again within a minute', async () => {
    const { state, identity } = assumed();
    state.refuses = true;
    for (let count = 0; count < 10; count += 1) expect((await identity.ready()).ok).toBe(false);
    expect(state.asked).toBe(1);
    state.now = 2 * minute;
    await identity.ready();
    expect(state.asked).toBe(2);
  });

  it('is assumed again once when the service has ended it, whoever notices late', async () => {
    const { state, identity } = assumed();
    await identity.ready();
    const old = identity.generation();
    identity.expire(old);
    await identity.ready();
    identity.expire(old);
    await identity.ready();
    expect(state.asked).toBe(2);
  });
});

describe('the role of an account', () => {
  const settings = {
    name: 'Audit',
    remediationName: null,
    readinessName: null,
    deliveryName: 'MfaDriftDelivery',
    externalId: null,
    durationSeconds: 3600,
    sessionPolicy: true,
    overrides: {},
  };
  const caller = { accountId: '111122223333', arn: 'arn:aws-us-gov:iam::111122223333:user/auditor' };

  it.each([
    ['Audit', 'arn:aws-us-gov:iam::444455556666:role/Audit'],
    ['teams/security/Audit', 'arn:aws-us-gov:iam::444455556666:role/teams/security/Audit'],
    ['/teams/Audit', 'arn:aws-us-gov:iam::444455556666:role/teams/Audit'],
    ['arn:aws:iam::999999999999:role/teams/Audit', 'arn:aws-us-gov:iam::444455556666:role/teams/Audit'],
  ])('named %s is in the account and the partition of the caller', (name, arn) => {
    expect(auditRole('444455556666', caller, { ...settings, name })?.arn).toBe(arn);
    expect(remediationRole('444455556666', caller, { ...settings, remediationName: name })?.arn).toBe(arn);
  });

  it('is called by what it is for', () => {
    const both = { ...settings, remediationName: 'teams/Mend' };
    expect(auditRole('444455556666', caller, both)?.label).toBe('the audit role Audit');
    expect(remediationRole('444455556666', caller, both)?.label).toBe('the remediation role teams/Mend');
    expect(remediationRole('444455556666', caller, settings)).toMatchObject({
      label: 'the audit role Audit',
      purpose: 'write',
    });
    expect(remediationRole('111122223333', caller, settings)).toBe(null);
  });

  it("is none for the caller's own account, save where an override names it", () => {
    expect(auditRole('111122223333', caller, settings)).toBe(null);
    const overrides = { '111122223333': { name: 'Other' } };
    expect(auditRole('111122223333', caller, { ...settings, overrides })?.arn).toMatch(/role\/Other$/);
    expect(auditRole('444455556666', caller, { ...settings, overrides })?.arn).toMatch(/role\/Audit$/);
  });
});
