import { describe, expect, test } from 'vitest';
import { covers, daysLeft, isExpired, isWithin, strongest } from '../../../src/domain/policy/exceptions.ts';
import type { PolicyException } from '../../../src/domain/policy/policy.ts';
import { policy, policySet } from '../../policy-set.ts';

const now = new Date('2026-11-22T12:00:00Z');

function exceptions(...members: readonly string[]): readonly PolicyException[] {
  const entries = members
    .map((more, index) => `  - { match: { accounts: ["*"] }, reason: r, owner: o${index}, ${more} }\n`)
    .join('');
  return policySet(
    `${policy('p')}expect: {}\n---\n${policy('q')}expect: {}\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n${entries}`,
  ).exceptions;
}

function exception(more: string): PolicyException {
  const [only] = exceptions(`expires: 2027-03-31${more}`);
  if (only === undefined) throw new Error('There is no exception.');
  return only;
}

describe('an exception', () => {
  test('holds through its day, UTC', () => {
    expect(isExpired({ expires: '2026-11-22' }, new Date('2026-11-22T23:59:59.999Z'))).toBe(false);
    expect(isExpired({ expires: '2026-11-22' }, new Date('2026-11-23T00:00:00Z'))).toBe(true);
    expect(daysLeft({ expires: '2026-11-22' }, now)).toBe(1);
    expect(daysLeft({ expires: '2026-11-21' }, now)).toBeLessThanOrEqual(0);
    expect(daysLeft({ expires: '2026-11-23' }, new Date('2026-11-23T00:00:00Z'))).toBe(1);
  });

  test.each<[string, string, string | null, string, boolean]>([
    ['of everything covers any policy', '', 'p', 'MfaConfiguration', true],
    ['of everything covers what no policy matches', '', null, '', true],
    ['of a policy covers it', ', policies: [p]', 'p', 'MfaConfiguration', true],
    ['of a policy covers no other', ', policies: [p]', 'q', 'MfaConfiguration', false],
    ['of a policy does not cover what no policy matches', ', policies: [p]', null, '', false],
    ['of a path covers it', ', paths: [MfaConfiguration]', 'p', 'MfaConfiguration', true],
    ['of a path covers what is below', ', paths: [SmsMfaConfiguration]', 'p', 'SmsMfaConfiguration.X', true],
    ['of a path covers no name that only begins so', ', paths: [SmsMfa]', 'p', 'SmsMfaConfiguration', false],
    ['of two paths covers either', ', paths: [MfaConfiguration, factors]', 'p', 'factors.allow', true],
    ['of paths covers no other', ', paths: [MfaConfiguration, factors]', 'p', 'anyOf', false],
    ['of gaps covers no drift', ', gaps: [AccessDenied]', 'p', 'MfaConfiguration', false],
  ])('%s', (_what, more, name, path, isCovered) => {
    expect(covers(exception(more), name, path)).toBe(isCovered);
  });

  test('a path is within itself and what stands above it', () => {
    expect(isWithin('a.b', 'a.b')).toBe(true);
    expect(isWithin('a.b', 'a')).toBe(true);
    expect(isWithin('a', 'a.b')).toBe(false);
    expect(isWithin('ab', 'a')).toBe(false);
  });
});

describe('of several exceptions counts', () => {
  test('none where there is none', () => {
    expect(strongest([], now)).toBeNull();
  });

  const chosen = (...members: readonly string[]) => strongest(exceptions(...members), now)?.owner ?? null;

  test.each<[string, string | null, readonly string[]]>([
    ['the only one', 'o0', ['expires: 2026-11-21']],
    ['the longest, wherever it stands', 'o1', ['expires: 2026-12-01', 'expires: 2027-03-31', 'expires: 2027-01-01']],
    ['the longest, also at the front', 'o0', ['expires: 2027-03-31', 'expires: 2026-12-01']],
    ['one that excuses before one that holds', 'o1', ['expires: 2027-03-31, hold: true', 'expires: 2026-12-01']],
    ['one that holds before an expired one', 'o1', ['expires: 2026-11-21', 'expires: 2026-12-01, hold: true']],
    ['of two that end on one day the first', 'o0', ['expires: 2027-03-31', 'expires: 2027-03-31']],
  ])('%s', (_what, owner, members) => {
    expect(chosen(...members)).toBe(owner);
  });
});
