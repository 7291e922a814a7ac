/** Every operation that is asked for, and what becomes of any answer to it: with no network in between. */
import { HttpResponse } from '@smithy/core/protocols';
import type { Attempt } from '../../../src/pacing/call-result.ts';
import { accountCalls } from '../../../src/aws/requests/account-calls.ts';
import { accountWriter } from '../../../src/aws/requests/account-writer.ts';
import { eventCalls } from '../../../src/aws/requests/event-calls.ts';
import { organizationCalls } from '../../../src/aws/requests/organization-calls.ts';
import { userCalls } from '../../../src/aws/requests/user-calls.ts';
import { userPoolCalls } from '../../../src/aws/requests/user-pool-calls.ts';
import { createClients, type Clients } from '../../../src/aws/session/clients.ts';
import { heldIdentity, type Identity } from '../../../src/aws/session/identity.ts';
import { plainConfigured } from '../plain-configured.ts';

const endpoint = 'http://127.0.0.1:1';
const configured = {
  ...plainConfigured,
  endpoints: { cognito: endpoint, organizations: endpoint, account: endpoint, sts: endpoint, cloudtrail: endpoint },
};
const identity = heldIdentity({ accessKeyId: 'AKIA', secretAccessKey: 's' });

type Send = (clients: Clients, who: Identity) => Promise<Attempt<unknown>>;

export const pool = 'eu-west-1_AbCdEf123';
export const member = '111122223333';
export const operations: Readonly<Record<string, Send>> = {
  GetUserPoolMfaConfig: (clients, who) =>
    userPoolCalls(clients, who, { accountId: member, region: 'eu-west-1' }).read('mfaConfig', pool),
  DescribeUserPool: (clients, who) =>
    userPoolCalls(clients, who, { accountId: member, region: 'eu-west-1' }).read('userPool', pool),
  ListUserPools: (clients, who) => userPoolCalls(clients, who, { accountId: member, region: 'eu-west-1' }).list(null),
  SetUserPoolMfaConfig: (clients, who) =>
    accountWriter(clients, who).set('eu-west-1', { UserPoolId: pool, MfaConfiguration: 'OFF' }),
  GetCallerIdentity: (clients, who) => accountWriter(clients, who).owner(),
  ListRegions: (clients, who) => accountCalls(clients, who, member).regions(null),
  DescribeOrganization: (clients, who) => organizationCalls(clients, who).describe(),
  ListAccounts: (clients, who) => organizationCalls(clients, who).accounts(null),
  ListRoots: (clients, who) => organizationCalls(clients, who).roots(null),
  ListOrganizationalUnitsForParent: (clients, who) => organizationCalls(clients, who).unitsBelow('r-ab12')(null),
  DescribeAccount: (clients, who) => organizationCalls(clients, who).accountName(member),
  ListParents: (clients, who) => organizationCalls(clients, who).parentOf(member),
  ListTagsForResource: (clients, who) => organizationCalls(clients, who).tagsOf(member)(null),
  LookupEvents: (clients, who) => eventCalls(clients, who, 'eu-west-1').lookUp('SetUserPoolMfaConfig', null, null),
  ListUsers: (clients, who) => userCalls(clients, who, 'eu-west-1').list(pool, '', null),
  AdminGetUserAuthFactors: (clients, who) => userCalls(clients, who, 'eu-west-1').factors(pool, 'somebody'),
  AdminGetUser: (clients, who) => userCalls(clients, who, 'eu-west-1').billedFactors(pool, 'somebody'),
};

/** What the program makes of that answer, sent whole. */
export function answered(operation: string, statusCode: number, body: string | Buffer): Promise<Attempt<unknown>> {
  const response = () => new HttpResponse({ statusCode, headers: {}, body: Buffer.from(body) });
  const handle = () => Promise.resolve({ response: response() });
  const clients = createClients({ metadata: { handlerProtocol: 'http/1.1' }, handle }, configured, 'us-east-1');
  const send = operations[operation];
  if (send === undefined) throw new Error(`There is no ${operation}.`);
  return send(clients, identity);
}
