/** `policy test --template`, as its user runs it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ComplaintsError } from '../../../src/errors.ts';
import { renderComplaints } from '../../../src/yaml/complaints.ts';
import { run } from '../../end-to-end/in-process.ts';
import { policy } from '../../policy-set.ts';

const folder = mkdtempSync(join(tmpdir(), 'mfa-drift-template-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, 'loose.yaml'),
  `apiVersion: mfa-drift/v1\nkind: Config\npolicies: [policies]\nrequireCoverage: false\n`,
);
mkdirSync(join(folder, 'policies'));
writeFileSync(
  join(folder, 'policies', 'p.yaml'),
  `${policy('app')}match: { organizationalUnits: ['/Prod'] }\nexpect: { MfaConfiguration: 'ON', factors: { atLeastOne: [totp] } }\n`,
);

const pool = (properties: string): string =>
  `  Customers:\n    Type: AWS::Cognito::UserPool\n    Properties:\n      UserPoolName: customers\n${properties}`;
const on = '      MfaConfiguration: "ON"\n      EnabledMfas: [SOFTWARE_TOKEN_MFA]\n';

async function test(text: string, ...flags: readonly string[]) {
  const file = join(folder, 't.yaml');
  writeFileSync(file, text);
  const args = ['policy', 'test', '--policies', join(folder, 'policies'), '--template', file, ...flags];
  const ended = await run(args, {});
  return { ...ended, stdout: ended.stdout.replaceAll(`${folder}/`, '') };
}

describe('mfa-drift policy test --template', () => {
  it('exits with 0 where every pool would hold, and shows what it would be', async () => {
    const { exitCode, stdout } = await test(`Resources:\n${pool(on)}`, '--organizational-unit', '/Prod');
    expect(stdout).toBe(
      [
        'OK  0 of 1 pool would drift',
        '',
        'Customers  t.yaml:2  holds',
        '  MfaConfiguration               ON',
        '  SoftwareTokenMfaConfiguration  Enabled true',
        '  app  medium  holds',
        '',
      ].join('\n'),
    );
    expect(exitCode).toBe(0);
  });

  it('exits with 2 where one would drift, at the line of the policy', async () => {
    const { exitCode, stdout } = await test(`Resources:\n${pool('')}`, '--organizational-unit', '/Prod');
    expect(stdout).toMatch(
      /DRIFT {2}1 of 1 pool would drift\n[\s\S]*misses +MfaConfiguration +want ON +found OFF\s+policies\/p\.yaml:5/,
    );
    expect(exitCode).toBe(2);
  });

  it('exits with 3 where something is known only at the deployment, and says what', async () => {
    const { exitCode, stdout } = await test(`Resources:\n${pool(on)}`);
    expect(stdout).toContain('asked for by policy app: organizational unit of the account');
    expect(exitCode).toBe(3);
    const parameter = `Parameters:\n  Mode: { Type: String, AllowedValues: ['ON', OPTIONAL] }\nResources:\n${pool(on.replace('"ON"', '!Ref Mode'))}`;
    const open = await test(parameter, '--organizational-unit', '/Prod');
    expect(open.stdout).toContain(
      'MfaConfiguration               not known: the parameter Mode\n      (t.yaml:2), which has no default\n',
    );
    expect(open.stdout).toContain('--parameter Mode=…  one of ON, OPTIONAL');
    expect(open.exitCode).toBe(3);
    expect((await test(parameter, '--organizational-unit', '/Prod', '--parameter', 'Mode=ON')).exitCode).toBe(0);
  });

  it('takes a pool that no policy matches for drift, unless the configuration says otherwise', async () => {
    const text = `Resources:\n${pool(on)}`;
    const { exitCode, stdout } = await test(text, '--organizational-unit', '/Dev');
    expect(stdout).toContain('no policy matches this pool');
    expect(exitCode).toBe(2);
    const loose = await test(text, '--organizational-unit', '/Dev', '--config', join(folder, 'loose.yaml'));
    expect(loose.exitCode).toBe(0);
  });

  it('refuses what no deployment would take, every fault at once', async () => {
    const text = `Resources:\n${pool('      MfaConfiguration: ON\n      EnabledMfas: [BOGUS]\n')}  Staff:\n    Type: AWS::Cognito::UserPool\n    Properties: { MfaConfiguration: REQUIRED }\n`;
    const ended = test(text);
    await expect(ended).rejects.toThrow(/t\.yaml:6:7 {2}MfaConfiguration is true.*write "ON"/);
    await expect(ended).rejects.toThrow(/t\.yaml:7:21 {2}EnabledMfas has "BOGUS"/);
    await expect(ended).rejects.toThrow(/t\.yaml:10:19 {2}MfaConfiguration is "REQUIRED".*did you mean ON\?/);
    await expect(ended).rejects.toThrow('3 errors in 1 file');
  });

  it.each([
    ['no user pool', 'Resources: { Topic: { Type: "AWS::SNS::Topic" } }', /No user pool in .*t\.yaml/],
    ['no resources', 'Parameters: {}', /is no CloudFormation template/],
    ['no YAML', 'Resources: [', /this is not YAML/],
    ['a key twice', `Resources:\n${pool(on)}      EnabledMfas: []\n`, /EnabledMfas stands here a second time/],
    [
      'a merge key, of which no deployment would make anything',
      `Resources:\n${pool('      <<: { MfaConfiguration: "ON" }\n')}`,
      /t\.yaml:6:7 {2}a merge key \(`<<`\) is not read here/,
    ],
  ])('refuses a file with %s', async (_name, text, message) => {
    await expect(test(text)).rejects.toThrow(message);
  });

  it('shows the line of what is no template, and no more of a value than it takes to know it', async () => {
    const wrong = await test(`Resources:\n${pool(on)}      EnabledMfas: []\n`).catch((error: unknown) => error);
    if (!(wrong instanceof ComplaintsError)) throw new Error('no complaints');
    expect(renderComplaints(wrong)).toMatch(/ │ {7}EnabledMfas: \[\]\n.*\^{11}/);
    const long = `      MfaConfiguration: !Join ['', [${"'OFF', ".repeat(100_000)}]]\n`;
    const ended = test(`Resources:\n${pool(long)}`);
    await expect(ended).rejects.toThrow(/MfaConfiguration is "(?:OFF){60,70}O?F?…, and must be OFF, OPTIONAL, ON/);
  });

  it('shows no external id', async () => {
    const sms =
      '      MfaConfiguration: "ON"\n      EnabledMfas: [SMS_MFA]\n      SmsConfiguration: { SnsCallerArn: !GetAtt R.Arn, ExternalId: secret-id }\n';
    const { stdout } = await test(`Resources:\n${pool(sms)}`, '--organizational-unit', '/Prod');
    expect(stdout).toContain('ExternalId');
    expect(stdout).not.toContain('secret-id');
  });

  it('acts on nothing that a template holds', async () => {
    const hostile = pool(on).replace('Customers', '"\\e[2J"');
    const { stdout } = await test(`Resources:\n${hostile}`, '--organizational-unit', '/Prod');
    expect(stdout).not.toContain('\u001B');
  });

  it('takes a place for a template alone', async () => {
    await expect(run(['policy', 'test', '--organizational-unit', '/Prod'], {})).rejects.toThrow(
      '--organizational-unit says where a template',
    );
  });
});
