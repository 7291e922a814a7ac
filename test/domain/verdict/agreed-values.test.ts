import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/domain/policy/expect/evaluation.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/model/json.ts';
import { agreedValues } from '../../../src/domain/verdict/agreed-values.ts';
import { policy, policySet } from '../../policy-set.ts';
import { aSubject } from '../a-pool.ts';

/** Each policy: its name and what it expects; a severity may stand in front of the map. */
function merge(config: JsonObject, policies: Record<string, string>) {
  const text = Object.entries(policies).map(
    ([name, fields]) => `${policy(name)}remediation: { mode: never }\n${fields}\n`,
  );
  const set = policySet(text.join('---\n'));
  const judged = { subject: aSubject(config), config };
  const verdicts = set.policies.map((one) => ({ policy: one, checks: evaluate(one.expectations, judged) }));
  const { agreed, conflicts } = agreedValues(verdicts, judged);
  return {
    agreed: Object.fromEntries(agreed.map(({ path, value }): [string, JsonValue] => [path, value])),
    because: agreed.map(({ because }) => because.map((demand) => demand.policy)),
    conflicts: conflicts.map(({ path, demands }) => [
      path,
      ...demands.map((demand) => `${demand.policy}:${demand.location.line}`),
    ]),
  };
}

const off = { MfaConfiguration: 'OFF' };

describe('policies on one field', () => {
  it('that agree give one target with both reasons', () => {
    expect(
      merge(off, { a: 'expect: { MfaConfiguration: "ON" }', b: 'expect: { MfaConfiguration: { oneOf: [ON] } }' }),
    ).toEqual({
      agreed: { MfaConfiguration: 'ON' },
      because: [['a', 'b']],
      conflicts: [],
    });
  });

  it('that overlap give the value that satisfies all of them', () => {
    const merged = merge(off, {
      a: 'expect: { MfaConfiguration: { oneOf: [ON, OPTIONAL], set: OPTIONAL } }',
      b: 'expect: { MfaConfiguration: { noneOf: [OPTIONAL] } }',
      c: 'expect: { MfaConfiguration: { oneOf: [OFF, ON] } }',
    });
    expect(merged).toMatchObject({ agreed: { MfaConfiguration: 'ON' }, conflicts: [] });
  });

  it('that only a set reconciles take it', () => {
    const merged = merge(off, {
      a: 'expect: { MfaConfiguration: { noneOf: [OFF] } }',
      b: 'expect: { MfaConfiguration: { pattern: "O[NP].*", set: OPTIONAL } }',
    });
    expect(merged).toMatchObject({ agreed: { MfaConfiguration: 'OPTIONAL' }, because: [['a', 'b']], conflicts: [] });
  });

  it('prefer what one would write by itself to what another merely admits, however severe', () => {
    const merged = merge(off, {
      a: 'severity: critical\nexpect: { MfaConfiguration: { oneOf: [ON, OPTIONAL] } }',
      b: 'severity: low\nexpect: { MfaConfiguration: { oneOf: [ON, OPTIONAL], set: OPTIONAL } }',
    });
    expect(merged.agreed).toEqual({ MfaConfiguration: 'OPTIONAL' });
  });

  it('of which each would write its own give what the most severe one would', () => {
    const oneOf = (set: string) => `expect: { MfaConfiguration: { oneOf: [ON, OPTIONAL], set: ${set} } }`;
    expect(
      merge(off, { a: `severity: low\n${oneOf('OPTIONAL')}`, b: `severity: high\n${oneOf('"ON"')}` }).agreed,
    ).toEqual({
      MfaConfiguration: 'ON',
    });
    expect(
      merge(off, { a: `severity: high\n${oneOf('OPTIONAL')}`, b: `severity: low\n${oneOf('"ON"')}` }).agreed,
    ).toEqual({
      MfaConfiguration: 'OPTIONAL',
    });
  });

  it('of which one only wants something to be there take what the other names', () => {
    const merged = merge(
      { ...off, SmsMfaConfiguration: {} },
      {
        a: 'expect: { SmsMfaConfiguration: { SmsAuthenticationMessage: { present: true } } }',
        b: 'expect: { SmsMfaConfiguration: { SmsAuthenticationMessage: "Code {####}" } }',
      },
    );
    expect(merged).toMatchObject({
      agreed: { 'SmsMfaConfiguration.SmsAuthenticationMessage': 'Code {####}' },
      conflicts: [],
    });
  });

  it('write nothing where what they would write names a tag that is not there', () => {
    const fields = 'expect: { WebAuthnConfiguration: { RelyingPartyId: { noneOf: [x], set: "${account.tags.no}" } } }';
    const config = { ...off, WebAuthnConfiguration: { RelyingPartyId: 'x' } };
    expect(merge(config, { a: fields }).agreed).toEqual({});
  });

  it('say where their field stands', () => {
    const set = policySet(`${policy('a')}expect: { SoftwareTokenMfaConfiguration: { Enabled: true } }\n`);
    const judged = { subject: aSubject(off), config: off };
    const verdicts = set.policies.map((one) => ({ policy: one, checks: evaluate(one.expectations, judged) }));
    expect(agreedValues(verdicts, judged).agreed).toMatchObject([
      { path: 'SoftwareTokenMfaConfiguration.Enabled', value: true },
    ]);
  });

  it('are settled in the order of the fields', () => {
    const merged = merge(off, {
      a: 'expect: { SoftwareTokenMfaConfiguration: { Enabled: true } }',
      b: 'expect: { MfaConfiguration: "ON" }',
    });
    expect(Object.keys(merged.agreed)).toEqual(['MfaConfiguration', 'SoftwareTokenMfaConfiguration.Enabled']);
  });

  it('that can not agree are a conflict with both lines', () => {
    const merged = merge(off, { a: 'expect: { MfaConfiguration: "ON" }', b: 'expect: { MfaConfiguration: OPTIONAL }' });
    expect(merged).toMatchObject({ agreed: {}, conflicts: [['MfaConfiguration', 'a:5', 'b:11']] });
  });

  it('conflict also where the pool happens to satisfy one of them', () => {
    const merged = merge(
      { MfaConfiguration: 'ON' },
      { a: 'expect: { MfaConfiguration: "ON" }', b: 'expect: { MfaConfiguration: OPTIONAL }' },
    );
    expect(merged.conflicts).toHaveLength(1);
  });

  it('without any candidate are no conflict, and have no target', () => {
    const merged = merge(off, {
      a: 'expect: { MfaConfiguration: { noneOf: [OFF] } }',
      b: 'expect: { MfaConfiguration: { pattern: "O.*" } }',
    });
    expect(merged).toEqual({ agreed: {}, because: [], conflicts: [] });
  });

  it('of which one forbids the whole block conflict on its fields', () => {
    const merged = merge(off, {
      a: 'expect: { WebAuthnConfiguration: { present: false } }',
      b: 'expect: { WebAuthnConfiguration: { RelyingPartyId: x.test } }',
    });
    expect(merged.conflicts).toEqual([['WebAuthnConfiguration.RelyingPartyId', 'b:11', 'a:5']]);
  });

  it('of which one asks for the block alone agree', () => {
    const merged = merge(off, {
      a: 'expect: { WebAuthnConfiguration: { present: true } }',
      b: 'expect: { WebAuthnConfiguration: { RelyingPartyId: x.test } }',
    });
    expect(merged).toMatchObject({ agreed: { 'WebAuthnConfiguration.RelyingPartyId': 'x.test' }, conflicts: [] });
  });

  it('that one policy alone can not satisfy are no conflict', () => {
    const merged = merge(off, {
      a: 'expect: { MfaConfiguration: { oneOf: ["ON"], noneOf: ["ON"] } }',
    });
    expect(merged).toEqual({ agreed: {}, because: [], conflicts: [] });
  });
});

describe('ifPresent', () => {
  const rivals = {
    a: 'expect: { WebAuthnConfiguration: { ifPresent: { UserVerification: required } } }',
    b: 'expect: { WebAuthnConfiguration: { ifPresent: { UserVerification: preferred } } }',
  };
  it('asks nothing of a block that is not there', () => {
    expect(merge(off, rivals)).toEqual({ agreed: {}, because: [], conflicts: [] });
  });

  it('conflicts where it is', () => {
    expect(merge({ ...off, WebAuthnConfiguration: {} }, rivals).conflicts.map(([path]) => path)).toEqual([
      'WebAuthnConfiguration.UserVerification',
    ]);
  });
});

describe('one policy alone', () => {
  it('is never a conflict', () => {
    expect(
      merge(off, { a: 'expect: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } }' }),
    ).toMatchObject({
      agreed: { MfaConfiguration: 'ON', 'SoftwareTokenMfaConfiguration.Enabled': true },
      conflicts: [],
    });
  });

  it('writes its variables filled in, and nothing where one can not be', () => {
    const asking = (value: string) => ({ a: `expect: { WebAuthnConfiguration: { RelyingPartyId: ${value} } }` });
    const path = 'WebAuthnConfiguration.RelyingPartyId';
    expect(merge(off, asking('"${account.name}.example.com"')).agreed).toEqual({ [path]: 'shop-prod.example.com' });
    expect(merge(off, asking('{ oneOf: ["${account.name}.test"] }')).agreed).toEqual({ [path]: 'shop-prod.test' });
    expect(merge(off, asking('"${account.tags.team}.example.com"')).agreed).toEqual({});
    expect(merge(off, asking('{ noneOf: ["${region}"], set: "${account.tags.team}" }')).agreed).toEqual({});
  });

  it('conflicts with another by what its variables are, not by how they are written', () => {
    const asking = (value: string) => `expect: { WebAuthnConfiguration: { RelyingPartyId: ${value} } }`;
    expect(merge(off, { a: asking('"${account.name}.test"'), b: asking('"shop-prod.test"') }).conflicts).toEqual([]);
    expect(merge(off, { a: asking('"${account.name}.test"'), b: asking('"other.test"') }).conflicts).toHaveLength(1);
    expect(merge(off, { a: asking('"${account.tags.team}.test"'), b: asking('"other.test"') })).toMatchObject({
      agreed: { 'WebAuthnConfiguration.RelyingPartyId': 'other.test' },
      conflicts: [],
    });
  });

  it('gives no target for what holds, what is only judged, or what has none', () => {
    const expect_ =
      'expect: { MfaConfiguration: "OFF", WebAuthnConfiguration: { RelyingPartyId: { pattern: "x" } }, anyOf: [{ MfaConfiguration: "ON" }], UserPool: { UserPoolTier: PLUS } }';
    expect(merge(off, { a: expect_ }).agreed).toEqual({});
  });
});
