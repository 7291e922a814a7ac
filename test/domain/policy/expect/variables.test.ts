import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/domain/policy/expect/checks.ts';
import { evaluate } from '../../../../src/domain/policy/expect/evaluation.ts';
import type { JsonValue } from '../../../../src/domain/model/json.ts';
import type { Account } from '../../../../src/domain/model/observation.ts';
import {
  anyVariable,
  fillText,
  hasTemplate,
  isVariable,
  needsPoolTags,
  variableNames,
  variablesIn,
} from '../../../../src/domain/policy/expect/variables.ts';
import { expecting } from '../../../policy-set.ts';
import { aSubject, anAccount } from '../../a-pool.ts';

const config = { MfaConfiguration: 'OFF', WebAuthnConfiguration: { RelyingPartyId: 'auth.shop-prod.example.com' } };

function check(
  wanted: string,
  account: Account = anAccount(),
  tags: Record<string, string> | null = {},
): Check | undefined {
  const subject = aSubject(config, tags === null ? null : { UserPoolTags: tags }, { account });
  const [policy] = expecting(`{ WebAuthnConfiguration: { RelyingPartyId: ${wanted} } }`).policies;
  return evaluate(policy?.expectations ?? [], { subject, config })[0];
}

describe('a variable', () => {
  const values: Record<string, string> = {
    'account.id': '111122223333',
    'account.name': 'shop-prod',
    'account.tags.X': 'tagged',
    region: 'eu-west-1',
    partition: 'aws',
    'pool.id': 'eu-west-1_AbCdEf123',
    'pool.name': 'customers',
    'pool.tags.X': 'pool-tagged',
  };
  it('is one of these', () => {
    expect([...variableNames].sort()).toEqual(Object.keys(values).sort());
  });

  it.each(Object.entries(values))('%s is filled in', (name, value) => {
    const account = anAccount({ tags: { X: 'tagged' } });
    const subject = aSubject(config, { UserPoolTags: { X: 'pool-tagged' } }, { account });
    expect(fillText(`a.\${${name}}.b`, subject)).toEqual({ state: 'filled', text: `a.${value}.b` });
  });

  it('in a region of another partition names that one', () => {
    expect(fillText('${partition}', aSubject(config, null, { region: 'us-gov-west-1' }))).toMatchObject({
      text: 'aws-us-gov',
    });
  });

  it('with two dollars is meant as it stands', () => {
    expect(fillText('$${region} ${region}', aSubject(config))).toEqual({
      state: 'filled',
      text: '${region} eu-west-1',
    });
  });

  it('is not filled in twice', () => {
    const account = anAccount({ name: '${region}' });
    expect(fillText('${account.name}', aSubject(config, null, { account }))).toMatchObject({ text: '${region}' });
  });
});

describe('the variables of a text', () => {
  it.each([
    ['plain', []],
    ['${region}', ['region']],
    ['a${region}b${account.tags.X}', ['region', 'account.tags.X']],
    ['$${region}', []],
    ['$${region}${pool.id}', ['pool.id']],
    ['${}', ['']],
    ['${region', []],
    ['${region}$$', ['region']],
  ])('%s are %j', (text, names) => {
    expect(variablesIn(text)).toEqual(names);
  });

  it.each([
    ['region', true],
    ['account.name', true],
    ['account.tags.X', true],
    ['pool.tags.X', true],
    ['account.tags.', false],
    ['pool.tags.', false],
    ['account.tags', false],
    ['accounts', false],
    ['', false],
    ['toString', false],
    ['my.account.tags.X', false],
  ])('%s is one: %s', (name, is) => {
    expect(isVariable(name)).toBe(is);
  });

  it.each<[JsonValue, boolean, boolean]>([
    ['${pool.tags.X}', true, true],
    ['${region}', true, false],
    ['pool.tags.X', false, false],
    [{ oneOf: ['x', '${pool.tags.X}'] }, true, true],
    [['x', { pattern: '${region} ${pool.tags.X}' }], true, true],
    [['x', null, 7, true, {}], false, false],
    [null, false, false],
    [7, false, false],
    [[], false, false],
    ['$${pool.tags.X}', true, false],
  ])('%j has any: %s, and of the pool’s tags: %s', (value, any, ofTags) => {
    expect(hasTemplate(value)).toBe(any);
    expect(needsPoolTags(value)).toBe(ofTags);
    expect(anyVariable(value, (name) => name === 'pool.tags.X')).toBe(ofTags);
  });
});

describe('an expectation with variables', () => {
  it('is shown filled in', () => {
    expect(check('"auth.${account.name}.example.org"')).toMatchObject({
      verdict: 'misses',
      expected: 'auth.shop-prod.example.org',
    });
    expect(check('{ oneOf: ["${pool.name}", "auth.${account.name}.example.com"], set: "${pool.name}" }')).toMatchObject(
      { verdict: 'holds' },
    );
  });

  it('names what a fix writes', () => {
    expect(check('"${account.name}.example.org"')?.fix).toEqual({ kind: 'set', value: 'shop-prod.example.org' });
  });

  it('names nothing to write where that has a tag that is not there', () => {
    const wanted = '{ oneOf: ["x", "${account.name}"], set: "${account.tags.team}" }';
    expect(check(wanted)).toMatchObject({
      verdict: 'misses',
      expected: { oneOf: ['x', 'shop-prod'] },
      fix: { kind: 'none', reason: 'unresolved' },
    });
    expect(check('{ noneOf: ["auth.${account.name}.example.com"] }')).toMatchObject({
      verdict: 'misses',
      fix: { kind: 'none', reason: 'no-target' },
    });
  });

  it('matches quoted inside a pattern, whatever the value holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const account = anAccount({ name });
        const [policy] = expecting(
          String.raw`{ WebAuthnConfiguration: { RelyingPartyId: { pattern: "a\\.\${account.name}" } } }`.replace(
            '\\$',
            '$',
          ),
        ).policies;
        const verdictOf = (value: string) => {
          const own = { MfaConfiguration: 'OFF', WebAuthnConfiguration: { RelyingPartyId: value } };
          return evaluate(policy?.expectations ?? [], { subject: aSubject(own, null, { account }), config: own })[0]
            ?.verdict;
        };
        expect(verdictOf(`a.${name}`)).toBe('holds');
        expect(verdictOf(`a.${name}x`)).toBe('misses');
      }),
    );
  });

  it.each([
    ['"${account.tags.team}.example.com"', anAccount()],
    ['"${pool.tags.team}.example.com"', anAccount()],
    ['{ pattern: ".*${pool.tags.toString}.*" }', anAccount()],
  ])('%s with a missing tag is a finding that is never fixed', (wanted, account) => {
    expect(check(wanted, account)).toMatchObject({ verdict: 'misses', fix: { kind: 'none', reason: 'unresolved' } });
  });

  it.each([
    ['"${account.tags.team}"', anAccount({ tags: null }), 'tags of the account'],
    ['"${account.name}"', anAccount({ name: null }), 'name of the account'],
  ])('%s that could not be read is not known', (wanted, account, what) => {
    expect(check(wanted, account)).toMatchObject({ verdict: 'unknown', missing: { what } });
  });

  it('of pool tags without DescribeUserPool is not known', () => {
    expect(check('"${pool.tags.team}"', anAccount(), null)).toMatchObject({ verdict: 'unknown' });
  });
});
