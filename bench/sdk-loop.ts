/** The floor with the SDK: its leanest supported configuration (docs/performance.md), the same calls as an audit. */
import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import {
  CognitoIdentityProviderClient,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Agent } from 'node:http';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, RetryStrategy } from '@smithy/types';
import { auditRole } from './fleet.ts';
import { walk, type Api } from './walk.ts';

const homeRegion = process.env['AWS_REGION'] ?? '';
const handler = new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, maxSockets: 64 }) });
const once: RetryStrategy = { retry: (next, args) => next(args) };
const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = process.env;
const caller: AwsCredentialIdentity = { accessKeyId, secretAccessKey };

function settings(credentials: AwsCredentialIdentity, region: string) {
  return {
    region,
    credentials,
    requestHandler: handler,
    endpoint: process.env['AWS_ENDPOINT_URL'] ?? '',
    maxAttempts: 1,
    retryMode: 'standard',
    retryStrategy: once,
    defaultsMode: 'standard' as const,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    userAgentAppId: 'bench',
    authSchemePreference: ['sigv4'],
    cacheMiddleware: true,
  };
}

const sts = new STSClient(settings(caller, homeRegion));
const organizations = new OrganizationsClient(settings(caller, homeRegion));
const identity = await sts.send(new GetCallerIdentityCommand({}));

function organizationsCommand(operation: string, input: object): Promise<object> {
  switch (operation) {
    case 'DescribeOrganization':
      return organizations.send(new DescribeOrganizationCommand(input));
    case 'ListAccounts':
      return organizations.send(new ListAccountsCommand(input));
    case 'ListRoots':
      return organizations.send(new ListRootsCommand(input));
    default:
      return organizations.send(new ListOrganizationalUnitsForParentCommand(input as { ParentId: string }));
  }
}

const api: Api<AwsCredentialIdentity> = {
  callerIdentity: () => Promise.resolve(identity),
  organizations: async (operation, input) => ({ ...(await organizationsCommand(operation, input)) }),
  async assume(accountId) {
    const RoleArn = `arn:aws:iam::${accountId}:role/${auditRole}`;
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'bench' }));
    return {
      accessKeyId: keys?.AccessKeyId ?? '',
      secretAccessKey: keys?.SecretAccessKey ?? '',
      sessionToken: keys?.SessionToken ?? '',
    };
  },
  caller,
  callerAccountId: identity.Account ?? '',
  async regions(session) {
    const client = new AccountClient(settings(session, homeRegion));
    const { Regions: regions } = await client.send(new ListRegionsCommand({ MaxResults: 50 }));
    return (regions ?? []).flatMap(({ RegionName, RegionOptStatus }) =>
      RegionOptStatus === 'ENABLED' && RegionName !== undefined ? [RegionName] : [],
    );
  },
  unit(session, region) {
    const signer = new SignatureV4({ credentials: session, region, service: 'cognito-idp', sha256: Sha256 });
    const client = new CognitoIdentityProviderClient({ ...settings(session, region), signer });
    return {
      async list(token) {
        const input = { MaxResults: 60, ...(token === undefined ? {} : { NextToken: token }) };
        const answer = await client.send(new ListUserPoolsCommand(input));
        return { ids: (answer.UserPools ?? []).map(({ Id }) => Id ?? ''), next: answer.NextToken };
      },
      read: (UserPoolId) => client.send(new GetUserPoolMfaConfigCommand({ UserPoolId })),
    };
  },
};

process.stdout.write(String(await walk(api)));
handler.destroy();
