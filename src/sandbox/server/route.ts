/** One port for all services: the target header, the path or the form's `Action` tell which one is meant. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Protocol } from '../protocol/answer.ts';
import { json11, organizationsJson11, restJson } from '../protocol/json.ts';
import { query } from '../protocol/query.ts';
import type { ServiceName } from '../service-failure.ts';
import { accountOperations } from '../services/account.ts';
import type { Operation } from '../services/operation.ts';
import { cloudTrailOperations } from '../services/cloudtrail.ts';
import { organizationsOperations } from '../services/organizations.ts';
import { stsOperations } from '../services/sts.ts';
import { userPoolOperations } from '../services/user-pools.ts';

export interface RoutedService {
  readonly name: ServiceName;
  readonly protocol: Protocol;
  readonly operations: Readonly<Record<string, Operation>>;
}

export interface Route {
  readonly service: RoutedService;
  /** As the request names it; whether the service has it is another question. */
  readonly operation: string;
}

const sts: RoutedService = { name: 'sts', protocol: query, operations: stsOperations };
const account: RoutedService = { name: 'account', protocol: restJson, operations: accountOperations };

const cloudTrail: RoutedService = { name: 'cloudtrail', protocol: json11, operations: cloudTrailOperations };

const targets: Readonly<Record<string, RoutedService>> = {
  AWSCognitoIdentityProviderService: { name: 'cognito-idp', protocol: json11, operations: userPoolOperations },
  AWSOrganizationsV20161128: {
    name: 'organizations',
    protocol: organizationsJson11,
    operations: organizationsOperations,
  },
  CloudTrail_20131101: cloudTrail,
  // As botocore and the AWS CLI name it.
  'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101': cloudTrail,
};

/** `null`: no service that the sandbox plays. */
export function routeOf(url: string, headers: IncomingHttpHeaders, body: Buffer): Route | null {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return targeted(target);
  const [path = '/'] = url.split('?', 1);
  if (path === '/listRegions') return { service: account, operation: 'ListRegions' };
  if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return null;
  return { service: sts, operation: new URLSearchParams(body.toString('utf8')).get('Action') ?? '' };
}

function targeted(target: string): Route | null {
  const end = target.lastIndexOf('.');
  const [prefix, operation] = [target.slice(0, Math.max(end, 0)), target.slice(end + 1)];
  const service = Object.hasOwn(targets, prefix) ? targets[prefix] : undefined;
  return service === undefined ? null : { service, operation };
}
