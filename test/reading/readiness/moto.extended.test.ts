/**
 * moto_server, which nobody here wrote, holds users and lets them sign in: whoever it asks for a second factor is ready, and
 * whoever it asks to set one up must enrol. It knows TOTP and SMS, and no AdminGetUserAuthFactors, which is denied here.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { altered } from '../../altered-answers.ts';
import { askCognito, doneByCognito, startMoto, type MotoServer } from '../../conformance/moto-server.ts';
import { run } from '../../end-to-end/in-process.ts';
import { without } from '../../programs.ts';

const region = 'us-east-1';
const password = 'Correct-Horse-1';
const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::123456789012:role/service-role/sms', ExternalId: 'a1b2c3' };
const factors = {
  SoftwareTokenMfaConfiguration: { Enabled: true },
  SmsMfaConfiguration: { SmsAuthenticationMessage: 'Your code is {####}', SmsConfiguration },
};

interface Group {
  readonly count: number;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly totp?: boolean;
  readonly sms?: boolean;
  readonly preferred?: 'totp' | 'sms';
  readonly is?: 'disabled' | 'unconfirmed';
}

/** More than a page of ListUsers. */
const groups: readonly Group[] = [
  { count: 23, totp: true, preferred: 'totp' },
  { count: 17, sms: true, preferred: 'sms', attributes: { phone_number: '+15550100' } },
  { count: 5, totp: true, sms: true, preferred: 'sms', attributes: { phone_number: '+15550100' } },
  { count: 11 },
  { count: 7, attributes: { email: 'somebody@example.com' } },
  { count: 3, totp: true, preferred: 'totp', is: 'disabled' },
  { count: 2, is: 'unconfirmed' },
];

const missing = without('moto');

describe.skipIf(missing !== '')(`against moto${missing}`, () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  const call = (operation: string, input: object) => askCognito(moto, region, operation, input);
  const done = (operation: string, input: object) => doneByCognito(moto, region, operation, input);

  async function newPool(): Promise<{ UserPoolId: string; ClientId: string }> {
    const AccountRecoverySetting = { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] };
    const { UserPool } = await done('CreateUserPool', {
      PoolName: 'customers',
      AccountRecoverySetting,
      SmsConfiguration,
    });
    const UserPoolId = textIn(UserPool, 'Id');
    await done('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OPTIONAL', ...factors });
    const { UserPoolClient } = await done('CreateUserPoolClient', { UserPoolId, ClientName: 'app' });
    return { UserPoolId, ClientId: textIn(UserPoolClient, 'ClientId') };
  }

  type Pool = Awaited<ReturnType<typeof newPool>>;

  async function newUser({ UserPoolId, ClientId }: Pool, Username: string, group: Group): Promise<void> {
    const { attributes = {}, totp = false, sms = false, preferred, is } = group;
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    if (is === 'unconfirmed') {
      await done('SignUp', { ClientId, Username, Password: password, UserAttributes });
      return;
    }
    const user = { UserPoolId, Username };
    await done('AdminCreateUser', { ...user, UserAttributes, MessageAction: 'SUPPRESS' });
    await done('AdminSetUserPassword', { ...user, Password: password, Permanent: true });
    if (totp) {
      const AccessToken = textIn((await signIn(ClientId, Username))['AuthenticationResult'], 'AccessToken');
      await done('AssociateSoftwareToken', { AccessToken });
      await done('VerifySoftwareToken', { AccessToken, UserCode: '123456' });
    }
    const preference = (isOn: boolean, name: string) =>
      isOn ? { Enabled: true, PreferredMfa: preferred === name } : undefined;
    if (totp || sms)
      await done('AdminSetUserMFAPreference', {
        ...user,
        SoftwareTokenMfaSettings: preference(totp, 'totp'),
        SMSMfaSettings: preference(sms, 'sms'),
      });
    if (is === 'disabled') await done('AdminDisableUser', user);
  }

  async function signIn(ClientId: string, USERNAME: string): Promise<JsonObject> {
    const AuthParameters = { USERNAME, PASSWORD: password };
    const { answer } = await call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    return answer;
  }

  /** What moto asks of whoever signs in with SRP: of its two ways to sign in the one that tells who has no factor. */
  async function askedWithSrp(ClientId: string, USERNAME: string): Promise<string> {
    const AuthParameters = { USERNAME, SRP_A: 'a1' };
    const { answer } = await call('InitiateAuth', { ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters });
    if (answer['ChallengeName'] !== 'PASSWORD_VERIFIER') return 'refused';
    const ChallengeResponses = {
      USERNAME,
      PASSWORD_CLAIM_SIGNATURE: 's',
      PASSWORD_CLAIM_SECRET_BLOCK: answer['Session'],
      TIMESTAMP: 't',
    };
    const ChallengeName = 'PASSWORD_VERIFIER';
    const { answer: next } = await call('RespondToAuthChallenge', { ClientId, ChallengeName, ChallengeResponses });
    return textIn(next, 'ChallengeName');
  }

  async function outcome(ClientId: string, name: string): Promise<string> {
    const withPassword = (await signIn(ClientId, name))['ChallengeName'];
    if (withPassword === 'SOFTWARE_TOKEN_MFA' || withPassword === 'SMS_MFA') return 'ready';
    const withSrp = await askedWithSrp(ClientId, name);
    return withSrp === 'MFA_SETUP' ? 'must-enrol' : withSrp;
  }

  test('who is ready and who must enrol is whom moto asks for a factor, and to set one up', async () => {
    const pool = await newPool();
    const names = groups.flatMap((group, index) =>
      Array.from({ length: group.count }, (_, each) => ({ name: `user-${index}-${each}`, group })),
    );
    for (const { name, group } of names) await newUser(pool, name, group);

    const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: region };
    const environment = await altered({ ...keys, AWS_ENDPOINT_URL: moto.url }, (_answer, { operation }) =>
      operation === 'AdminGetUserAuthFactors'
        ? {
            status: 400,
            headers: { 'content-type': 'application/x-amz-json-1.1' },
            body: '{"__type":"AccessDeniedException","message":"no"}',
          }
        : null,
    );
    const where = ['--account', '123456789012', '--region', region];
    const flags = ['--allow-billed-reads', '--report', 'json', '--log-level', 'error'];
    const measured = await run(['readiness', pool.UserPoolId, ...where, ...flags], environment);
    expect(measured.exitCode, measured.stderr).toBe(0);
    const [{ readiness }] = JSON.parse(measured.stdout).pools;

    await done('SetUserPoolMfaConfig', { UserPoolId: pool.UserPoolId, MfaConfiguration: 'ON', ...factors });
    const outcomes: Record<string, number> = {};
    for (const { name } of names) {
      const found = await outcome(pool.ClientId, name);
      outcomes[found] = (outcomes[found] ?? 0) + 1;
    }

    // moto does not ask how an account is recovered: it reads the guide's open question as we do in the lenient reading.
    const { ready, 'must-enrol': mustEnrol } = readiness.outcomes.lenient;
    expect({ ready, mustEnrol, refused: 5 }).toEqual({
      ready: outcomes['ready'],
      mustEnrol: outcomes['must-enrol'],
      refused: outcomes['refused'],
    });
    // 23 + 17 + 5, and 11 + 7.
    expect(outcomes).toEqual({ ready: 45, 'must-enrol': 18, refused: 5 });
    expect(readiness.listed).toEqual({ local: 63, federated: 0, disabled: 3, unconfirmed: 2 });
    expect(readiness).toMatchObject({ population: 63, asked: 63, pages: 2, billed: 63 });
  }, 300_000);
});

function textIn(value: unknown, name: string): string {
  const found = (value as JsonObject)[name];
  if (typeof found !== 'string') throw new Error(`moto gave no ${name}`);
  return found;
}
