import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/domain/model/json.ts';
import { fillValue } from '../../../../src/domain/policy/expect/filled-values.ts';
import { aSubject, anAccount } from '../../a-pool.ts';

const account = anAccount({ name: 'shop.prod', tags: { n: '1' } });
const subject = aSubject({ MfaConfiguration: 'ON' }, null, { account });

describe('a value with variables', () => {
  test.each<[JsonValue, JsonValue]>([
    ['plain', 'plain'],
    [7, 7],
    ['${region}', 'eu-west-1'],
    ['login.${account.name}', 'login.shop.prod'],
    [
      ['${region}', 7, null],
      ['eu-west-1', 7, null],
    ],
    [
      { oneOf: ['${account.name}'], min: 1 },
      { oneOf: ['shop.prod'], min: 1 },
    ],
    // In a pattern a dot of the value matches a dot alone.
    [{ pattern: 'auth.${account.name}' }, { pattern: String.raw`auth.shop\.prod` }],
    [{ pattern: ['${account.name}'] }, { pattern: [String.raw`shop\.prod`] }],
    [{ equals: '${account.name}' }, { equals: 'shop.prod' }],
  ])('%j is %j', (written, filled) => {
    expect(fillValue(written, subject)).toEqual({ state: 'filled', value: filled });
  });

  test('whose tag is not there stays as it was written', () => {
    const value = { oneOf: ['${region}', '${account.tags.team}'] };
    expect(fillValue(value, subject)).toEqual({ state: 'unresolved', value, variable: 'account.tags.team' });
  });

  test('is not known where one of its variables is not, whatever the others are', () => {
    const nameless = aSubject({ MfaConfiguration: 'ON' }, null, { account: anAccount({ name: null, tags: {} }) });
    const value = ['${account.tags.team}', '${account.name}'];
    expect(fillValue(value, nameless)).toEqual({
      state: 'unreadable',
      value,
      missing: { what: 'name of the account', failure: null },
    });
  });
});
