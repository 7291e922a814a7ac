import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../default-settings.ts';
import { isWritingConfigured, mayWriteIn } from '../../../src/domain/policy/writing-accounts.ts';
import type { RemediationMode, Settings } from '../../../src/domain/settings.ts';
import { policy, policySet } from '../../policy-set.ts';
import { anAccount } from '../a-pool.ts';

const { remediation, role } = defaultSettings;

function withMode(mode: RemediationMode, more: Partial<Settings> = {}): Settings {
  return { ...defaultSettings, remediation: { ...remediation, mode }, ...more };
}

function matching(match: string, more = '') {
  return policySet(`${policy('p')}match: ${match}\n${more}expect: { MfaConfiguration: "ON" }\n`);
}

describe('whether anything is set up that writes', () => {
  it.each<[string, boolean, Settings, string]>([
    ['nothing', false, withMode('manual'), ''],
    ['a role for it', true, withMode('never', { role: { ...role, remediationName: 'Fixer' } }), ''],
    ['a configuration that puts right without asking', true, withMode('auto'), ''],
    ['a policy that does, whatever the configuration says', true, withMode('never'), 'remediation: { mode: auto }\n'],
    [
      'a policy that does not, though the configuration does',
      false,
      withMode('auto'),
      'remediation: { mode: manual }\n',
    ],
  ])('%s: %s', (_what, expected, settings, more) => {
    expect(isWritingConfigured(matching('{}', more), settings)).toBe(expected);
  });

  it('nothing, once it is switched off for a run', () => {
    const off = { ...defaultSettings, remediation: { ...remediation, mode: 'auto' as const, off: true } };
    expect(isWritingConfigured(matching('{}'), off)).toBe(false);
  });
});

describe('whether a run may write in an account', () => {
  const account = anAccount({ id: '111122223333' });

  it.each<[string, boolean]>([
    ['{}', true],
    ['{ accounts: ["111122223333"] }', true],
    ['{ accounts: ["444455556666"] }', false],
    ['{ organizationalUnits: ["/Workloads"] }', true],
    ['{ organizationalUnits: ["/Sandbox"] }', false],
    ['{ accountTags: { env: [prod] } }', true],
    ['{ accountTags: { env: [dev] } }', false],
    ['{ regions: ["eu-west-1"], pools: ["nobody"] }', true],
    ['{ exclude: [{ accounts: ["111122223333"] }] }', false],
    ['{ exclude: [{ accounts: ["111122223333"], regions: ["eu-west-1"] }] }', true],
    ['{ exclude: [{ accounts: ["111122223333"], exclude: [{ regions: ["eu-west-1"] }] }] }', true],
    ['{ exclude: [{ accounts: ["111122223333"], exclude: [{ accountTags: { env: [dev] } }] }] }', false],
  ])('a policy that matches %s: %s', (match, expected) => {
    expect(mayWriteIn(account, matching(match), withMode('manual'))).toBe(expected);
  });

  it('where one policy of two speaks of it', () => {
    const text = (name: string, match: string, mode: string) =>
      `${policy(name)}match: ${match}\nremediation: { mode: ${mode} }\nexpect: { MfaConfiguration: "ON" }\n`;
    const other = text('other', '{ accounts: ["444455556666"] }', 'auto');
    const set = (mode: string) => policySet(`${other}---\n${text('own', '{}', mode)}`);
    expect(mayWriteIn(account, set('auto'), withMode('never'))).toBe(true);
    expect(mayWriteIn(account, set('never'), withMode('auto'))).toBe(false);
    expect(isWritingConfigured(set('never'), withMode('never'))).toBe(true);
  });

  it('where its unit could not be read, since it may be the one that is meant', () => {
    expect(
      mayWriteIn(anAccount({ path: null }), matching('{ organizationalUnits: [/Sandbox] }'), withMode('manual')),
    ).toBe(true);
  });

  it('not where every policy that speaks of it only reports', () => {
    expect(mayWriteIn(account, matching('{}', 'remediation: { mode: never }\n'), withMode('auto'))).toBe(false);
  });

  it('anywhere, where there is no policy at all', () => {
    expect(mayWriteIn(account, { policies: [] }, withMode('manual'))).toBe(true);
  });
});
