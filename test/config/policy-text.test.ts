import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pinnedPolicy, policySkeleton } from '../../src/config/policies/policy-text.ts';
import type { JsonObject } from '../../src/domain/model/json.ts';
import { judgePool } from '../../src/domain/verdict/verdicts.ts';
import { policySet, today } from '../policy-set.ts';
import { aSubject } from '../domain/a-pool.ts';

const settings = { requireCoverage: true, now: today, managedTags: [] };

function pin(config: JsonObject): string {
  return pinnedPolicy({
    poolId: 'eu-west-1_AbCdEf123',
    poolName: 'customers',
    config,
    observedAt: '2026-11-22T02:14:07Z',
    note: null,
  });
}

const config = {
  MfaConfiguration: 'ON',
  SoftwareTokenMfaConfiguration: { Enabled: true },
  SmsMfaConfiguration: {
    SmsAuthenticationMessage: 'Your ${code} is {####}',
    SmsConfiguration: {
      SnsCallerArn: 'arn:aws:iam::111122223333:role/sms',
      ExternalId: 'secret-1',
      SnsRegion: 'eu-west-1',
    },
  },
  EmailMfaConfiguration: {},
};

describe('the skeleton', () => {
  it('is a valid policy without warnings', () => {
    const set = policySet(policySkeleton());
    expect(set.policies.map(({ name }) => name)).toEqual(['every-pool']);
    expect(set.warnings).toEqual([]);
  });
});

describe('a pinned pool', () => {
  it('is written down whole, without its external id', () => {
    expect(pin(config)).toBe(
      [
        '# yaml-language-server: $schema=../node_modules/mfa-drift/policies/schemas/policy.schema.json',
        'apiVersion: mfa-drift/v1',
        'kind: Policy',
        'name: pin-eu-west-1_AbCdEf123',
        'description: customers as it was on 2026-11-22.',
        'severity: high',
        'match:',
        '  pools:',
        '    - eu-west-1_AbCdEf123',
        'expect:',
        '  MfaConfiguration: "ON"',
        '  SoftwareTokenMfaConfiguration:',
        '    Enabled: true',
        '  SmsMfaConfiguration:',
        '    SmsAuthenticationMessage: Your $${code} is {####}',
        '    SmsConfiguration:',
        '      SnsCallerArn: arn:aws:iam::111122223333:role/sms',
        '      ExternalId:',
        '        present: true',
        '      SnsRegion: eu-west-1',
        '  EmailMfaConfiguration: {}',
        'exact: true',
        'remediation:',
        '  mode: never',
        '',
      ].join('\n'),
    );
  });

  it('is the same to a tool that speaks YAML 1.1, which takes ON, OFF and numbers without quotes for something else', () => {
    const odd = { ...config, MfaConfiguration: 'OFF', EmailMfaConfiguration: { Subject: 'yes', Message: '0123' } };
    for (const one of [config, odd])
      expect(parse(pin(one), { version: '1.1' })).toEqual(parse(pin(one), { version: '1.2' }));
    expect(parse(pin(odd), { version: '1.1' }).expect).toMatchObject({ MfaConfiguration: 'OFF' });
  });

  it('holds its own policy, and no other configuration does', () => {
    const set = policySet(pin(config));
    const statusOf = (answer: JsonObject) => judgePool(set, aSubject(answer), settings).record.status;
    expect(statusOf(config)).toBe('compliant');
    expect(statusOf({ ...config, MfaConfiguration: 'OPTIONAL' })).toBe('drifted');
    expect(statusOf({ ...config, WebAuthnConfiguration: { RelyingPartyId: 'x.test' } })).toBe('drifted');
    expect(statusOf({ ...config, EmailMfaConfiguration: { Subject: 'x' } })).toBe('drifted');
  });

  it('names in a comment what this version can not pin, and exact reports it', () => {
    const newer = { ...config, PushMfaConfiguration: { Enabled: true } };
    expect(pin(newer)).toContain(
      '\n# Not pinned, since this version does not know it; exact reports it: PushMfaConfiguration\n',
    );
    const { findings } = judgePool(policySet(pin(newer)), aSubject(newer), settings).record;
    expect(findings.map(({ path }) => path)).toEqual(['PushMfaConfiguration']);
  });

  it('holds whatever texts and names the service answers with', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, text, text, (message, subject, unknown) => {
        const answer = {
          MfaConfiguration: 'ON',
          EmailMfaConfiguration: { Message: message, Subject: subject },
          [`x${unknown}`]: 1,
        };
        const { findings } = judgePool(policySet(pin(answer)), aSubject(answer), settings).record;
        expect(findings.map(({ path }) => path)).toEqual([`x${unknown}`]);
      }),
      { numRuns: 30 },
    );
  });
});
