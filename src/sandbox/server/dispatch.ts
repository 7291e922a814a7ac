/** From a request to what its connection gets. Identity, faults, quotas, operation, in this order; every refusal ends here. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../domain/model/json.ts';
import type { CallLog } from './call-log.ts';
import { writeDown } from '../cloudtrail/event.ts';
import type { FaultPlan, Spoiling } from '../faults/faults.ts';
import { authenticate, type Authentication } from '../identity/authenticate.ts';
import { expiredToken, unknownToken } from '../identity/refusals.ts';
import type { SignedRequest } from '../identity/signature.ts';
import { Input } from '../input.ts';
import type { Answer } from '../protocol/answer.ts';
import type { Quotas } from '../quotas.ts';
import { routeOf, type Route } from './route.ts';
import { ServiceFailure } from '../service-failure.ts';
import { htmlUnavailable, noSuchService, serverFailure, throttled, unknownOperation } from '../service-troubles.ts';
import type { ServiceCall } from '../services/operation.ts';
import { isServed, type World } from '../world/world.ts';

export interface Sandboxed {
  readonly world: World;
  readonly quotas: Quotas;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the connection gets: an answer whole or spoiled on its way, or none (`answer` is `null`). */
export interface Delivery {
  readonly answer: Answer | null;
  readonly spoiling: Spoiling;
}

const unspoiled: Spoiling = { kind: null, delayMs: 0 };

export function dispatch(sandbox: Sandboxed, request: SignedRequest): Delivery {
  const nowMs = sandbox.now();
  const route = routeOf(request.url, request.headers, request.body);
  if (route === null) return { answer: noSuchService, spoiling: unspoiled };
  const authentication = authenticate(request, route.service.name, sandbox.world.credentials, nowMs);
  const served = serve(sandbox, route, request, authentication, nowMs);
  const { kind } = served.spoiling;
  sandbox.calls.add({
    at: nowMs,
    service: route.service.name,
    operation: route.operation,
    ...visitor(authentication),
    poolId: poolIdOf(served.members),
    outcome: served.outcome instanceof ServiceFailure ? served.outcome.name : (kind ?? 'ok'),
  });
  return { answer: answerOf(route, served), spoiling: served.spoiling };
}

interface Served {
  readonly members: JsonObject;
  /** The output, the refusal, or `null` when nothing is to be answered. */
  readonly outcome: JsonObject | ServiceFailure | null;
  readonly spoiling: Spoiling;
}

function serve(
  sandbox: Sandboxed,
  route: Route,
  request: SignedRequest,
  authentication: Authentication,
  nowMs: number,
): Served {
  if (!authentication.ok) return { members: {}, outcome: authentication.failure, spoiling: unspoiled };
  const members = caught(() => route.service.protocol.read(request.body));
  if (members instanceof ServiceFailure) return { members: {}, outcome: members, spoiling: unspoiled };
  const call = callOf(sandbox, route, authentication, members, nowMs);
  if (call instanceof ServiceFailure) return { members, outcome: call, spoiling: unspoiled };
  const spoiling = sandbox.faults.spoil({
    operation: route.operation,
    accountId: call.identity.accountId,
    region: call.region,
    payload: request.body,
    isSession: call.identity.isSession,
  });
  const outcome = caught(() => act(sandbox, route, call, spoiling.kind));
  const userAgent = request.headers['user-agent'] ?? '';
  if (outcome !== null) writeDown(call, { ...route, service: route.service.name, userAgent }, outcome);
  return { members, outcome, spoiling };
}

/** STS, Cognito and CloudTrail are regional: a region that is not enabled in the account does not know its tokens. */
function callOf(
  { world }: Sandboxed,
  { service }: Route,
  { credentials, region }: Authentication & { readonly ok: true },
  members: JsonObject,
  nowMs: number,
): ServiceCall | ServiceFailure {
  const account = world.accounts.get(credentials.identity.accountId);
  if (account === undefined) return unknownToken(service.name);
  const isRegional = service.name !== 'organizations' && service.name !== 'account';
  if (isRegional && !isServed(account, region)) return unknownToken(service.name);
  const { identity, accessKeyId } = credentials;
  return { world, identity, account, region, nowMs, accessKeyId, members };
}

function act(sandbox: Sandboxed, route: Route, call: ServiceCall, fault: Spoiling['kind']): JsonObject | null {
  const { name, operations } = route.service;
  switch (fault) {
    case 'resetBefore':
    case 'hang':
    case 'notJson':
      return null;
    case 'throttle':
      throw throttled(name);
    case 'http500':
      throw serverFailure(name);
    case 'expireSession':
      sandbox.world.credentials.expire(call.accessKeyId);
      throw expiredToken(name);
    case 'truncate':
    case 'cutBody':
    case 'resetAfter':
    case null:
  }
  const operation = Object.hasOwn(operations, route.operation) ? operations[route.operation] : undefined;
  if (operation === undefined) throw unknownOperation(name, route.operation);
  const place = { accountId: call.identity.accountId, region: call.region, poolId: poolIdOf(call.members) };
  if (!sandbox.quotas.admits({ service: name, operation: route.operation, ...place }, call.nowMs))
    throw throttled(name);
  return operation(call, new Input(name, call.members));
}

function answerOf(route: Route, { outcome, spoiling }: Served): Answer | null {
  if (spoiling.kind === 'notJson') return htmlUnavailable;
  if (outcome === null) return null;
  const { protocol } = route.service;
  const requestId = randomUUID();
  return outcome instanceof ServiceFailure
    ? protocol.fail(outcome, requestId)
    : protocol.answer(route.operation, outcome, requestId);
}

function visitor(authentication: Authentication) {
  if (!authentication.ok) {
    const { accessKeyId, signatureOk } = authentication;
    return { accountId: null, region: null, accessKeyId, signatureOk };
  }
  const { credentials, region } = authentication;
  return { accountId: credentials.identity.accountId, region, accessKeyId: credentials.accessKeyId, signatureOk: true };
}

/** A refusal as a value; anything else that is thrown is a bug of the sandbox. */
function caught<T>(step: () => T): T | ServiceFailure {
  try {
    return step();
  } catch (error) {
    if (error instanceof ServiceFailure) return error;
    throw error;
  }
}

function poolIdOf(members: JsonObject): string | null {
  const { UserPoolId: id, ResourceArn: arn } = members;
  if (typeof id === 'string') return id;
  return typeof arn === 'string' ? (arn.split('userpool/')[1] ?? null) : null;
}
