/** The ways to sign in, and what each asks of AWS. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { vi } from 'vitest';
import { inAnHour } from './services.ts';
import type { Stage } from './stage.ts';

const ended = (): string => new Date(Date.now() - 60_000).toISOString();
const sts = 'sts.eu-west-1.amazonaws.com';
const portal = 'portal.sso.us-east-1.amazonaws.com';

/** The SDK asks for a new token of one session no sooner than 30 seconds after the last time. */
let sessions = 0;

const ssoProfile = (session: string): string => `[profile sso]
sso_session = ${session}
sso_account_id = 111122223333
sso_role_name = Audit
[sso-session ${session}]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
`;

function ssoToken(stage: Stage, session: string, expiresAt: string): void {
  const name = createHash('sha1').update(session).digest('hex');
  const token = { accessToken: 'a', expiresAt, clientId: 'c', clientSecret: 's', refreshToken: 'r' };
  stage.file(`.aws/sso/cache/${name}.json`, JSON.stringify(token));
}

function loginToken(stage: Stage, session: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const accessToken = {
    accessKeyId: 'OLD',
    secretAccessKey: 's',
    sessionToken: 't',
    accountId: '111122223333',
    expiresAt: ended(),
  };
  const dpopKey = privateKey.export({ format: 'pem', type: 'sec1' });
  const token = { accessToken, clientId: 'c', refreshToken: 'r', dpopKey };
  const name = createHash('sha256').update(session).digest('hex');
  stage.file(`.aws/login/cache/${name}.json`, JSON.stringify(token));
}

export interface Way {
  readonly name: string;
  readonly profile?: string;
  readonly prepare: (stage: Stage) => void;
  /** Host, operation and key of each request, in order. */
  readonly requests: readonly string[];
}

export const ways: readonly Way[] = [
  {
    name: 'keys of the environment',
    prepare() {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'KEY');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    },
    requests: [`${sts} GetCallerIdentity KEY`],
  },
  {
    name: 'SSO with a session',
    profile: 'sso',
    prepare(stage) {
      stage.file('.aws/config', ssoProfile('corp'));
      ssoToken(stage, 'corp', inAnHour().toISOString());
    },
    requests: [`${portal} GetRoleCredentials -`, `${sts} GetCallerIdentity SSO`],
  },
  {
    name: 'SSO with a session that is renewed',
    profile: 'sso',
    prepare(stage) {
      const session = `corp-${(sessions += 1)}`;
      stage.file('.aws/config', ssoProfile(session));
      ssoToken(stage, session, ended());
    },
    requests: [
      'oidc.us-east-1.amazonaws.com CreateToken -',
      `${portal} GetRoleCredentials -`,
      `${sts} GetCallerIdentity SSO`,
    ],
  },
  {
    name: 'SSO without a session',
    profile: 'old',
    prepare(stage) {
      const url = 'https://old.awsapps.com/start';
      stage.file(
        '.aws/config',
        `[profile old]\nsso_start_url = ${url}\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = A\n`,
      );
      ssoToken(stage, url, inAnHour().toISOString());
    },
    requests: [`${portal} GetRoleCredentials -`, `${sts} GetCallerIdentity SSO`],
  },
  {
    name: 'a role with a source profile',
    profile: 'role',
    prepare(stage) {
      stage.file('.aws/config', '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = base\n');
      stage.file('.aws/credentials', '[base]\naws_access_key_id = BASE\naws_secret_access_key = s\n');
    },
    requests: [`${sts} AssumeRole BASE as mfa-drift`, `${sts} GetCallerIdentity ASSUMED`],
  },
  {
    name: 'a role whose source signs in with SSO, under a session name of its own',
    profile: 'role',
    prepare(stage) {
      const role = 'role_arn = arn:aws:iam::111122223333:role/A\nrole_session_name = nightly\nsource_profile = sso\n';
      stage.file('.aws/config', `[profile role]\n${role}${ssoProfile('corp')}`);
      ssoToken(stage, 'corp', inAnHour().toISOString());
    },
    requests: [
      `${portal} GetRoleCredentials -`,
      `${sts} AssumeRole SSO as nightly`,
      `${sts} GetCallerIdentity ASSUMED`,
    ],
  },
  {
    name: 'a web identity of the environment',
    prepare(stage) {
      vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', stage.file('token', 'ey.J.x'));
      vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::111122223333:role/A');
    },
    requests: [`${sts} AssumeRoleWithWebIdentity - as mfa-drift`, `${sts} GetCallerIdentity FEDERATED`],
  },
  {
    name: 'a web identity of a profile',
    profile: 'web',
    prepare(stage) {
      const file = stage.file('token', 'ey.J.x');
      stage.file(
        '.aws/config',
        `[profile web]\nrole_arn = arn:aws:iam::111122223333:role/A\nweb_identity_token_file = ${file}\n`,
      );
    },
    requests: [`${sts} AssumeRoleWithWebIdentity - as mfa-drift`, `${sts} GetCallerIdentity FEDERATED`],
  },
  {
    name: 'aws login',
    profile: 'console',
    prepare(stage) {
      stage.file(
        '.aws/config',
        '[profile console]\nlogin_session = arn:aws:iam::111122223333:user/me\nregion = us-east-1\n',
      );
      loginToken(stage, 'arn:aws:iam::111122223333:user/me');
    },
    requests: [`us-east-1.signin.aws.amazon.com CreateOAuth2Token -`, `${sts} GetCallerIdentity LOGIN`],
  },
  {
    name: 'a container',
    prepare() {
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'https://agent.example.test/credentials?role=a');
      vi.stubEnv('AWS_CONTAINER_AUTHORIZATION_TOKEN', 'secret');
    },
    requests: ['agent.example.test GetContainerCredentials -', `${sts} GetCallerIdentity CONTAINER`],
  },
  {
    name: 'a role whose source is the environment',
    profile: 'role',
    prepare(stage) {
      stage.file(
        '.aws/config',
        '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/A\ncredential_source = Environment\n',
      );
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'KEY');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    },
    requests: [`${sts} AssumeRole KEY as mfa-drift`, `${sts} GetCallerIdentity ASSUMED`],
  },
  {
    name: 'a role whose source is the container',
    profile: 'role',
    prepare(stage) {
      stage.file(
        '.aws/config',
        '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/A\ncredential_source = EcsContainer\n',
      );
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'https://agent.example.test/credentials');
    },
    requests: [
      'agent.example.test GetContainerCredentials -',
      `${sts} AssumeRole CONTAINER as mfa-drift`,
      `${sts} GetCallerIdentity ASSUMED`,
    ],
  },
];
