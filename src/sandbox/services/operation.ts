import type { JsonObject } from '../../domain/model/json.ts';
import { accessDenied, denies, refusedBy, type Access } from '../identity/authorize.ts';
import type { CallerIdentity } from '../identity/credentials.ts';
import { narrowedBy } from '../identity/session-policy.ts';
import type { Input } from '../input.ts';
import { cutPage, type ListPage, type PageRequest } from '../pages.ts';
import type { LiveAccount, World } from '../world/world.ts';

/** One authenticated call. */
export interface ServiceCall {
  readonly world: World;
  readonly identity: CallerIdentity;
  /** The account that the credentials belong to. */
  readonly account: LiveAccount;
  readonly region: string;
  readonly nowMs: number;
  readonly accessKeyId: string;
  /** The members as they were sent. */
  readonly members: JsonObject;
}

/** Answers with the output's members, or throws a `ServiceFailure`. */
export type Operation = (call: ServiceCall, input: Input) => JsonObject;

/** Throws `AccessDeniedException` where an SCP or the session's policy denies the action, or the identity lacks it. */
export function authorize(
  call: ServiceCall,
  action: string,
  resource: string,
  context: Access['context'] = () => undefined,
): void {
  const access = { action, resource, region: call.region, context };
  const policy = call.account.policies.find((each) => denies(each, access));
  if (policy !== undefined) {
    throw accessDenied(call.identity, access, { by: 'service-control-policy', policy }, call.world.fleet);
  }
  const how = narrowedBy(call.identity.sessionPolicy, access);
  if (how !== null) throw accessDenied(call.identity, access, { by: 'session-policy', how }, call.world.fleet);
  const refused = refusedBy(call.identity.permissions, access);
  if (refused !== null)
    throw accessDenied(call.identity, access, { by: 'identity-policy', how: refused }, call.world.fleet);
}

export function page<T>(
  call: ServiceCall,
  entries: readonly (T | undefined)[],
  request: PageRequest,
): ListPage<T> | null {
  return cutPage(entries, request, call.world.fleet);
}

/** The member of a page's answer: none on the last page. */
export function nextToken({ nextToken: token }: ListPage<unknown>): { readonly NextToken?: string } {
  return token === undefined ? {} : { NextToken: token };
}
