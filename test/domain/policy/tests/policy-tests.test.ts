import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPolicyTests } from '../../../../src/config/policies/load-policy-tests.ts';
import { defaultSettings } from '../../../default-settings.ts';
import { policyTestText } from '../../../../src/report/policy-test-text.ts';
import { runPolicyTests, type TestOutcome } from '../../../../src/domain/policy/tests/policy-tests.ts';
import { policy, today } from '../../../policy-set.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-drift-policy-tests-'));
  writeFileSync(
    join(folder, 'mode.yaml'),
    `${policy('mode')}match: { organizationalUnits: ["/Workloads"] }\nexpect:\n  MfaConfiguration: "ON"\n  factors: { atLeastOne: [totp] }\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function outcomesOf(cases: string): readonly TestOutcome[] {
  writeFileSync(join(folder, 'mode.test.yaml'), `apiVersion: mfa-drift/v1\nkind: PolicyTest\ncases:\n${cases}`);
  return runPolicyTests(loadPolicyTests([folder], defaultSettings, today));
}

/** The text for cases, without the name of the folder. */
function run(cases: string): string {
  return policyTestText(outcomesOf(cases)).replaceAll(`${folder}/`, '');
}

const inside = 'account: { path: /Workloads/Prod }';
const on = 'config: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } }';

describe('policy tests', () => {
  it('that hold say how many there are', () => {
    expect(
      run(
        `  - { name: a, ${inside}, ${on}, expect: compliant }\n` +
          `  - { name: b, ${on}, expect: uncovered }\n` +
          `  - { name: c, ${inside}, config: { MfaConfiguration: "OFF" }, expect: [{ policy: mode, path: factors.atLeastOne }, { policy: mode, path: MfaConfiguration }] }\n`,
      ),
    ).toBe('OK  3 cases hold\n');
  });

  it('that fail say what was wanted, what came, and which line of the policy says so', () => {
    expect(
      run(
        `  - { name: an app is required, ${inside}, ${on}, expect: [{ policy: mode, path: SmsMfaConfiguration }] }\n` +
          `  - { name: OFF is fine, ${inside}, config: { MfaConfiguration: "OFF" }, expect: compliant }\n` +
          `  - { name: outside is judged too, ${on}, expect: compliant }\n` +
          `  - { name: this one holds, ${on}, expect: uncovered }\n`,
      ),
    ).toBe(
      [
        'mode.test.yaml:4:5  an app is required',
        '    wanted    mode SmsMfaConfiguration',
        '    got       compliant',
        '    policies  mode',
        '    mode has no finding at SmsMfaConfiguration  mode.yaml:3',
        '',
        'mode.test.yaml:5:5  OFF is fine',
        '    wanted    compliant',
        '    got       mode MfaConfiguration, mode factors.atLeastOne',
        '    policies  mode',
        '    mode MfaConfiguration  wants "ON", and the case has "OFF"  mode.yaml:6',
        '    mode factors.atLeastOne  wants ["totp"], and the case has []  mode.yaml:7',
        '',
        'mode.test.yaml:6:5  outside is judged too',
        '    wanted    compliant',
        '    got       uncovered',
        '    policies  none matches this pool',
        '',
        'FAILED  3 of 4 cases',
        '',
      ].join('\n'),
    );
  });

  it('of several policies say where the one stands that has no such finding', () => {
    writeFileSync(join(folder, 'another.yaml'), `${policy('another')}match: { pools: [nobody] }\nexpect: {}\n`);
    const text = run(`  - { name: a, ${inside}, ${on}, expect: [{ policy: mode, path: anyOf }] }\n`);
    rmSync(join(folder, 'another.yaml'));
    expect(text).toContain('mode has no finding at anyOf  mode.yaml:3');
  });

  it('tell the findings of one policy apart by their paths', () => {
    const text = run(
      `  - { name: one of two, ${inside}, config: { MfaConfiguration: "OFF" }, expect: [{ policy: mode, path: factors.atLeastOne }] }\n`,
    );
    expect(text).toContain('FAILED  1 of 1 case');
    expect(text).toContain('mode MfaConfiguration  wants "ON"');
    expect(text).not.toContain('wants ["totp"]');
    expect(text).not.toContain('has no finding');
  });

  it('tell the findings of two policies apart by their names', () => {
    const text = run(
      `  - { name: another, ${inside}, config: { MfaConfiguration: "OFF", SoftwareTokenMfaConfiguration: { Enabled: true } }, expect: [{ policy: other, path: MfaConfiguration }, { policy: mode, path: factors.atLeastOne }] }\n`,
    );
    expect(text).toContain('other has no finding at MfaConfiguration');
    expect(text).not.toContain('mode has no finding');
    expect(text).toContain('mode MfaConfiguration  wants "ON"');
    expect(text).not.toContain('wants ["totp"]');
  });

  it('do not take another finding of the policy for the one that is wanted', () => {
    const one = `${inside}, config: { MfaConfiguration: "ON" }`;
    expect(outcomesOf(`  - { name: a, ${one}, expect: [{ policy: mode, path: factors.atLeastOne }] }\n`)).toMatchObject(
      [{ passed: true, mismatches: [] }],
    );
    expect(outcomesOf(`  - { name: a, ${one}, expect: [{ policy: mode, path: MfaConfiguration }] }\n`)).toMatchObject([
      {
        passed: false,
        mismatches: [
          { kind: 'missing', policy: 'mode', path: 'MfaConfiguration' },
          { kind: 'unexpected', policy: 'mode', path: 'factors.atLeastOne' },
        ],
      },
    ]);
  });

  it('ask about the tags and the members of UserPool that a case gives', () => {
    writeFileSync(
      join(folder, 'tagged.yaml'),
      `${policy('tagged')}match: { poolTags: { audience: [staff] } }\nexpect: { UserPool: { UserPoolTier: PLUS } }\n`,
    );
    const text = run(
      `  - { name: a, pool: { tags: { audience: staff } }, ${on}, userPool: { UserPoolTier: PLUS }, expect: compliant }\n` +
        `  - { name: b, pool: { tags: { audience: staff } }, ${on}, userPool: { UserPoolTier: LITE }, expect: [{ policy: tagged, path: UserPool.UserPoolTier }] }\n` +
        `  - { name: c, pool: { tags: { audience: other } }, ${on}, expect: uncovered }\n`,
    );
    rmSync(join(folder, 'tagged.yaml'));
    expect(text).toBe('OK  3 cases hold\n');
  });

  it('read everything that a case leaves out as the documentation says', () => {
    expect(run(`  - { name: a, account: { path: /Workloads }, ${on}, expect: compliant }\n`)).toBe(
      'OK  1 case holds\n',
    );
  });
});

describe('a case that says what no answer of AWS says', () => {
  it.each([
    ['config: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: "true" } }', 'Enabled is a text'],
    ['config: { MfaConfiguration: "ON" }, userPool: { Policies: [] }', ''],
  ])('%s is never compliant', (config, flaw) => {
    const text = run(`  - { name: a, ${inside}, ${config}, expect: compliant }\n`);
    expect(text).toContain('FAILED  1 of 1 case');
    expect(text).toContain(flaw);
  });
});

describe('a case of which a part can not be judged', () => {
  it('fails also where the findings are the ones that are wanted', () => {
    writeFileSync(
      join(folder, 'tier.yaml'),
      `${policy('tier')}expect: { MfaConfiguration: "ON", UserPool: { UserPoolTier: PLUS } }\n`,
    );
    const one = 'config: { MfaConfiguration: "OFF" }, userPool: { UserPoolTier: 5 }';
    const [outcome] = outcomesOf(`  - { name: a, ${one}, expect: [{ policy: tier, path: MfaConfiguration }] }\n`);
    rmSync(join(folder, 'tier.yaml'));
    expect(outcome).toMatchObject({ passed: false, got: 'unreadable', mismatches: [] });
  });
});

describe('exceptions', () => {
  it('have no say in the tests of policies', () => {
    const file = join(folder, 'exceptions.yaml');
    writeFileSync(
      file,
      'apiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { accounts: ["*"] }, reason: r, owner: o, expires: 2027-03-31 }\n',
    );
    const text = run(`  - { name: a, ${inside}, config: { MfaConfiguration: "OFF" }, expect: compliant }\n`);
    rmSync(file);
    expect(text).toContain('FAILED  1 of 1 case');
  });
});
