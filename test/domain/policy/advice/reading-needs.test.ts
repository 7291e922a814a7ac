import { describe, expect, it } from 'vitest';
import { readingNeeds } from '../../../../src/domain/policy/advice/reading-needs.ts';
import type { Account } from '../../../../src/domain/model/observation.ts';
import { policy, policySet } from '../../../policy-set.ts';
import { anAccount } from '../../a-pool.ts';

const everything = { include: [], exclude: [] };

function needs(text: string, scope = everything) {
  return readingNeeds(policySet(text), scope);
}

function describes(text: string, account: Account = anAccount()): boolean {
  return needs(text).furtherReads(account, 'eu-west-1', 'eu-west-1_AbCdEf123', 'customers').has('userPool');
}

const plain = `${policy('plain')}expect: { MfaConfiguration: "ON" }\n`;
const withMatch = (match: string, expect_ = '{}') => `${policy('p')}match: ${match}\nexpect: ${expect_}\n`;

describe('accounts', () => {
  it.each([
    [plain, {}],
    [withMatch('{ accounts: ["111122223333", "*"] }'), {}],
    [withMatch('{ accounts: ["*-prod"] }'), { accountNames: true }],
    [withMatch('{ accounts: ["111122223333", "*-prod"] }'), { accountNames: true }],
    [withMatch('{ accounts: ["*", "*-prod"] }'), { accountNames: true }],
    [
      `${plain}---\n${withMatch('{}', '{ WebAuthnConfiguration: { RelyingPartyId: "${account.name}" } }')}`,
      { accountNames: true },
    ],
    [withMatch('{ organizationalUnits: ["/"] }'), { accountPaths: true }],
    [withMatch('{}', '{ MfaConfiguration: "${account.tags.mode}" }'), { accountTags: true }],
    [withMatch('{ exclude: [{ accountTags: { a: [b] } }] }'), { accountTags: true }],
    [withMatch('{}', '{ WebAuthnConfiguration: { RelyingPartyId: "${account.name}" } }'), { accountNames: true }],
    [
      withMatch('{}', '{ anyOf: [{ WebAuthnConfiguration: { RelyingPartyId: { pattern: "${account.tags.a}" } } }] }'),
      { accountTags: true },
    ],
  ])('%s needs %j', (text, more) => {
    expect(needs(text)).toMatchObject({ accountNames: false, accountPaths: false, accountTags: false, ...more });
  });

  it('that the configuration selects by are needed too', () => {
    const scope = { include: [{ organizationalUnits: ['/Workloads'] }], exclude: [{ accounts: ['*-dev'] }] };
    expect(readingNeeds(policySet(plain), scope)).toMatchObject({
      accountNames: true,
      accountPaths: true,
      accountTags: false,
    });
  });
});

describe('DescribeUserPool is needed', () => {
  it.each([
    ['not by fields of the MFA configuration', plain, false],
    ['by factors', withMatch('{}', '{ factors: { atLeastOne: [totp] } }'), true],
    ['by UserPool', withMatch('{}', '{ UserPool: { UserPoolTier: PLUS } }'), true],
    [
      'by tags of the pool in a value',
      withMatch('{}', '{ WebAuthnConfiguration: { RelyingPartyId: "${pool.tags.x}" } }'),
      true,
    ],
    [
      'inside anyOf and ifPresent',
      withMatch('{}', '{ anyOf: [{ UserPool: { UserPoolTier: PLUS } }, { MfaConfiguration: "ON" }] }'),
      true,
    ],
    ['by a selector on tags', withMatch('{ poolTags: { a: [b] } }'), true],
    ['by a selector on members', withMatch('{ UserPool: { UserPoolTier: PLUS } }'), true],
    ['by an exclude block on tags', withMatch('{ exclude: [{ poolTags: { a: [b] } }] }'), true],
    ['not where another key says no', withMatch('{ poolTags: { a: [b] }, regions: ["us-*"] }'), false],
    [
      'not where the policy does not match',
      withMatch('{ pools: ["staff"] }', '{ factors: { atLeastOne: [totp] } }'),
      false,
    ],
    ['by a selector on tags among others', withMatch('{ pools: ["cust*"], poolTags: { a: [b] } }'), true],
    [
      'not where an exclude block that asks for tags says no by another key',
      withMatch('{ exclude: [{ poolTags: { a: [b] }, regions: ["us-*"] }] }'),
      false,
    ],
    [
      'not where only an account is not known',
      withMatch('{ accounts: ["*-prod"], exclude: [{ poolTags: { a: [b] }, regions: ["us-*"] }] }'),
      false,
    ],
    [
      'not where an exclude block has decided',
      withMatch('{ exclude: [{ pools: ["cust*"] }, { poolTags: { a: [b] } }] }'),
      false,
    ],
  ])('%s', (_name, text, needed) => {
    expect(describes(text)).toBe(needed);
  });

  it('where a policy may match, since its account could not be read', () => {
    const text = withMatch('{ accounts: ["*-prod"] }', '{ factors: { atLeastOne: [totp] } }');
    expect(describes(text, anAccount({ name: null }))).toBe(true);
    expect(
      describes(withMatch('{ accounts: ["*-prod"] }', '{ MfaConfiguration: "ON" }'), anAccount({ name: null })),
    ).toBe(false);
  });

  it('by an exception to every policy that selects by tags', () => {
    const exception = `apiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { poolTags: { a: [b] } }, reason: r, owner: o, expires: 2027-01-01 }\n`;
    expect(describes(`${plain}---\n${exception}`)).toBe(true);
  });

  it.each([
    ['{ poolTags: { a: [b] } }', 'plain', true],
    ['{ poolTags: { a: [b] }, pools: ["staff"] }', 'plain', false],
    ['{ pools: ["customers"] }', 'plain', false],
    ['{ poolTags: { a: [b] } }', 'other', false],
    ['{ poolTags: { a: [b] } }', 'other, plain', true],
    ['{ pools: ["customers"], poolTags: { a: [b] } }', 'plain', true],
  ])('by an exception that selects by %s to policy %s: %s', (match, name, needed) => {
    const other = `${policy('other')}match: { regions: ["us-*"] }\nexpect: {}\n`;
    const exception = `apiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: ${match}, policies: [${name}], reason: r, owner: o, expires: 2027-01-01 }\n`;
    expect(describes(`${plain}---\n${other}---\n${exception}`)).toBe(needed);
  });
});
