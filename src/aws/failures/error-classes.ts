/** Names and codes of errors, and what each means. Sources: the services' models, the SDK's retry tables, Node's errors. */
import type { Remediable } from '../../pacing/call-result.ts';
import type { FailureCode } from '../../domain/model/observation.ts';

export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  /** Node's code, such as ECONNRESET. */
  readonly code: string | null;
  /** HTTP status. */
  readonly status: number | null;
  readonly requestId: string | null;
  /** The body was not what the protocol promises and names no fault. */
  readonly isUnreadable: boolean;
  /** The body is JSON of the service's own form, and it or its header names the error. */
  readonly isServiceWord: boolean;
  /** Cut short or garbled on the way. */
  readonly isDamaged: boolean;
  /** The SDK learned from this very answer that the clock is wrong, and signs the next request by the corrected one. */
  readonly clockWasCorrected: boolean;
}

export interface ErrorClass {
  readonly code: FailureCode;
  readonly retry: Remediable;
}

const throttles = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const denials = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AccessDeniedForDependencyException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'NotAuthorized',
  'NotAuthorizedException',
  'UnauthorizedAccess',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);

const expiries = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);

/** The service does not take the credentials; asking again with the same ones changes nothing. */
const badCredentials = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'InvalidToken',
  'InvalidTokenException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
  'RegionDisabledException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

const timeouts = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'AbortError']);

const serverFaults = new Set([
  'InternalError',
  'InternalErrorException',
  'InternalFailure',
  'InternalServerException',
  'InternalServiceError',
  'ServiceException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
]);

/** Answers that say not now but never: not implemented, a version of HTTP, and the sign-in page of a network. */
const finalStatuses = new Set([501, 505, 511]);

/** A certificate that isn't trusted now will not be in a second. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|HOSTNAME_MISMATCH/;

export function isUntrusted(facts: ErrorFacts): boolean {
  return facts.code !== null && untrusted.test(facts.code);
}

export function classOf(facts: ErrorFacts): ErrorClass {
  const { name, status } = facts;
  if (facts.clockWasCorrected) return { code: 'credentials', retry: 'transient' };
  if (throttles.has(name) || status === 429) return { code: 'throttled', retry: 'throttle' };
  if (expiries.has(name)) return { code: 'credentials', retry: 'credentials-expired' };
  if (badCredentials.has(name)) return { code: 'credentials', retry: 'no' };
  if (denials.has(name)) return { code: 'AccessDenied', retry: 'no' };
  if (name === 'ProxyRefusal') return { code: 'network', retry: status !== null && status < 500 ? 'no' : 'transient' };
  if (status !== null && finalStatuses.has(status)) return { code: 'server-error', retry: 'no' };
  if (serverFaults.has(name) || (status !== null && status >= 500)) return { code: 'server-error', retry: 'transient' };
  if (facts.isDamaged) return { code: 'malformed', retry: 'transient' };
  if (name === 'MalformedAnswer') return { code: 'malformed', retry: 'no' };
  if (facts.isUnreadable) return { code: 'malformed', retry: status !== null && status < 300 ? 'transient' : 'no' };
  if (timeouts.has(name)) return { code: 'network', retry: 'transient' };
  if (isUntrusted(facts) || name === 'EndpointError') return { code: 'network', retry: 'no' };
  if (name === 'ResourceNotFoundException' && !(facts.isServiceWord && status === 400))
    return { code: 'malformed', retry: 'no' };
  if (status !== null && status < 300) return { code: 'malformed', retry: 'transient' };
  if (status === null) return { code: 'network', retry: 'transient' };
  return { code: 'server-error', retry: 'no' };
}
