import {
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { ListRegionsCommand } from '@aws-sdk/client-account';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { assume, auditRole, callerKeys, clients, keysOf, refusal, started, type Keys } from './clients.ts';
import { management, member, smallFleet } from './small-fleet.ts';

const list = new ListUserPoolsCommand({ MaxResults: 60 });

/** Every service's refusal of the same credentials. */
async function refusals(sandbox: Sandbox, keys: Keys, region = 'eu-west-1', clockOffsetMs = 0) {
  const { cognito, organizations, account, sts } = clients(sandbox, keys, region, clockOffsetMs);
  return {
    cognito: await refusal(cognito.send(list)),
    organizations: await refusal(organizations.send(new ListAccountsCommand({}))),
    account: await refusal(account.send(new ListRegionsCommand({}))),
    sts: await refusal(sts.send(new GetCallerIdentityCommand({}))),
  };
}

describe('who is asking', () => {
  it('with a wrong secret is refused by every service, in its own words', async () => {
    const sandbox = await started(smallFleet());
    const answers = await refusals(sandbox, { ...callerKeys(sandbox), secretAccessKey: 'wrong' });
    const message =
      'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
    expect(answers).toEqual({
      cognito: { name: 'InvalidSignatureException', message, status: 400 },
      organizations: { name: 'InvalidSignatureException', message, status: 400 },
      account: { name: 'InvalidSignatureException', message, status: 403 },
      sts: { name: 'SignatureDoesNotMatch', message, status: 403 },
    });
    expect(sandbox.calls.badSignatures).toBe(4);
  });

  it('with a key that nobody gave out is refused', async () => {
    const sandbox = await started(smallFleet());
    const answers = await refusals(sandbox, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' });
    const message = 'The security token included in the request is invalid.';
    expect(answers).toEqual({
      cognito: { name: 'UnrecognizedClientException', message, status: 400 },
      organizations: { name: 'UnrecognizedClientException', message, status: 400 },
      account: { name: 'UnrecognizedClientException', message, status: 403 },
      sts: { name: 'InvalidClientTokenId', message, status: 403 },
    });
  });

  it("with a session's keys but without its token, or with another's, is refused", async () => {
    const sandbox = await started(smallFleet());
    const { accessKeyId, secretAccessKey } = await assume(sandbox, member);
    const another = await assume(sandbox, member);
    for (const token of [{}, { sessionToken: another.sessionToken ?? '' }]) {
      const { cognito } = await refusals(sandbox, { accessKeyId, secretAccessKey, ...token });
      expect(cognito.name).toBe('UnrecognizedClientException');
    }
  });

  it('is refused when the session has expired, by every service', async () => {
    const clock = { now: Date.now() };
    const sandbox = await started(smallFleet(), { now: () => clock.now });
    const keys = await assume(sandbox, member, { DurationSeconds: 900 });
    clock.now += 898_000;
    expect((await clients(sandbox, keys, 'eu-west-1', 898_000).cognito.send(list)).UserPools).toHaveLength(1);
    clock.now += 2_000;
    const message = 'The security token included in the request is expired';
    expect(await refusals(sandbox, keys, 'eu-west-1', 900_000)).toEqual({
      cognito: { name: 'ExpiredTokenException', message, status: 400 },
      organizations: { name: 'ExpiredTokenException', message, status: 400 },
      account: { name: 'ExpiredTokenException', message, status: 403 },
      sts: { name: 'ExpiredToken', message, status: 403 },
    });
    expect(sandbox.calls.badSignatures).toBe(0);
  });

  it.each([
    { minutes: 4, cognito: 'accepted', sts: 'accepted' },
    { minutes: 6, cognito: 'Signature expired', sts: 'accepted' },
    { minutes: -6, cognito: 'Signature not yet current', sts: 'accepted' },
    { minutes: 16, cognito: 'Signature expired', sts: 'Signature expired' },
    { minutes: -16, cognito: 'Signature not yet current', sts: 'Signature not yet current' },
  ])(
    'is told of a clock that is $minutes minutes behind: $cognito, with STS $sts',
    async ({ minutes, ...expected }) => {
      const sandbox = await started(smallFleet(), { now: () => Date.now() + minutes * 60_000 });
      const { cognito, sts } = clients(sandbox);
      const outcome = async (call: Promise<unknown>) =>
        call.then(
          () => 'accepted',
          (error: Error) => `${error.name}: ${error.message}`,
        );
      expect(await outcome(cognito.send(list))).toContain(expected.cognito);
      expect(await outcome(sts.send(new GetCallerIdentityCommand({})))).toContain(expected.sts);
    },
  );

  it('learns of a wrong clock in the words and with the times of the service', async () => {
    const at = Date.parse('2026-11-22T10:00:00Z');
    const sandbox = await started(smallFleet(), { now: () => at });
    const behind = clients(sandbox, callerKeys(sandbox), 'eu-west-1', at - 360_000 - Date.now()).cognito;
    const answer = await refusal(behind.send(list));
    expect(answer.name).toBe('InvalidSignatureException');
    const signed =
      /^Signature expired: (20261122T0953\d\dZ|20261122T0954\d\dZ) is now earlier than 20261122T095500Z \(20261122T100000Z - 5 min\.\)$/;
    expect(answer.message).toMatch(signed);
  });

  it('is refused without any signature, as an honest error of each protocol', async () => {
    const sandbox = await started(smallFleet());
    const json = await post(sandbox.url, { 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools' }, '{}');
    expect(json.status).toBe(400);
    expect(json.headers['content-type']).toBe('application/x-amz-json-1.1');
    expect(json.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(json.body)).toEqual({
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const xml = await post(sandbox.url, form, 'Action=GetCallerIdentity&Version=2011-06-15');
    expect(xml.status).toBe(403);
    expect(xml.headers['content-type']).toBe('text/xml');
    expect(xml.body).toContain('<Code>MissingAuthenticationToken</Code>');
    const broken = {
      'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
      authorization: 'AWS4-HMAC-SHA256 x',
    };
    expect(JSON.parse((await post(sandbox.url, broken, '{}')).body)).toMatchObject({
      __type: 'IncompleteSignatureException',
    });
  });

  it('is refused when the body is not the one that was signed', async () => {
    const sandbox = await started(smallFleet());
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    cognito.middlewareStack.add(
      (next) => (args) => {
        Object.assign(args.request as object, { body: Buffer.from('{"MaxResults":59}') });
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    expect((await refusal(cognito.send(list))).name).toBe('InvalidSignatureException');
  });

  it('is refused by a service that the signature is not for', async () => {
    const sandbox = await started(smallFleet());
    const { cognito } = clients(sandbox);
    cognito.middlewareStack.add(
      (next) => (args) => {
        const sent = args.request as { headers: Record<string, string> };
        sent.headers['x-amz-target'] = 'AWSOrganizationsV20161128.ListAccounts';
        return next(args);
      },
      { step: 'build' },
    );
    expect(await refusal(cognito.send(list))).toMatchObject({
      name: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'organizations'. ",
    });
  });

  it('is not known in a region that the account has not enabled, but Organizations and Account are global', async () => {
    const sandbox = await started(smallFleet());
    const { cognito, sts, organizations, account } = clients(sandbox, callerKeys(sandbox), 'me-central-1');
    expect(await refusal(cognito.send(list))).toMatchObject({ name: 'UnrecognizedClientException', status: 400 });
    expect(await refusal(sts.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'InvalidClientTokenId',
      status: 403,
    });
    expect((await organizations.send(new ListAccountsCommand({}))).Accounts).toHaveLength(3);
    expect((await account.send(new ListRegionsCommand({}))).Regions).toContainEqual({
      RegionName: 'me-central-1',
      RegionOptStatus: 'DISABLED',
    });
    const optedIn = await started(smallFleet({ regions: { 'me-central-1': 'ENABLED' } }));
    expect((await clients(optedIn, callerKeys(optedIn), 'me-central-1').cognito.send(list)).UserPools).toEqual([]);
  });
});

describe('a session policy', () => {
  const setOff = new SetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_Customers', MfaConfiguration: 'OFF' });
  const policy = (...statements: readonly object[]) => ({
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const fleet = (...allows: readonly string[]) => {
    return smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', allows: [...allows] } } });
  };

  it('takes away what it denies, and nothing else', async () => {
    const sandbox = await started(fleet('cognito-idp:*'));
    const deny = { Effect: 'Deny', Action: ['cognito-idp:set*'], Resource: '*' };
    const { cognito } = clients(sandbox, await assume(sandbox, member, policy(all, deny)));
    expect(await refusal(cognito.send(setOff))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('SetUserPoolMfaConfig on resource: arn:aws:cognito-idp:eu-west-1:'),
    });
    expect((await refusal(cognito.send(setOff))).message).toMatch(/with an explicit deny in a session policy$/);
    expect((await cognito.send(list)).UserPools).toHaveLength(1);
    const free = clients(sandbox, await assume(sandbox, member)).cognito;
    expect((await free.send(setOff)).MfaConfiguration).toBe('OFF');
  });

  it('takes away what it does not allow', async () => {
    const sandbox = await started(fleet('cognito-idp:*'));
    const read = { Effect: 'Allow', Action: 'cognito-idp:Get*', Resource: '*' };
    const { cognito } = clients(sandbox, await assume(sandbox, member, policy(read)));
    expect((await refusal(cognito.send(list))).message).toMatch(
      /because no session policy allows the cognito-idp:ListUserPools action$/,
    );
  });

  it('gives nothing that the role does not have', async () => {
    const sandbox = await started(fleet('cognito-idp:List*'));
    const { cognito } = clients(sandbox, await assume(sandbox, member, policy(all)));
    expect((await refusal(cognito.send(setOff))).message).toMatch(/no identity-based policy allows/);
  });

  it.each([
    ['{', 'This policy contains invalid Json'],
    ['{}', 'A policy has no Statement'],
    ['{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}', 'A statement with NotAction is not played'],
  ])('that is none is refused: %s', async (Policy, message) => {
    const sandbox = await started(smallFleet());
    await expect(assume(sandbox, member, { Policy })).rejects.toThrow(message);
  });
});

describe('an assumed role', () => {
  it('acts in its own account, under its own name', async () => {
    const sandbox = await started(smallFleet());
    const keys = await assume(sandbox, member, { RoleSessionName: 'mfa-drift' });
    expect(await clients(sandbox, keys).sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: member,
      Arn: `arn:aws:sts::${member}:assumed-role/MfaDriftAudit/mfa-drift`,
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:mfa-drift$/),
    });
    expect(keys.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  });

  it('is denied when it is not there, does not trust the caller, wants another external id or is in an account that is not active', async () => {
    const fleet = smallFleet();
    const sandbox = await started({
      ...fleet,
      accounts: [
        ...fleet.accounts,
        { id: '444444444444', name: 'closed', state: 'CLOSED' },
        { id: '555555555555', name: 'no-role', roles: { MfaDriftAudit: null } },
        { id: '666666666666', name: 'no-trust', roles: { MfaDriftAudit: { trusts: [] } } },
      ],
    });
    const { sts } = clients(sandbox);
    const attempts = ['444444444444', '555555555555', '666666666666', '777777777777', management].map((id) => ({
      RoleArn: auditRole(id),
      ExternalId: 'mfa-drift',
    }));
    const others = [{ RoleArn: auditRole(member) }, { RoleArn: auditRole(member), ExternalId: 'another' }];
    for (const input of [...attempts, ...others]) {
      const answer = await refusal(sts.send(new AssumeRoleCommand({ RoleSessionName: 'test', ...input })));
      expect(answer).toEqual({
        name: 'AccessDenied',
        message: `User: arn:aws:iam::${management}:user/auditor is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
        status: 403,
      });
    }
  });

  it('lasts as long as was asked for, within the limits of the role, of chaining and of STS', async () => {
    const document = smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', maxSessionSeconds: 7200 } } });
    const user = await started(document);
    const role = await started({ ...document, caller: { account: management, role: 'Runner' } });
    const duration = (DurationSeconds: number) =>
      new AssumeRoleCommand({
        RoleArn: auditRole(member),
        RoleSessionName: 'test',
        ExternalId: 'mfa-drift',
        DurationSeconds,
      });
    const answer = await clients(user).sts.send(duration(7200));
    expect(Math.abs((answer.Credentials?.Expiration?.getTime() ?? 0) - Date.now() - 7_200_000)).toBeLessThan(60_000);
    const invalid = [
      {
        from: user,
        seconds: 899,
        message:
          "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
      },
      {
        from: user,
        seconds: 43_201,
        message:
          "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
      },
      {
        from: user,
        seconds: 7201,
        message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      },
      {
        from: role,
        seconds: 3601,
        message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      },
    ];
    for (const { from, seconds, message } of invalid) {
      expect(await refusal(clients(from).sts.send(duration(seconds)))).toEqual({
        name: 'ValidationError',
        message,
        status: 400,
      });
    }
    expect((await clients(role).sts.send(duration(3600))).Credentials?.SessionToken).toBeDefined();
  });

  it('cannot be assumed by a caller who lacks sts:AssumeRole', async () => {
    const sandbox = await started(smallFleet({ caller: { account: management, lacks: ['sts:AssumeRole'] } }));
    await expect(assume(sandbox, member)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('permissions', () => {
  const get = new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_Customers' });
  const arn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/eu-west-1_Customers`;
  const who = `User: arn:aws:sts::${member}:assumed-role/MfaDriftAudit/test`;

  it('that a role lacks are denied by no identity-based policy allowing them', async () => {
    const lacks = ['cognito-idp:GetUserPoolMfaConfig'];
    const sandbox = await started(smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', lacks } } }));
    const { cognito } = clients(sandbox, await assume(sandbox, member));
    expect(await refusal(cognito.send(get))).toEqual({
      name: 'AccessDeniedException',
      message: `${who} is not authorized to perform: cognito-idp:GetUserPoolMfaConfig on resource: ${arn} because no identity-based policy allows the cognito-idp:GetUserPoolMfaConfig action`,
      status: 400,
    });
    expect((await cognito.send(list)).UserPools).toHaveLength(1);
  });

  it('may be missing on pools with a tag only', async () => {
    const rule = (audience: string) => [{ action: 'cognito-idp:get*', whereTagged: { audience } }];
    const withRule = (audience: string) =>
      smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', lacks: rule(audience) } } });
    const denied = await started(withRule('customer'));
    const allowed = await started(withRule('workforce'));
    expect((await refusal(clients(denied, await assume(denied, member)).cognito.send(get))).name).toBe(
      'AccessDeniedException',
    );
    expect((await clients(allowed, await assume(allowed, member)).cognito.send(get)).MfaConfiguration).toBe('ON');
  });

  it('are taken away by a service control policy in its regions, below its targets, never in the management account', async () => {
    const policy = {
      id: 'p-denyregion1',
      attachedTo: ['/Workloads'],
      actions: ['cognito-idp:*'],
      regions: ['us-east-1'],
    };
    const sandbox = await started(
      smallFleet({
        organization: { id: 'o-exampleorg', managementAccount: management, serviceControlPolicies: [policy] },
      }),
    );
    const keys = await assume(sandbox, member);
    expect(await refusal(clients(sandbox, keys, 'us-east-1').cognito.send(list))).toEqual({
      name: 'AccessDeniedException',
      message:
        `${who} is not authorized to perform: cognito-idp:ListUserPools on resource: arn:aws:cognito-idp:us-east-1:${member}:userpool/* ` +
        `with an explicit deny in a service control policy: arn:aws:organizations::${management}:policy/o-exampleorg/service_control_policy/p-denyregion1`,
      status: 400,
    });
    expect((await clients(sandbox, keys).cognito.send(list)).UserPools).toHaveLength(1);
    expect((await clients(sandbox, callerKeys(sandbox), 'us-east-1').cognito.send(list)).UserPools).toEqual([]);
  });
});

interface Raw {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}
