import { describe, expect, it } from 'vitest';
import { userPoolMembers } from '../../../../src/domain/model/api/api-model.ts';
import type { JsonObject, JsonValue } from '../../../../src/domain/model/json.ts';
import { malformedMember, mismatches } from '../../../../src/domain/model/api/model-mismatch.ts';
import { judgePool } from '../../../../src/domain/verdict/verdicts.ts';
import { policy, policySet, today } from '../../../policy-set.ts';
import { aSubject } from '../../a-pool.ts';

const on = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
const settings = { requireCoverage: true, now: today, managedTags: [] };
const byTag = `${policy('customers')}match: { poolTags: { audience: [customer] } }\nexpect: { MfaConfiguration: "ON" }\n`;

describe('an answer against the API model', () => {
  it.each<[string, JsonObject, string | null]>([
    [
      'every type as it is',
      { Name: 'a', EstimatedNumberOfUsers: 1, UsernameConfiguration: { CaseSensitive: true } },
      null,
    ],
    ['null for absent', { Name: null, UserPoolTags: { team: null }, Policies: { SignInPolicy: null } }, null],
    ['a new word', { UserPoolTier: 'ULTRA', AutoVerifiedAttributes: ['fax'] }, null],
    ['a new member', { Moon: 7 }, null],
    ['a list for a map', { UserPoolTags: [] }, 'UserPoolTags is a list, not an object'],
    ['a number among tags', { UserPoolTags: { team: 7 } }, 'UserPoolTags.team is a number, not a text'],
    ['a text for a list', { AutoVerifiedAttributes: 'email' }, 'AutoVerifiedAttributes is a text, not a list'],
    ['null in a list', { AutoVerifiedAttributes: [null] }, 'AutoVerifiedAttributes[0] is null, not an entry'],
    [
      'a number for a word, in an entry of a list',
      { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only' }, { Name: 7 }] } },
      'AccountRecoverySetting.RecoveryMechanisms[1].Name is a number, not a text',
    ],
    ['a text for a number', { EstimatedNumberOfUsers: '7' }, 'EstimatedNumberOfUsers is a text, not a number'],
    ['a number for a word', { UserPoolTier: 1 }, 'UserPoolTier is a number, not a text'],
    [
      'a text for a truth value, deep inside',
      { AdminCreateUserConfig: { AllowAdminCreateUserOnly: 'true' } },
      'AdminCreateUserConfig.AllowAdminCreateUserOnly is a text, not a truth value',
    ],
  ])('%s', (_what, pool, flaw) => {
    expect(malformedMember(pool, userPoolMembers)).toBe(flaw);
  });

  it('finds nothing in what is absent', () => {
    expect(mismatches({ Name: null, UserPoolTags: { team: null } }, userPoolMembers)).toEqual([]);
  });

  it('says of a new word that it is not known', () => {
    expect(mismatches({ UserPoolTier: 'ULTRA' }, userPoolMembers)).toEqual([
      { path: 'UserPoolTier', kind: 'word', says: '"ULTRA", which this version does not know' },
    ]);
  });

  it('tells new words from other types', () => {
    expect(
      mismatches({ UserPoolTier: 'ULTRA', Name: 7 }, userPoolMembers).map(({ path, kind }) => [path, kind]),
    ).toEqual([
      ['Name', 'type'],
      ['UserPoolTier', 'word'],
    ]);
  });
});

describe('a member of another type', () => {
  it.each<JsonValue>([[], [{ Key: 'audience', Value: 'workforce' }], 'none', { audience: ['customer'] }])(
    'does not answer a selector: tags %j',
    (UserPoolTags) => {
      const { record, gaps } = judgePool(policySet(byTag), aSubject(on, { UserPoolTags }), settings);
      expect(record).toMatchObject({ status: 'unreadable', findings: [] });
      expect(gaps).toMatchObject([
        { code: 'selector-unreadable', message: expect.stringContaining('UserPoolTags') as string },
      ]);
    },
  );

  it('does not answer an expectation, also where an absent one would hold', () => {
    const set = policySet(`${policy('p')}expect: { UserPool: { DeviceConfiguration: { present: false } } }\n`);
    const { record, gaps } = judgePool(set, aSubject(on, { DeviceConfiguration: 'none' }), settings);
    expect(record.status).toBe('unreadable');
    expect(gaps).toMatchObject([{ code: 'expectation-unreadable' }]);
  });

  it('does not hide a finding of what can be read', () => {
    const set = policySet(`${policy('p')}expect: { MfaConfiguration: "OFF", UserPool: { UserPoolTier: PLUS } }\n`);
    const { record } = judgePool(set, aSubject(on, { UserPoolTier: 7 }), settings);
    expect(record.findings.map(({ path }) => path)).toEqual(['MfaConfiguration']);
    expect(record.status).toBe('unreadable');
  });

  it('is no matter where nobody asks for it', () => {
    const { record } = judgePool(
      policySet(byTag),
      aSubject(on, { UserPoolTags: { audience: 'customer' }, LambdaConfig: 7 }),
      settings,
    );
    expect(record.status).toBe('compliant');
  });

  it('in a configuration makes it a gap, and it stays one in a saved result', () => {
    const nonsense = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: 'false' } };
    const set = policySet(
      `${policy('p')}expect: { SoftwareTokenMfaConfiguration: { Enabled: { noneOf: [false] } } }\n`,
    );
    for (const fromResult of [false, true]) {
      const { record, gaps } = judgePool(set, aSubject(nonsense, null, { fromResult }), settings);
      expect(record).toMatchObject({ status: 'unreadable', config: null, findings: [] });
      expect(gaps).toMatchObject([
        { code: 'malformed', message: expect.stringContaining('Enabled is a text') as string },
      ]);
    }
  });

  it('is not a new word, which is judged and equals no known one', () => {
    const config = { MfaConfiguration: 'ON', WebAuthnConfiguration: { UserVerification: 'discouraged' } };
    const expects = (text: string) =>
      judgePool(
        policySet(`${policy('p')}expect: { WebAuthnConfiguration: { UserVerification: ${text} } }\n`),
        aSubject(config),
        settings,
      );
    expect(expects('{ oneOf: [required, preferred], set: required }').record).toMatchObject({
      status: 'drifted',
      config,
    });
    expect(expects('{ noneOf: [preferred], set: required }').record.status).toBe('compliant');
  });
});
