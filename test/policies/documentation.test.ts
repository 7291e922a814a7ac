import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPolicySet } from '../../src/config/policies/load-policy-set.ts';
import { loadPolicyTests } from '../../src/config/policies/load-policy-tests.ts';
import { defaultSettings } from '../default-settings.ts';
import { policyTestText } from '../../src/report/policy-test-text.ts';
import { runPolicyTests } from '../../src/domain/policy/tests/policy-tests.ts';
import { variableNames } from '../../src/domain/policy/expect/variables.ts';
import { operatorNames } from '../../src/domain/policy/expect/operators.ts';
import { selectorKeyNames } from '../../src/domain/policy/match/selector-keys.ts';
import { complaintsAbout, policy, today } from '../policy-set.ts';

const page = readFileSync(new URL('../../docs/policy-language.md', import.meta.url), 'utf8');

interface Example {
  /** `match`, `expect` or `remediation` for a part of a policy; empty for whole documents. */
  readonly part: string;
  readonly text: string;
}

const examples: readonly Example[] = [...page.matchAll(/^```yaml ?(\w*)\n(.*?)^```$/gms)].map(
  ([, part = '', text = '']) => ({ part, text }),
);
const parts = examples.filter(({ part }) => part !== '');
const documents = examples.filter(({ part }) => part === '');

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-drift-language-'));
  for (const [index, { text }] of documents.entries()) {
    writeFileSync(join(folder, `${index}${text.includes('kind: PolicyTest') ? '.test' : ''}.yaml`), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page on the policy language', () => {
  it.each(parts)('shows a $part that is accepted: $text', ({ part, text }) => {
    const rest = part === 'expect' ? '' : 'expect: { MfaConfiguration: "ON" }\n';
    expect(complaintsAbout(`${policy('p')}${rest}${part}:\n${indented(text)}`)).toBe('');
  });

  it('shows documents that are accepted, and tests that hold', () => {
    const set = loadPolicySet([folder], defaultSettings, today);
    expect(set.policies.map(({ name }) => name)).toEqual(['crown-jewel', 'prod-customers']);
    expect(set.exceptions).toHaveLength(3);
    expect(set.warnings).toEqual([]);
    expect(policyTestText(runPolicyTests(loadPolicyTests([folder], defaultSettings, today)))).toBe(
      'OK  3 cases hold\n',
    );
  });

  it.each([
    ...operatorNames,
    ...selectorKeyNames,
    'anyOf',
    'ifPresent',
    'set',
    'exact',
    'factors',
    'exclude',
    'hold',
    'gaps',
    'paths',
  ])('has an example of %s', (word) => {
    expect(examples.some(({ text }) => new RegExp(`\\b${word}:`).test(text))).toBe(true);
  });

  it.each(variableNames)('names the variable %s', (name) => {
    expect(page).toContain(`\${${name}}`);
  });
});
