/**
 * How each service says that it does not accept who is asking. The JSON services answer 400 with names that end in
 * `Exception`; STS (Query) and Account (REST-JSON) answer 403. STS lets a clock be 15 minutes wrong, the others 5.
 */
import { ServiceFailure, type ServiceName } from '../service-failure.ts';

const mismatch =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

export function missingToken(service: ServiceName): ServiceFailure {
  if (service === 'sts') {
    return new ServiceFailure('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  return refusal(service, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
}

export function incompleteSignature(service: ServiceName): ServiceFailure {
  const name = service === 'sts' ? 'IncompleteSignature' : 'IncompleteSignatureException';
  return new ServiceFailure(
    name,
    "Authorization header requires 'Credential', 'SignedHeaders', 'Signature' and a signed 'host' and 'x-amz-date'.",
    service === 'account' ? 403 : 400,
  );
}

/** Also what a region answers that is not enabled in the account. */
export function unknownToken(service: ServiceName): ServiceFailure {
  const message = 'The security token included in the request is invalid.';
  if (service === 'sts') return new ServiceFailure('InvalidClientTokenId', message, 403);
  return refusal(service, 'UnrecognizedClientException', message);
}

export function expiredToken(service: ServiceName): ServiceFailure {
  const message = 'The security token included in the request is expired';
  if (service === 'sts') return new ServiceFailure('ExpiredToken', message, 403);
  return refusal(service, 'ExpiredTokenException', message);
}

export function signatureMismatch(service: ServiceName): ServiceFailure {
  return badSignature(service, mismatch);
}

export function wrongScope(service: ServiceName): ServiceFailure {
  return badSignature(service, `Credential should be scoped to correct service: '${service}'. `);
}

/** `null` while the clocks agree well enough. */
export function wrongClock(service: ServiceName, signedAtMs: number, nowMs: number): ServiceFailure | null {
  const minutes = service === 'sts' ? 15 : 5;
  const toleranceMs = minutes * 60_000;
  if (signedAtMs < nowMs - toleranceMs) {
    const bounds = `${stamp(nowMs - toleranceMs)} (${stamp(nowMs)} - ${minutes} min.)`;
    return badSignature(service, `Signature expired: ${stamp(signedAtMs)} is now earlier than ${bounds}`);
  }
  if (signedAtMs > nowMs + toleranceMs) {
    const bounds = `${stamp(nowMs + toleranceMs)} (${stamp(nowMs)} + ${minutes} min.)`;
    return badSignature(service, `Signature not yet current: ${stamp(signedAtMs)} is still later than ${bounds}`);
  }
  return null;
}

function badSignature(service: ServiceName, message: string): ServiceFailure {
  if (service === 'sts') return new ServiceFailure('SignatureDoesNotMatch', message, 403);
  return refusal(service, 'InvalidSignatureException', message);
}

function refusal(service: ServiceName, name: string, message: string): ServiceFailure {
  return new ServiceFailure(name, message, service === 'account' ? 403 : 400);
}

function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
