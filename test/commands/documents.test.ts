/** What `show`, `doctor`, `policy check` and `policy test` say to programs. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import { member, smallFleet } from '../sandbox/small-fleet.ts';
import { temporaryFolder } from '../temporary.ts';

const poolId = 'eu-west-1_Customers';
const arn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/${poolId}`;
const head = 'apiVersion: mfa-drift/v1';

/** What the document on standard output says, held against the schema that is published for it. */
async function documentOf(name: string, { stdout }: Pick<Ended, 'stdout'>) {
  const schema: object = JSON.parse(await readFile(`policies/schemas/${name}.schema.json`, 'utf8'));
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  const document = JSON.parse(stdout);
  validate(document);
  expect(validate.errors).toBeNull();
  return document;
}

async function files(texts: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return folder;
}

const required = `${head}\nkind: Policy\nname: required\nseverity: high\nexpect: { MfaConfiguration: "ON" }\n`;
const elsewhere = `${head}\nkind: Policy\nname: elsewhere\nmatch: { regions: [us-*] }\nexpect: {}\n`;

describe('policy check --report json', () => {
  it('lists policies, exceptions and warnings', async () => {
    const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    const excused = `${head}\nkind: Exceptions\nexceptions:\n  - { match: { pools: [${poolId}] }, reason: later, owner: me, expires: ${soon} }\n`;
    const folder = await files({ 'a.yaml': required, 'b.yaml': elsewhere, 'c.yaml': excused });
    const ended = await run(['policy', 'check', '--policies', folder, '--report', 'json'], {});
    expect(ended.exitCode).toBe(0);
    const document = await documentOf('policy-check-report', ended);
    expect(document).toMatchObject({
      valid: true,
      configuration: null,
      errors: [],
      policies: [
        { name: 'elsewhere', severity: 'medium', file: join(folder, 'b.yaml'), line: 3 },
        { name: 'required', severity: 'high' },
      ],
      exceptions: [{ reason: 'later', expires: soon, expired: false, hold: false }],
      warnings: [{ code: 'self-contradiction' }, { code: 'exception-expiring', file: join(folder, 'c.yaml'), line: 4 }],
    });
    expect(document.policySetSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says where files are wrong, on both streams, and ends as without it', async () => {
    const folder = await files({ 'a.yaml': required.replace('MfaConfiguration', 'MfaConfigurtion') });
    const out: string[] = [];
    const args = ['policy', 'check', '--policies', folder, '--report', 'json'];
    await expect(
      run(args, {}, { spoil: (_name, output) => ({ ...output, write: async (text) => void out.push(text) }) }),
    ).rejects.toThrow(/a\.yaml:5:11 {2}MfaConfigurtion is not a field/);
    const document = await documentOf('policy-check-report', { stdout: out.join('') });
    expect(document).toMatchObject({
      valid: false,
      policySetSha256: null,
      policies: [],
      errors: [{ file: join(folder, 'a.yaml'), line: 5, column: 11, hint: 'did you mean MfaConfiguration?' }],
    });
  });

  it('says why where no file is to blame', async () => {
    const out: string[] = [];
    const folder = await files({});
    const args = ['policy', 'check', '--policies', folder, '--report', 'json'];
    await expect(
      run(args, {}, { spoil: (_name, output) => ({ ...output, write: async (text) => void out.push(text) }) }),
    ).rejects.toThrow(`No policy in ${folder}.`);
    const document = await documentOf('policy-check-report', { stdout: out.join('') });
    expect(document.errors).toEqual([
      { file: null, line: null, column: null, hint: null, message: expect.stringContaining(`No policy in ${folder}.`) },
    ]);
  });
});

describe('policy test --report json', () => {
  const tests = `${head}
kind: PolicyTest
cases:
  - { name: is on, config: { MfaConfiguration: "ON" }, expect: compliant }
  - { name: is optional, config: { MfaConfiguration: OPTIONAL }, expect: compliant }
  - { name: is off, config: { MfaConfiguration: "OFF" }, expect: [{ policy: required, path: MfaConfiguration }] }
`;

  it('has each case with what was wanted, what came and the line of the policy, in a file beside the table', async () => {
    const folder = await files({ 'p.yaml': required, 'p.test.yaml': tests });
    const file = join(folder, 'out.json');
    const ended = await run(
      ['policy', 'test', '--policies', folder, '--report', 'table', '--report', `json=${file}`],
      {},
    );
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout).toContain('FAILED  1 of 3 cases');
    const document = await documentOf('policy-test-report', { stdout: await readFile(file, 'utf8') });
    expect(document).toMatchObject({ passed: false, summary: { cases: 3, failed: 1 }, errors: [] });
    expect(document.cases.map(({ name, passed }: { name: string; passed: boolean }) => [name, passed])).toEqual([
      ['is on', true],
      ['is optional', false],
      ['is off', true],
    ]);
    expect(document.cases[1]).toMatchObject({
      line: 5,
      wanted: 'compliant',
      got: [{ policy: 'required', path: 'MfaConfiguration' }],
      mismatches: [{ kind: 'unexpected', expected: 'ON', actual: 'OPTIONAL', file: join(folder, 'p.yaml'), line: 5 }],
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('says that a file is wrong', async () => {
    const folder = await files({ 'p.yaml': required, 'p.test.yaml': tests.replace('compliant', 'complaint') });
    const out: string[] = [];
    await expect(
      run(
        ['policy', 'test', '--policies', folder, '--report', 'json'],
        {},
        {
          spoil: (name, output) =>
            name === 'stdout' ? { ...output, write: async (text) => void out.push(text) } : output,
        },
      ),
    ).rejects.toThrow('complaint');
    const document = await documentOf('policy-test-report', { stdout: out.join('') });
    expect(document).toMatchObject({ passed: false, cases: [], summary: { cases: 0, failed: 0 } });
    expect(document.errors).not.toEqual([]);
  });
});

describe('policy test --template --report json', () => {
  const template = `Parameters:
  Mode: { Type: String, AllowedValues: ['ON', OPTIONAL] }
  Stage: { Type: String, Default: dev }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Role: { Type: AWS::IAM::Role }
  Off: { Type: AWS::Cognito::UserPool, Properties: { UserPoolName: plain } }
  Open:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: !Ref Mode
      EnabledMfas: [SMS_MFA]
      SmsConfiguration: { SnsCallerArn: !GetAtt Role.Arn, ExternalId: a-secret }
  Never: { Type: AWS::Cognito::UserPool, Condition: IsProd }
  Setter: { Type: Custom::Mfa, Properties: { action: setUserPoolMfaConfig } }
`;

  const judge = async (text: string, folder: string) => {
    await writeFile(join(folder, 't.yaml'), text);
    const out: string[] = [];
    const args = ['policy', 'test', '--policies', join(folder, 'p.yaml'), '--template', join(folder, 't.yaml')];
    const ended = await run(
      [...args, '--report', 'json'],
      {},
      {
        spoil: (name, output) =>
          name === 'stdout' ? { ...output, write: async (piece) => void out.push(piece) } : output,
      },
    ).catch((error: unknown) => ({ error }));
    return { ended, document: await documentOf('template-report', { stdout: out.join('') }) };
  };

  it('has what each pool would be, by which line it drifts, and what only the deployment decides', async () => {
    const folder = await files({ 'p.yaml': required });
    const { ended, document } = await judge(template, folder);
    expect(ended).toMatchObject({ exitCode: 3 });
    const file = join(folder, 't.yaml');
    expect(document).toMatchObject({ exitCode: 3, summary: { pools: 2, drifting: 1, unknown: 2 }, errors: [] });
    const [{ pools, ...rest }] = document.templates;
    expect(rest).toEqual({
      file,
      unjudged: [{ file, line: 16, column: 3, what: expect.stringContaining('Setter: is a custom resource') }],
      notMade: [{ file, line: 15, column: 3, what: 'Never: the condition IsProd does not hold' }],
      defaults: { Stage: 'dev' },
      unsaid: { Mode: 'ON, OPTIONAL' },
    });
    expect(pools[0]).toMatchObject({
      logicalId: 'Off',
      line: 8,
      poolName: 'plain',
      verdict: 'drift',
      config: { MfaConfiguration: 'OFF' },
      doubts: [],
      policies: [{ name: 'required', checks: [{ verdict: 'misses', expected: 'ON', actual: 'OFF', line: 5 }] }],
    });
    expect(pools[1]).toMatchObject({
      logicalId: 'Open',
      poolName: null,
      verdict: 'unknown',
      doubts: [expect.any(String)],
    });
    expect(pools[1].config.MfaConfiguration).toBeNull();
    expect(pools[1].unknown).toContainEqual({
      path: 'MfaConfiguration',
      why: expect.stringContaining('the parameter Mode'),
      possible: ['ON', 'OPTIONAL'],
    });
  });

  it('has no value where a text is known once it is deployed, and never the external id of the SMS role', async () => {
    const folder = await files({ 'p.yaml': required });
    const { document } = await judge(template, folder);
    const { config, unknown } = document.templates[0].pools[1];
    expect(config.SmsMfaConfiguration.SmsConfiguration.SnsCallerArn).toBeNull();
    expect(unknown.map(({ path }: { path: string }) => path)).toContain('UserPool.SmsConfiguration.SnsCallerArn');
    expect(JSON.stringify(document)).not.toContain('a-secret');
  });

  it('says where no deployment would take it', async () => {
    const folder = await files({ 'p.yaml': required });
    const { ended, document } = await judge(template.replace('SMS_MFA', 'BOGUS'), folder);
    expect(ended).toMatchObject({ error: { message: expect.stringContaining('BOGUS') } });
    expect(document).toMatchObject({
      exitCode: 1,
      templates: [],
      errors: [{ file: join(folder, 't.yaml'), line: 13, hint: expect.stringContaining('SMS_MFA') }],
    });
  });
});

describe('against AWS', () => {
  const secret = 'a-secret-external-id';
  let sandbox: Sandbox;
  beforeAll(async () => {
    const fleet = smallFleet({
      roles: { MfaDriftAudit: {} },
      templates: {
        totp: {
          mfa: {
            MfaConfiguration: 'OPTIONAL',
            SmsMfaConfiguration: {
              SmsAuthenticationMessage: 'code {####}',
              SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${member}:role/sms`, ExternalId: secret },
            },
          },
        },
      },
    });
    sandbox = await startSandbox({ fleet: fleetFrom(fleet) });
  });
  afterAll(() => sandbox.close());

  const perform = (...args: readonly string[]) => run([...args, '--log-level', 'error'], sandbox.environment);

  it('show --report json has the pool, every policy with its checks, and the factors', async () => {
    const folder = await files({ 'a.yaml': required, 'b.yaml': elsewhere });
    const ended = await perform('show', arn, '--policies', folder, '--report', 'json');
    expect(ended.exitCode).toBe(0);
    const document = await documentOf('show-report', ended);
    expect(document).toMatchObject({
      account: { id: member, name: 'shop-prod' },
      pool: { poolArn: arn, status: 'drifted', config: { MfaConfiguration: 'OPTIONAL' } },
      gaps: [],
      factors: { usable: ['sms'], unknown: [] },
      policies: [
        {
          name: 'required',
          matches: 'yes',
          reasons: ['every pool'],
          checks: [{ path: 'MfaConfiguration', verdict: 'misses', expected: 'ON', actual: 'OPTIONAL', line: 5 }],
        },
        { name: 'elsewhere', matches: 'no', reasons: ['regions is eu-west-1'], checks: [] },
      ],
    });
  });

  it('masks the external id of the SMS role as the page does, unless it is told not to', async () => {
    const folder = await files({ 'a.yaml': required });
    const args = ['show', arn, '--policies', folder, '--report', 'json'];
    const masked = await perform(...args);
    expect(masked.stdout).not.toContain(secret);
    expect(
      (await documentOf('show-report', masked)).pool.config.SmsMfaConfiguration.SmsConfiguration.SnsCallerArn,
    ).toBe(`arn:aws:iam::${member}:role/sms`);
    const whole = await perform(...args, '--no-redact');
    expect((await documentOf('show-report', whole)).pool.config.SmsMfaConfiguration.SmsConfiguration.ExternalId).toBe(
      secret,
    );
  });

  it('doctor --report json has what can be read, and each gap with what to do', async () => {
    const folder = await files({
      'a.yaml': required,
      'mfa-drift.yaml': `${head}\nkind: Config\naccounts: { ids: ["${member}", "999999999999"] }\nregions: [eu-west-1]\n`,
    });
    const config = ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'a.yaml')];
    const ended = await perform('doctor', ...config, '--report', 'json');
    expect(ended.exitCode).toBe(3);
    const document = await documentOf('doctor-report', ended);
    expect(document).toMatchObject({
      exitCode: 3,
      interrupted: false,
      organizationId: 'o-exampleorg',
      policies: { count: 1, paths: [join(folder, 'a.yaml')] },
      accounts: { listed: 2, audited: 1, skipped: 0, failed: 1 },
      pools: 1,
      writing: null,
      gaps: [{ scope: 'account', accountId: '999999999999', code: 'AccessDenied', accepted: null }],
    });
    expect(document.gaps[0].remedy).toContain('MfaDriftAudit');
    const well = await perform('doctor', ...config, '--account', member, '--report', 'json=-');
    expect(await documentOf('doctor-report', well)).toMatchObject({ exitCode: 0, gaps: [] });
  });

  it.each([
    ['show', [arn]],
    ['doctor', []],
    ['policy check', []],
    ['policy test', []],
  ])(
    '%s refuses a format that it has not, and two reports on standard output, before it asks anything',
    async (command, args) => {
      const words = [...command.split(' '), ...args, '--policies', resolve('policies')];
      await expect(run([...words, '--report', 'jsn'], {})).rejects.toThrow(
        '--report jsn: formats here are table, json. Did you mean json?',
      );
      await expect(run([...words, '--report', 'json', '--report', 'table'], {})).rejects.toThrow(
        'Only one report can go to standard output',
      );
    },
  );
});
