/** What keeps somebody from signing in is a sentence with the profile or variable, and the file. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAuthority, type Authority } from './authority.ts';
import { hosts, openStage, signIn, type Stage } from './stage.ts';
import { inAnHour } from './services.ts';

let authority: Authority;
beforeAll(() => void (authority = createAuthority(hosts)));
afterAll(() => authority.remove());

const role = 'role_arn = arn:aws:iam::111122223333:role/A';
const sso = 'sso_account_id = 111122223333\nsso_role_name = Audit';
const session = '[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start';
const keys = 'aws_access_key_id = K\naws_secret_access_key = s';

async function refusal(stage: Stage, profile: string | null): Promise<string> {
  const outcome = signIn(stage.bundle, { profile, isHasty: true }).then(() => 'signed in', String);
  return (await outcome).replaceAll(stage.file('.keep', '').replace('/.keep', ''), '~');
}

describe('a profile', () => {
  it.each<[string, string, string]>([
    [
      'that is not there',
      `[profile b]\n${keys}`,
      'UserError: --profile: there is no profile "a" with settings in ~/.aws/config and ~/.aws/credentials; did you mean "b"?',
    ],
    [
      'whose sso_session is not there',
      `[profile a]\nsso_session = crop\n${sso}\n${session}`,
      'UserError: profile "a" (~/.aws/config): sso_session: there is no [sso-session crop]. Name one that is there; did you mean "corp"?',
    ],
    [
      'whose sso_session is half there',
      `[profile a]\nsso_session = corp\n${sso}\n[sso-session corp]\nsso_region = us-east-1`,
      'UserError: profile "a" (~/.aws/config): sso_start_url missing for SSO. Run aws configure sso once more (AWS CLI 2).',
    ],
    [
      'that never signed in with SSO',
      `[profile a]\nsso_session = corp\n${sso}\n${session}`,
      'UserError: profile "a" (~/.aws/config): The SSO session token associated with profile=a was not found or is invalid. Sign in: aws sso login --profile a (AWS CLI 2)',
    ],
    [
      'that is its own source, with no keys',
      `[profile a]\n${role}\nsource_profile = a`,
      'UserError: profile "a" (~/.aws/config): source_profile goes in a circle: a → a. Let one of them name credentials of its own.',
    ],
    [
      'whose sources go in a circle',
      `[profile a]\n${role}\nsource_profile = b\n[profile b]\n${role}\nsource_profile = c\n[profile c]\n${role}\nsource_profile = b`,
      'UserError: profile "c" (~/.aws/config): source_profile goes in a circle: a → b → c → b. Let one of them name credentials of its own.',
    ],
    [
      'whose source is not there',
      `[profile a]\n${role}\nsource_profile = bas\n[profile base]\n${keys}`,
      'UserError: profile "a" (~/.aws/config): source_profile: there is no profile "bas" in ~/.aws/config and ~/.aws/credentials. Name one that is there; did you mean "base"?',
    ],
    [
      'whose source names no credentials',
      `[profile a]\n${role}\nsource_profile = base\n[profile base]\nregion = eu-west-1`,
      'UserError: profile "base" (~/.aws/config): it names no credentials, and is the source of another profile. Add them there.',
    ],
    [
      'with a role and no source',
      `[profile a]\n${role}`,
      'UserError: profile "a" (~/.aws/config): role_arn says no source. Add source_profile, credential_source or web_identity_token_file.',
    ],
    [
      'with two sources',
      `[profile a]\n${role}\nsource_profile = b\ncredential_source = Environment`,
      'UserError: profile "a" (~/.aws/config): it names both source_profile and credential_source. Leave one of them.',
    ],
    [
      'with a source that nobody knows',
      `[profile a]\n${role}\ncredential_source = Lambda`,
      'UserError: profile "a" (~/.aws/config): credential_source is "Lambda". Write one of Environment, EcsContainer, Ec2InstanceMetadata.',
    ],
    [
      'whose source is an environment without keys',
      `[profile a]\n${role}\ncredential_source = Environment`,
      'UserError: profile "a" (~/.aws/config): credential_source is Environment, and there are none. Name another source.',
    ],
    [
      'that asks for a code',
      `[profile a]\n${role}\nsource_profile = b\nmfa_serial = arn:aws:iam::1:mfa/me\n[profile b]\n${keys}`,
      'UserError: profile "a" (~/.aws/config): mfa_serial (arn:aws:iam::1:mfa/me) asks for a code, and there is no terminal to type it at. Sign in at one first: eval "$(aws configure export-credentials --profile a --format env)" with the AWS CLI 2, or aws sts assume-role with version 1, which has no such command (docs/signing-in.md, "A device that shows a code"). What runs by itself signs in without a device: a role by OIDC or of the machine (docs/signing-in.md).',
    ],
    [
      'with a session of no length',
      `[profile a]\n${role}\nsource_profile = b\nduration_seconds = 1h\n[profile b]\n${keys}`,
      'UserError: profile "a" (~/.aws/config): duration_seconds is "1h". Write a number from 900 to 43200.',
    ],
    [
      'with half a pair of keys',
      '[profile a]\naws_access_key_id = K',
      'UserError: profile "a" (~/.aws/config): aws_secret_access_key is missing. Write both keys, or neither.',
    ],
    [
      'whose token is not there',
      `[profile a]\n${role}\nweb_identity_token_file = /no/token`,
      'UserError: profile "a" (~/.aws/config): the token /no/token does not exist. Check the path and who may read it.',
    ],
    [
      'whose token has no end',
      `[profile a]\n${role}\nweb_identity_token_file = /dev/zero`,
      'UserError: profile "a" (~/.aws/config): the token /dev/zero is a device, not a file. Check the path and who may read it.',
    ],
    [
      'whose services are not there',
      `[profile a]\n${keys}\nservices = locl\n[services local]\nsts =\n  endpoint_url = http://127.0.0.1:1`,
      'UserError: services = locl of the profile: there is no [services locl] in the configuration file. Name one that is there.',
    ],
    [
      'that says nothing of credentials',
      '[profile a]\nregion = eu-west-1',
      'UserError: No AWS credentials were found: profile "a" names none in ~/.aws/config and ~/.aws/credentials, there is no web identity and no container, no metadata service was asked (AWS_EC2_METADATA_DISABLED). Sign in (aws sso login, AWS CLI 2), set AWS_PROFILE or --profile, or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    ],
  ])('%s', async (_what, config, sentence) => {
    const stage = await openStage(authority);
    stage.file('.aws/config', `${config}\n`);
    expect(await refusal(stage, 'a')).toBe(sentence);
    expect(stage.proxied).toEqual([]);
  });

  it('that AWS_PROFILE names and that is not there is never replaced by other credentials', async () => {
    const stage = await openStage(authority);
    vi.stubEnv('AWS_PROFILE', 'prd');
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'https://agent.example.test/');
    stage.file('.aws/credentials', `[prod]\n${keys}\n`);
    expect(await refusal(stage, null)).toMatch(
      /^UserError: AWS_PROFILE: there is no profile "prd" .*did you mean "prod"\?$/,
    );
  });

  it('in a file that cannot be read names the file', async () => {
    const stage = await openStage(authority);
    stage.file('.aws/config/folder', '');
    expect(await refusal(stage, null)).toMatch(/^UserError: ~\/\.aws\/config: it is a folder\./);
  });

  it('in a pipe that nobody writes into is not waited for', async () => {
    const stage = await openStage(authority);
    const pipe = stage.file('.aws/config', '');
    rmSync(pipe);
    execFileSync('mkfifo', [pipe]);
    expect(await refusal(stage, null)).toBe(
      'UserError: ~/.aws/config: it is a pipe. Name the file: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE.',
    );
  });

  it.each([
    ['a token cache that is no JSON', '{"accessToken":'],
    ['a token cache that is null', 'null'],
    ['a token that ends at no date', '{"accessToken":"a","expiresAt":"tomorrow","clientId":"c"}'],
  ])('with %s is asked to sign in again', async (_what, cache) => {
    const stage = await openStage(authority);
    stage.file('.aws/config', `[profile a]\nsso_session = corp\n${sso}\n${session}\n`);
    stage.file(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`, cache);
    expect(await refusal(stage, 'a')).toMatch(
      /^UserError: profile "a" \(~\/\.aws\/config\): .*\. Sign in: aws sso login --profile a \(AWS CLI 2\)$/,
    );
  });

  it.each<[number, string]>([
    [401, 'UnauthorizedException'],
    [403, 'ForbiddenException'],
  ])('whose SSO answers %i %s says so', async (status, name) => {
    const refuse: RequestListener = (_, response) =>
      void response.writeHead(status, { 'x-amzn-errortype': name }).end('{"message":"No access"}');
    const stage = await openStage(authority, refuse);
    stage.file('.aws/config', `[profile a]\nsso_session = corp\n${sso}\n${session}\n`);
    const token = JSON.stringify({ accessToken: 'a', expiresAt: inAnHour().toISOString(), clientId: 'c' });
    stage.file(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`, token);
    const sentence = await refusal(stage, 'a');
    expect(sentence).toContain(
      `profile "a" (~/.aws/config): sso:GetRoleCredentials: ${name}: No access. Sign in again (aws sso login --profile a, AWS CLI 2), and see that Audit of account 111122223333 is yours.`,
    );
  });

  it('whose role refuses names the role, and the profile that asks', async () => {
    const body = '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>';
    const stage = await openStage(authority, (_, response) => void response.writeHead(403).end(body));
    stage.file('.aws/config', `[profile a]\n${role}\nsource_profile = b\n[profile b]\n${keys}\n`);
    expect(await refusal(stage, 'a')).toContain(
      'profile "a" (~/.aws/config): sts:AssumeRole: AccessDenied: not you. Check role_arn (arn:aws:iam::111122223333:role/A), and that its trust policy names who assumes it.',
    );
  });
});

describe('credential_process', () => {
  const printing = (value: object): string => `echo '${JSON.stringify(value)}'`;
  const good = { Version: 1, AccessKeyId: 'PROCESS', SecretAccessKey: 's', SessionToken: 't' };

  it('gives credentials', async () => {
    const stage = await openStage(authority);
    const command = printing({ ...good, Expiration: inAnHour().toISOString() });
    stage.file('.aws/config', `[default]\ncredential_process = ${command}\n`);
    await signIn(stage.bundle);
    expect(stage.asked.map(({ accessKeyId }) => accessKeyId)).toEqual(['PROCESS']);
  });

  it.each<[string, string, RegExp]>([
    [
      'an Expiration in words',
      printing({ ...good, Expiration: 'in an hour' }),
      /the expiration "in an hour" is no date that can be read/,
    ],
    ['an Expiration in seconds', printing({ ...good, Expiration: 1764353000 }), /the expiration 1764353000 is no date/],
    [
      'an Expiration that is past',
      printing({ ...good, Expiration: '2020-01-01T00:00:00Z' }),
      /ended at 2020-01-01T00:00:00\.000Z/,
    ],
    ['no version', printing({ ...good, Version: 2 }), /credential_process prints Version 2/],
    ['no keys', printing({ Version: 1 }), /prints no AccessKeyId and SecretAccessKey/],
    ['no JSON', 'echo hello', /prints no JSON object/],
    ['a failure', 'echo "vault: sealed" >&2; exit 7', /credential_process ends with 7: vault: sealed/],
    ['nothing that is there', '/no/such/program --secret hunter2', /credential_process ends with 127/],
  ])('that prints %s is an error, and no other credentials are taken', async (_what, command, reason) => {
    const stage = await openStage(authority);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'https://agent.example.test/');
    stage.file('.aws/config', `[default]\ncredential_process = ${command}\n`);
    const sentence = await refusal(stage, null);
    expect(sentence).toMatch(/^UserError: profile "default" \(~\/\.aws\/config\)/);
    expect(sentence).toMatch(reason);
    expect(sentence).not.toContain('--secret');
    expect(stage.proxied).toEqual([]);
  });

  it('that never ends is ended with the run', async () => {
    const stage = await openStage(authority);
    stage.file('.aws/config', '[default]\ncredential_process = exec sleep 600\n');
    const interruption = new AbortController();
    const outcome = signIn(stage.bundle, { signal: interruption.signal });
    setTimeout(() => interruption.abort(143), 200);
    await expect(outcome).rejects.toBe(143);
  });
});

describe('the environment', () => {
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      'half a pair of keys',
      { AWS_ACCESS_KEY_ID: 'K' },
      /^UserError: AWS_ACCESS_KEY_ID: it is set, and AWS_SECRET_ACCESS_KEY is not\. Export both/,
    ],
    [
      'an expiration that is no date',
      { AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's', AWS_CREDENTIAL_EXPIRATION: 'soon' },
      /^UserError: AWS_CREDENTIAL_EXPIRATION: the expiration "soon" is no date that can be read\. Write it in ISO 8601/,
    ],
    [
      'a token file without a role',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' },
      /^UserError: AWS_WEB_IDENTITY_TOKEN_FILE: it is set, and AWS_ROLE_ARN is not/,
    ],
    [
      'a container URL that would send its token in the clear',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://example.com/credentials' },
      /^UserError: AWS_CONTAINER_CREDENTIALS_FULL_URI: it is no URL that credentials may be asked of\./,
    ],
    [
      'a container token that is not there',
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'https://agent.example.test/',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/no/token',
      },
      /^UserError: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: \/no\/token does not exist\. Check/,
    ],
    [
      'a container token that has no end',
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'https://agent.example.test/',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/dev/zero',
      },
      /^UserError: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: \/dev\/zero is a device, not a file\./,
    ],
    [
      'a configuration file that has no end',
      { AWS_CONFIG_FILE: '/dev/zero' },
      /^UserError: \/dev\/zero: it is a device\. Name the file: AWS_CONFIG_FILE/,
    ],
    ...Object.entries({
      AWS_ACCESS_KEY_ID: { AWS_ACCESS_KEY_ID: 'K\r', AWS_SECRET_ACCESS_KEY: 's' },
      AWS_SECRET_ACCESS_KEY: { AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's\n' },
      AWS_SESSION_TOKEN: { AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: ' t' },
    }).map(([name, environment]): [string, Readonly<Record<string, string>>, RegExp] => [
      `a blank or a line end in ${name}`,
      environment,
      new RegExp(`^UserError: ${name}: there is a blank or a line end in it\\. Export it anew, without\\.$`),
    ]),
    [
      'a line end in AWS_REGION',
      { AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'eu-west-1\r' },
      /^UserError: "eu-west-1\\r" is no region \(AWS_REGION, or region of the profile\)\./,
    ],
  ])('with %s is an error', async (_what, environment, sentence) => {
    const stage = await openStage(authority);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(await refusal(stage, null)).toMatch(sentence);
    expect(stage.proxied).toEqual([]);
  });

  it.each<[string, RequestListener, RegExp]>([
    [
      'refuses',
      (_, response) => void response.writeHead(403).end('{"Code":"AccessDenied","Message":"no role"}'),
      /AWS_CONTAINER_CREDENTIALS_FULL_URI: container:GetCredentials: ContainerCredentialsError: HTTP 403: no role\. See that the container has a role/,
    ],
    [
      'answers with a page',
      (_, response) => void response.end('<html></html>'),
      /MalformedAnswer: the answer is HTML or XML/,
    ],
    ['gives no keys', (_, response) => void response.end('{}'), /what answers there gives no credentials/],
    [
      'gives an expiration that is no date',
      (_, response) => void response.end('{"AccessKeyId":"C","SecretAccessKey":"s","Token":"t","Expiration":"never"}'),
      /the expiration "never" is no date that can be read/,
    ],
    [
      'gives a token with a line end',
      (_, response) => void response.end('{"AccessKeyId":"C","SecretAccessKey":"s","Token":"t\\n"}'),
      /^UserError: the credentials: there is a character in their session token that is in none\. Sign in again\.$/,
    ],
    [
      'gives a key in letters of another script',
      (_, response) => void response.end('{"AccessKeyId":"К","SecretAccessKey":"s","Token":"t"}'),
      /^UserError: the credentials: there is a character in their access key id that is in none\./,
    ],
  ])('whose container %s is an error', async (_what, listener, sentence) => {
    const agent = createServer(listener);
    await new Promise<void>((resolve) => void agent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void agent.close());
    const stage = await openStage(authority);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `http://127.0.0.1:${(agent.address() as AddressInfo).port}/c`);
    expect(await refusal(stage, null)).toMatch(sentence);
  });
});
