import { createHash } from 'node:crypto';
import { assert, dictionary, jsonValue, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf, isSealed, sealPlan, type Plan } from '../../../../src/domain/remediation/model/plan.ts';
import { aReading, aRequest, changeIn, off, plan } from '../a-plan.ts';

const change = changeIn(
  plan(aReading(off), [
    aRequest('MfaConfiguration', 'OPTIONAL'),
    aRequest('SoftwareTokenMfaConfiguration.Enabled', true),
  ]),
);

const draft: Omit<Plan, 'digest'> = {
  schemaVersion: '1',
  kind: 'Plan',
  origin: 'policies',
  journal: null,
  createdAt: '2026-11-22T02:00:00.000Z',
  tool: { name: 'mfa-drift', version: '1.0.0' },
  organizationId: 'o-abcdefghij',
  runId: 'run',
  complete: true,
  callerArn: 'arn:aws:sts::111122220000:assumed-role/Nightly/run-7',
  endpoints: [],
  poolsRead: 12,
  policies: [],
  changes: [change],
  refused: [],
};

describe('a plan’s digest', () => {
  test('is of the canonical JSON: members by name, no white space', () => {
    const canonical = '{"a":[1,"é"],"b":{"c":null,"d":true}}';
    const expected = createHash('sha256').update(canonical, 'utf8').digest('hex');
    expect(digestOf({ b: { d: true, c: null }, a: [1, 'é'] })).toBe(`sha256:${expected}`);
  });

  test('does not depend on itself, nor on the order of members', () => {
    const sealed = sealPlan(draft);
    expect(isSealed(sealed)).toBe(true);
    expect(isSealed(Object.fromEntries(Object.entries(sealed).toReversed()) as unknown as Plan)).toBe(true);
    expect(isSealed(JSON.parse(JSON.stringify(sealed, null, 4)) as Plan)).toBe(true);
  });

  test.each([
    ['the call', { changes: [{ ...change, call: { ...change.call, MfaConfiguration: 'OFF' } }] }],
    ['the risk', { changes: [{ ...change, risk: 'weakening' }] }],
    ['a reason', { changes: [{ ...change, because: [] }] }],
    ['the date', { createdAt: '2026-11-23T02:00:00.000Z' }],
    ['the organization', { organizationId: null }],
    ['a member that no version knows', { extra: true }],
  ])('no longer fits after %s was edited', (_, edit) => {
    expect(isSealed({ ...sealPlan(draft), ...edit })).toBe(false);
  });

  test('differs for any two contents that JSON tells apart', () => {
    assert(
      property(dictionary(string(), jsonValue()), string(), (content, added) => {
        const name = `${added} `;
        if (name in content || name === 'digest') return;
        expect(digestOf({ ...content, [name]: 1 })).not.toBe(digestOf(content));
      }),
    );
  });
});

describe('a text with half of a surrogate pair', () => {
  const call = { ...change.call, SmsMfaConfiguration: { SmsAuthenticationMessage: 'Code \ud800 {####}' } };
  const broken = { ...change, poolId: 'eu-west-1_AaBroken1', call };

  test('refuses its own pool, and the plan of the others is sealed', () => {
    const sealed = sealPlan({ ...draft, changes: [broken, change] });
    expect(isSealed(sealed)).toBe(true);
    expect(sealed.changes).toEqual([change]);
    expect(sealed.refused).toMatchObject([{ poolId: 'eu-west-1_AaBroken1', code: 'ill-formed' }]);
    expect(sealed.refused[0]?.message).toContain('SmsMfaConfiguration.SmsAuthenticationMessage');
  });

  test('is told with each place where one stands, and the pool in its place among the refused', () => {
    const { accountId, region } = change;
    const other = { accountId, region, poolId: 'eu-west-1_Zz', code: 'mode', message: 'No.', readiness: null } as const;
    const both = { ...broken, poolName: '\udc00' };
    const sealed = sealPlan({ ...draft, changes: [both], refused: [other] });
    expect(sealed.refused.map(({ poolId }) => poolId)).toEqual(['eu-west-1_AaBroken1', 'eu-west-1_Zz']);
    expect(sealed.refused[0]?.message).toContain('SmsMfaConfiguration.SmsAuthenticationMessage, Name:');
  });

  test.each([
    ['the state before', { ...change, before: { MfaConfiguration: 'OFF', Odd: ['\udc00'] } }],
    ['the state after', { ...change, after: { MfaConfiguration: 'OFF', '\udfff': true } }],
    ['the name of the pool', { ...change, poolName: 'customers \ud83d' }],
    ['what a policy wants', { ...change, because: change.because.map((line) => ({ ...line, to: '\ud800' })) }],
  ])('may stand in %s', (_, each) => {
    const sealed = sealPlan({ ...draft, changes: [each] });
    expect(sealed.changes).toEqual([]);
    expect(sealed.refused).toMatchObject([{ code: 'ill-formed' }]);
    expect(isSealed(sealed)).toBe(true);
  });

  test('may stand in what AWS says of a refused pool, which keeps its sentence', () => {
    const { accountId, region, poolId } = change;
    const refused = {
      accountId,
      region,
      poolId,
      code: 'undescribed',
      message: 'It said \ud800.',
      readiness: null,
    } as const;
    const sealed = sealPlan({ ...draft, refused: [refused] });
    expect(sealed.refused).toEqual([{ ...refused, message: 'It said \ufffd.' }]);
  });

  test('is none where both halves are there', () => {
    expect(sealPlan({ ...draft, changes: [{ ...change, poolName: 'customers 😀' }] }).changes).toHaveLength(1);
  });
});
