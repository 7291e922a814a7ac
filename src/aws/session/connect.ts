/** Opens AWS for one run: who the caller is, which roles there are, where requests go. */
import type { Cloud } from '../../ports/cloud.ts';
import type { Calls } from '../../pacing/calls.ts';
import { cognitoRegions, firstRegions, partitionOf, type Partition } from '../../domain/model/regions.ts';
import type { RoleSettings } from '../../domain/settings.ts';
import { UserError } from '../../errors.ts';
import type { AccountWriter } from '../../ports/account-writer.ts';
import { isDateBelievable } from '../answers/answer-date.ts';
import type { DeliveryAccess } from '../delivery/access.ts';
import { accountCalls } from '../requests/account-calls.ts';
import { accountWriter } from '../requests/account-writer.ts';
import { callerIdentity, identifyCaller, type Caller } from './caller-identity.ts';
import { createClients, type Clients } from './clients.ts';
import { cognitoEndpointFinder } from './cognito-endpoint.ts';
import { readConfigured, type Configured } from './shared-config.ts';
import { openConnections, type HttpSettings } from '../connection/http.ts';
import { heldIdentity, type Identity } from './identity.ts';
import { askOwner } from './owner.ts';
import { userCalls } from '../requests/user-calls.ts';
import { eventCalls } from '../requests/event-calls.ts';
import type { EventReaders } from '../../ports/event-reader.ts';
import type { UserCalls } from '../../ports/user-reader.ts';
import { organizationCalls } from '../requests/organization-calls.ts';
import { auditRole, deliveryRole, organizationRole, readinessRole, remediationRole, type Role } from './role-names.ts';
import { assumableRoles } from './roles.ts';
import { callerCredentials } from '../sign-in/caller-credentials.ts';
import { chooseProfile, otherCredentials } from '../sign-in/chosen-profile.ts';
import { sender, type Requests } from '../sign-in/requests.ts';

export interface ConnectOptions {
  /** `--profile`. */
  readonly profile: string | null;
  /** `--endpoint-url`. */
  readonly endpointUrl: string | null;
  readonly http: HttpSettings;
  readonly role: RoleSettings;
  /** The ARN of the role that asks Organizations; `null`: the caller does. */
  readonly organizationRole: string | null;
  /** A region of the audit, which tells the partition where the environment names no region; `null` for `aws`. */
  readonly regionHint: string | null;
  readonly calls: Calls;
  /** Told once what time it is at AWS, where that can be believed. */
  readonly learnTime?: (time: Date) => void;
  /** Told in a sentence what the user should know and no gap says. */
  readonly notice: (text: string) => void;
  /** Asks whoever sits at the terminal for a line; without: there is none. */
  readonly ask?: Requests['ask'];
}

export interface Connection extends Cloud, EventReaders {
  /** Requests go elsewhere than to AWS's own endpoints: by flag, environment or shared configuration. */
  readonly isEndpointOverridden: boolean;
  /** Hosts of those endpoints, with their ports where they name one, each once. */
  readonly endpoints: readonly string[];
  readonly clients: Clients;
  /** Changes in one account, by the role that may write there. */
  writer(accountId: string): AccountWriter;
  /** The users of pools in one account and region, by the role that may read them. */
  users(accountId: string, region: string): UserCalls;
  /** For what is told in Security Hub, S3 and EventBridge. */
  readonly delivery: DeliveryAccess;
  close(): void;
}

/** Nobody publishes STS's quota; this stays far below what is commonly quoted. */
const stsPerSecond = 100;

/** Throws UserError where there are no credentials, or AWS does not take them. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { calls, role, notice } = options;
  const profile = await chooseProfile(options.profile);
  const configured = await readConfigured(options.profile, options.endpointUrl);
  const caBundle = options.http.caBundle ?? configured.caBundle;
  const connections = await openConnections({ ...options.http, caBundle }, calls.signal, calls.log);
  try {
    const homeRegion = configured.region ?? firstRegions[partitionOf(options.regionHint ?? '')];
    const clients = createClients(connections.handler, configured, homeRegion, calls.log);
    const { clockOffset } = clients;
    let known: Caller | null = null;
    const { handler } = connections;
    const { signal } = calls;
    const requests = {
      handler,
      clients,
      configured,
      homeRegion,
      signal,
      send: sender(calls),
      notice,
      ask: options.ask ?? null,
    };
    const identity = callerIdentity({
      provide: callerCredentials(profile, requests),
      nowMs: () => Date.now() + clockOffset.ms,
      known: () => known,
      ask: (credentials) => requests.send(() => askOwner(clients, heldIdentity(credentials), (owner) => owner)),
      notice,
    });
    const client = clients.sts(identity);
    const quota = calls.quota({ perSecond: stsPerSecond, name: 'sts' });
    const caller = await identifyCaller(identity, client, clients, calls, quota);
    known = caller;
    if (caller.time !== null && isDateBelievable(configured.endpoints.sts, options.http.verifiesCertificates))
      options.learnTime?.(caller.time);
    const other = otherCredentials(profile, caller.arn);
    if (other !== null) notice(other);
    const roles = assumableRoles({
      settings: role,
      caller: identity,
      client,
      shared: clients,
      calls,
      quota,
      notice,
    });
    return connection({
      caller,
      identity,
      clients,
      configured,
      role,
      organizationRole: options.organizationRole,
      roles,
      delivery: { homeRegion, configured, handler: connections.handler, shared: clients, calls },
      close: () => connections.close(),
    });
  } catch (error) {
    connections.close();
    throw error;
  }
}

interface Parts {
  readonly caller: Caller;
  readonly identity: Identity;
  readonly clients: Clients;
  readonly configured: Configured;
  readonly role: RoleSettings;
  readonly organizationRole: string | null;
  readonly roles: (role: Role) => Identity;
  readonly delivery: Omit<DeliveryAccess, 'identityIn' | 'callerAccountId'>;
  readonly close: () => void;
}

function connection(parts: Parts): Connection {
  const { caller, identity, clients, configured, role, roles, close } = parts;
  const partition = callerPartition(caller);
  const endpoints = [
    ...new Set(Object.values(configured.endpoints).flatMap((url) => (url === null ? [] : hostOf(url)))),
  ];
  const isEndpointOverridden = endpoints.length > 0;
  const identityIn = (known: Role | null) => (known === null ? identity : roles(known));
  return {
    callerArn: caller.arn,
    callerAccountId: caller.accountId,
    partition,
    isEndpointOverridden,
    endpoints,
    clients,
    organization: organizationCalls(
      clients,
      identityIn(parts.organizationRole === null ? null : organizationRole(parts.organizationRole)),
    ),
    account: (accountId) => accountCalls(clients, identityIn(auditRole(accountId, caller, role)), accountId),
    // Whatever answers at an endpoint that somebody chose is asked itself.
    servesCognito:
      configured.endpoints.cognito === null
        ? cognitoEndpointFinder(cognitoRegions[partition][0] ?? '')
        : () => Promise.resolve(true),
    writer: (accountId) => accountWriter(clients, identityIn(remediationRole(accountId, caller, role))),
    users: (accountId, region) => userCalls(clients, identityIn(readinessRole(accountId, caller, role)), region),
    events: (accountId, region) => eventCalls(clients, identityIn(auditRole(accountId, caller, role)), region),
    delivery: {
      ...parts.delivery,
      callerAccountId: caller.accountId,
      identityIn: (accountId) => identityIn(deliveryRole(accountId, caller, role)),
    },
    close,
  };
}

/** What is no URL is refused where it is used. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Throws UserError in a partition without user pools: an audit of nothing must not read as all clear. */
function callerPartition({ arn }: Caller): Partition {
  const name = arn.split(':')[1] ?? '';
  const partition = (Object.keys(cognitoRegions) as Partition[]).find((known) => known === name);
  if (partition === undefined || cognitoRegions[partition].length === 0)
    throw new UserError(`The caller is ${arn}: Amazon Cognito has no user pools in the partition ${name}.`);
  return partition;
}
