/**
 * The floor with the SDK: a bare loop over the clients and connections of the program itself, which are the leanest that
 * its supported options give; the same calls as an audit.
 */
import { ListRegionsCommand } from '@aws-sdk/client-account';
import { GetUserPoolMfaConfigCommand, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { createClients } from '../src/aws/session/clients.ts';
import { readConfigured } from '../src/aws/session/shared-config.ts';
import { openConnections } from '../src/aws/connection/http.ts';
import { heldIdentity } from '../src/aws/session/identity.ts';
import { auditRole } from './fleet.ts';
import { walk, type Api } from './walk.ts';

const homeRegion = process.env['AWS_REGION'] ?? '';
const connections = await openConnections(
  { connectTimeoutMs: 60_000, readTimeoutMs: 60_000, caBundle: null, verifiesCertificates: true, concurrency: 64 },
  new AbortController().signal,
);
const clients = createClients(connections.handler, await readConfigured(null, null), homeRegion);
const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = process.env;
const caller: AwsCredentialIdentity = { accessKeyId, secretAccessKey };
/** With the answers as the SDK reads them, which the program leaves to itself. */
function readingItself<Client extends { readonly middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
): Client {
  client.middlewareStack.remove('takeAnswerText');
  return client;
}

const sts = clients.sts(heldIdentity(caller));
const organizations = readingItself(clients.organizations(heldIdentity(caller)));
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
    const client = readingItself(clients.account(heldIdentity(session)));
    const { Regions: regions } = await client.send(new ListRegionsCommand({ MaxResults: 50 }));
    return (regions ?? []).flatMap(({ RegionName, RegionOptStatus }) =>
      RegionOptStatus === 'ENABLED' && RegionName !== undefined ? [RegionName] : [],
    );
  },
  unit(session, region) {
    const client = readingItself(clients.cognito(heldIdentity(session), region));
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
connections.close();
