import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../default-settings.ts';
import type { Environment } from '../../src/config/settings/environment.ts';
import { loadSettings } from '../../src/config/settings/load-settings.ts';
import { withLocations } from '../../src/config/settings/wrong-values.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { SettingFlags } from '../../src/domain/settings/flags.ts';
import { ComplaintsError, UnknownTextError, type UserError } from '../../src/errors.ts';
import { renderComplaints } from '../../src/yaml/complaints.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-drift-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const head = 'apiVersion: mfa-drift/v1\nkind: Config\n';

function fileWith(text: string): string {
  const file = join(folder, 'mfa-drift.yaml');
  writeFileSync(file, text);
  return file;
}

function complaintsOf(error: UserError): ComplaintsError {
  if (error instanceof ComplaintsError) return error;
  throw error;
}

function load(text: string, env: Environment = {}, flags: SettingFlags = {}): Settings {
  return loadSettings({ file: fileWith(head + text), flags, env });
}

/** Places, sentences and hints, without the name of the folder. */
function complaints(attempt: () => unknown): readonly string[] {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof ComplaintsError)) throw error;
    return error.message.replaceAll(`${folder}/`, '').split('\n').slice(0, -1);
  }
  return [];
}

/** The file as the documentation shows it. */
const whole = readFileSync('test/config/whole.yaml', 'utf8').replace(/^[^]*kind: Config\n/, '');

describe('the configuration', () => {
  it('that the documentation shows holds the defaults, save what it says is none', () => {
    const settings = load(whole, { MFA_DRIFT_EXTERNAL_ID: 'acme-1' });
    expect(settings).toEqual({
      ...defaultSettings,
      file: join(folder, 'mfa-drift.yaml'),
      accounts: { kind: 'organization' },
      include: [{ organizationalUnits: ['/Workloads/Prod'], accounts: ['*-prod'], accountTags: { env: ['prod'] } }],
      exclude: [{ accounts: ['444455556666'] }],
      role: {
        ...defaultSettings.role,
        remediationName: 'MfaDriftRemediate',
        externalId: 'acme-1',
        overrides: { '777788889999': { name: 'OtherRole' } },
      },
      policies: [join(folder, 'policies')],
      reports: ['table', 'html=reports/drift.html'],
    });
  });

  it('may be empty but for its head', () => {
    const beside = { file: join(folder, 'mfa-drift.yaml'), policies: [join(folder, 'policies')] };
    expect(load('')).toEqual({ ...defaultSettings, ...beside });
  });

  it.each([
    ['accounts: { ids: ["111122223333"] }', { accounts: { kind: 'ids', ids: ['111122223333'] } }],
    ['accounts: { organization: false }', { accounts: { kind: 'caller' } }],
    ['regions: { exclude: ["ap-*"] }', { regions: { kind: 'enabled', exclude: ['ap-*'] } }],
    ['regions: [eu-west-1]', { regions: { kind: 'list', regions: ['eu-west-1'] } }],
    [
      'limits: { quotas: { UserPoolRead: 30 } }',
      { limits: { quotas: { UserPoolRead: 30, UserPoolResourceRead: 20, UserPoolResourceUpdate: 15 } } },
    ],
    [
      'role: { name: "arn:PARTITION:iam::ACCOUNT:role/audit/MfaDrift" }',
      { role: { name: 'arn:PARTITION:iam::ACCOUNT:role/audit/MfaDrift' } },
    ],
    [
      'role: { name: audit/MfaDrift, overrides: { 777788889999: { name: X } } }',
      { role: { name: 'audit/MfaDrift', overrides: { '777788889999': { name: 'X' } } } },
    ],
  ])('%s', (text, settings) => {
    expect(load(text)).toMatchObject(settings);
  });
});

describe('what settles a setting', () => {
  it('is the flag, then the environment, then the file, then the default', () => {
    const flags = { failOn: 'critical' } as const;
    const env = { MFA_DRIFT_FAIL_ON: 'high' };
    expect(load('failOn: medium', env, flags).failOn).toBe('critical');
    expect(load('failOn: medium', env).failOn).toBe('high');
    expect(load('failOn: medium').failOn).toBe('medium');
    expect(load('').failOn).toBe('low');
  });

  it('may be a variable for every kind of value', () => {
    const env = {
      MFA_DRIFT_ACCOUNTS_IDS: '111122223333, 444455556666',
      MFA_DRIFT_REGIONS: 'eu-west-1',
      MFA_DRIFT_LIMITS_QUOTA_SHARE: '0.9',
      MFA_DRIFT_REQUIRE_COVERAGE: 'false',
      MFA_DRIFT_ROLE_EXTERNAL_ID: 'acme',
      MFA_DRIFT_POLICIES: 'a,b',
      MFA_DRIFT_REMEDIATION_MAX_CHANGES: '',
      MFA_DRIFT_LIMITS_QUOTAS_USER_POOL_RESOURCE_READ: '12.5',
    };
    expect(load('accounts: { organization: true }', env)).toMatchObject({
      accounts: { kind: 'ids', ids: ['111122223333', '444455556666'] },
      regions: { kind: 'list', regions: ['eu-west-1'] },
      limits: { quotaShare: 0.9, concurrency: 64, quotas: { UserPoolRead: 15, UserPoolResourceRead: 12.5 } },
      requireCoverage: false,
      role: { externalId: 'acme' },
      policies: ['a', 'b'],
      remediation: { maxChanges: 25 },
    });
  });

  it('lets MFA_DRIFT_REMEDIATION=off beat every flag', () => {
    const flags = {
      'remediation.allow': ['disruptive', 'weakening'],
      'remediation.maxChanges': 500,
      'remediation.includeManaged': true,
    };
    expect(load('remediation: { mode: auto }', { MFA_DRIFT_REMEDIATION: 'off' }, flags).remediation).toMatchObject({
      off: true,
      mode: 'auto',
    });
    expect(load('', { MFA_DRIFT_REMEDIATION: 'on' }).remediation.off).toBe(false);
  });

  it('adds the risks of --allow to those of the file', () => {
    expect(load('', {}, { 'remediation.allow': ['weakening'] }).remediation).toMatchObject({
      allow: ['tightening'],
      allowedByFlag: ['weakening'],
    });
  });

  it('lets --max-changes replace the percentage too', () => {
    expect(load('', {}, { 'remediation.maxChanges': 3 }).remediation).toMatchObject({
      maxChanges: 3,
      maxChangesPercent: 100,
    });
    expect(load('', {}, { 'remediation.maxChanges': 3, 'remediation.maxChangesPercent': 5 }).remediation).toMatchObject(
      {
        maxChanges: 3,
        maxChangesPercent: 5,
      },
    );
    expect(load('', { MFA_DRIFT_REMEDIATION_MAX_CHANGES: '3' }).remediation).toMatchObject({
      maxChanges: 3,
      maxChangesPercent: 10,
    });
  });

  it('takes paths of the file from its folder, the default too, those of flags and variables from here', () => {
    expect(load('').policies).toEqual([join(folder, 'policies')]);
    expect(load('', {}, { policies: ['policies'] }).policies).toEqual(['policies']);
    expect(load('policies: [rules, /etc/rules]').policies).toEqual([join(folder, 'rules'), '/etc/rules']);
    expect(load('policies: [rules]', {}, { policies: ['mine'] }).policies).toEqual(['mine']);
    expect(load('policies: [rules]', { MFA_DRIFT_POLICIES: 'theirs' }).policies).toEqual(['theirs']);
  });

  it('names the file by --config, else by MFA_DRIFT_CONFIG', () => {
    const file = fileWith(`${head}failOn: high\n`);
    expect(loadSettings({ file: null, flags: {}, env: { MFA_DRIFT_CONFIG: file } })).toMatchObject({
      file,
      failOn: 'high',
    });
  });
});

describe('a reference to the environment', () => {
  it('is filled in anywhere in a text', () => {
    expect(load('role: { name: "${env:PREFIX}Audit" }', { PREFIX: 'Acme' }).role.name).toBe('AcmeAudit');
  });

  it.each([
    ['role: { externalId: "${env:NOPE}" }', 'mfa-drift.yaml:3:21  the environment variable NOPE is not set'],
    ['role: { externalId: "${env:EMPTY}" }', 'mfa-drift.yaml:3:21  the environment variable EMPTY is not set'],
    [
      'role: { externalId: "${env:EXTERNAL_IDD}" }',
      'mfa-drift.yaml:3:21  the environment variable EXTERNAL_IDD is not set (did you mean EXTERNAL_ID?)',
    ],
    [
      'role: { name: "${account.name}" }',
      'mfa-drift.yaml:3:15  ${account.name} is not known here (the configuration knows ${env:NAME} only)',
    ],
  ])('%s is refused', (text, complaint) => {
    expect(complaints(() => load(text, { EMPTY: '', EXTERNAL_ID: 'x1' }))).toEqual([complaint]);
  });

  it('never brings its value into an error', () => {
    const [complaint] = complaints(() => load('role: { externalId: "${env:SECRET}" }', { SECRET: 'se cret' }));
    expect(complaint).toBe(
      'mfa-drift.yaml:3:21  role.externalId may hold letters, digits and +=,.@:/-_ only, not ${env:SECRET}',
    );
  });

  it('that fails does not hide the other complaints', () => {
    expect(complaints(() => load('role: { externalId: "${env:NOPE}" }\nfailOn: hihg'))).toHaveLength(2);
  });
});

describe('a configuration that is wrong', () => {
  it.each([
    ['regons: enabled', '3:1  regons is not a key (did you mean regions?)'],
    ['regions: all', '3:10  regions must be enabled, not "all"'],
    ['regions: [eu-west]', '3:11  regions[0] must be a region, such as eu-west-1, not "eu-west"'],
    ['regions: ["eu-*"]', '3:11  regions[0] must be a region, such as eu-west-1, not "eu-*"'],
    ['regions: { include: [x] }', '3:12  include is not a key of regions (did you mean exclude?)'],
    [
      'accounts: { ids: [111122223333] }',
      '3:19  accounts.ids[0] must be a text, not 111122223333 (quote it: "111122223333")',
    ],
    ['accounts: { ids: ["1"] }', '3:19  accounts.ids[0] must be an account id, twelve digits in quotes, not "1"'],
    [
      'accounts: { organization: true, ids: ["111122223333"] }',
      '3:33  accounts.ids stands beside organization: true, and only one of them can name the accounts (to narrow an organization use accounts.include)',
    ],
    [
      'accounts: { include: [{ pools: [x] }] }',
      '3:25  pools is not a key of accounts.include[0] (allowed: accounts, organizationalUnits, accountTags)',
    ],
    [
      'role: { name: "my role" }',
      '3:15  role.name must be a role name (a path is allowed) or arn:PARTITION:iam::ACCOUNT:role/NAME, not "my role"',
    ],
    ['role: { externalId: x }', '3:21  role.externalId must have at least 2 characters'],
    ['role: { durationSeconds: 60 }', '3:26  role.durationSeconds must be at least 900, not 60'],
    [
      'role: { overrides: { "12": { name: X } } }',
      '3:22  role.overrides.12 must be an account id, twelve digits in quotes, not "12"',
    ],
    ['limits: { quotaShare: 0 }', '3:23  limits.quotaShare must be more than 0, not 0'],
    ['limits: { quotaShare: 1.1 }', '3:23  limits.quotaShare must be at most 1, not 1.1'],
    ['limits: { concurrency: 2.5 }', '3:24  limits.concurrency must be a whole number, not 2.5'],
    [
      'remediation: { allow: [weakening] }',
      '3:24  remediation.allow[0] must be tightening or disruptive, not "weakening" (only the command line can allow it: --allow weakening)',
    ],
    ['exceptions: { maxDays: 0 }', '3:24  exceptions.maxDays must be at least 1, not 0'],
    ['reports: ["=x"]', '3:11  reports[0] must be FORMAT or FORMAT=FILE, not "=x"'],
    ['failOn: [low]', '3:9  failOn must be critical, high, medium, low or info, not a list'],
    ['role:', '3:1  role must be a map, and nothing is there'],
  ])('%s', (text, complaint) => {
    expect(complaints(() => load(text))).toEqual([`mfa-drift.yaml:${complaint}`]);
  });

  it.each([
    ['', 'mfa-drift.yaml  is empty'],
    ['kind: Config\n', 'mfa-drift.yaml:1:1  the document needs apiVersion'],
    ['- a\n', 'mfa-drift.yaml:1:1  the document must be a map, not a list'],
    [`${head}---\n${head}`, 'mfa-drift.yaml  holds several documents (leave one)'],
  ])('the text %j', (text, complaint) => {
    expect(complaints(() => loadSettings({ file: fileWith(text), flags: {}, env: {} }))).toEqual([complaint]);
  });

  it('that is not there, is a folder or is no text, is told by its name', () => {
    const binary = join(folder, 'binary.yaml');
    writeFileSync(binary, Buffer.from([0x61, 0xe9]));
    const loading = (file: string) => complaints(() => loadSettings({ file, flags: {}, env: {} }));
    expect(loading(join(folder, 'nope.yaml'))).toEqual(['nope.yaml  does not exist']);
    expect(loading(folder)).toEqual([`${folder}  is a folder, not a file`]);
    expect(loading(binary)).toEqual(['binary.yaml  is not text in UTF-8 (save it in UTF-8)']);
  });

  it.each([
    ['with the mark of Windows', '\ufeffkind: Config\n'],
    ['without it', 'kind: Config\n'],
  ])('that is text in UTF-16, %s, says so', (_what, text) => {
    const file = fileWith('');
    writeFileSync(file, text, 'utf16le');
    expect(complaints(() => loadSettings({ file, flags: {}, env: {} }))).toEqual([
      'mfa-drift.yaml  is text in UTF-16 (save it in UTF-8)',
    ]);
  });
});

describe('flags and variables that are wrong', () => {
  it.each<[Environment, SettingFlags, string]>([
    [
      { MFA_DRIFT_LIMITS_QUOTA_SHARE: 'half' },
      {},
      'MFA_DRIFT_LIMITS_QUOTA_SHARE  limits.quotaShare must be a number, not "half"',
    ],
    [
      { MFA_DRIFT_REQUIRE_COVERAGE: 'no' },
      {},
      'MFA_DRIFT_REQUIRE_COVERAGE  requireCoverage must be true or false, not "no"',
    ],
    [{ MFA_DRIFT_REMEDIATION: 'OFF' }, {}, 'MFA_DRIFT_REMEDIATION  must be off or on, not "OFF"'],
    [
      { MFA_DRIFT_REMEDIATON: 'off' },
      {},
      'MFA_DRIFT_REMEDIATON  is not a variable of mfa-drift (did you mean MFA_DRIFT_REMEDIATION?)',
    ],
    [
      { MFA_DRIFT_FAIL_ON: 'bad' },
      {},
      'MFA_DRIFT_FAIL_ON  failOn must be critical, high, medium, low or info, not "bad"',
    ],
    [{}, { 'remediation.allow': ['all'] }, '--allow  must be tightening, disruptive or weakening, not "all"'],
    [{}, { 'remediation.maxChanges': -1 }, '--max-changes  remediation.maxChanges must be at least 0, not -1'],
  ])('%j %j', (env, flags, complaint) => {
    expect(complaints(() => load('', env, flags))).toEqual([complaint]);
  });

  it('do not hide what is wrong in the file', () => {
    expect(
      complaints(() => load('failOn: hihg', { MFA_DRIFT_REMEDIATION: 'no' }, { 'remediation.maxUsers': -1 })),
    ).toHaveLength(3);
  });
});

describe('a value that only AWS can tell to be wrong', () => {
  it('gets its place in the file, and none where a flag brought it', () => {
    const file = fileWith(`${head}regions: [eu-west-1, eu-west-9]\n`);
    const error = withLocations(new UnknownTextError(['eu-west-9'], 'is no region', 'see aws account list-regions'), [
      file,
    ]);
    expect(renderComplaints(complaintsOf(error)).replaceAll(`${folder}/`, '')).toBe(
      [
        'mfa-drift.yaml:3:22  "eu-west-9" is no region',
        '   2 │ kind: Config',
        '   3 │ regions: [eu-west-1, eu-west-9]',
        '     │                      ^^^^^^^^^ see aws account list-regions',
        '1 error in 1 file; nothing was read or changed.',
        '',
      ].join('\n'),
    );
    const byFlag = new UnknownTextError(['us-west-9'], 'is no region', 'look it up');
    expect(withLocations(byFlag, [file])).toBe(byFlag);
  });
});
