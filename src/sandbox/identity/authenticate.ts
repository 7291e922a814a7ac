import type { ServiceFailure, ServiceName } from '../service-failure.ts';
import type { CredentialStore, KnownCredentials } from './credentials.ts';
import {
  expiredToken,
  incompleteSignature,
  missingToken,
  signatureMismatch,
  unknownToken,
  wrongClock,
  wrongScope,
} from './refusals.ts';
import { isSignedBy, parseAuthorization, signedAtMs, type SignedRequest } from './signature.ts';

/** Whose request it is and for which region, or why nobody's. */
export type Authentication =
  | { readonly ok: true; readonly credentials: KnownCredentials; readonly region: string }
  | {
      readonly ok: false;
      readonly failure: ServiceFailure;
      readonly signatureOk: boolean;
      readonly accessKeyId: string | null;
    };

/** The credentials decide the account, the signature's scope the region; a token that does not belong to the key is no token. */
export function authenticate(
  request: SignedRequest,
  service: ServiceName,
  store: CredentialStore,
  nowMs: number,
): Authentication {
  if (request.headers.authorization === undefined) return refuse(missingToken(service), null, false);
  const claim = parseAuthorization(request.headers);
  const signedAt = claim === null ? null : signedAtMs(claim);
  if (claim === null || signedAt === null) return refuse(incompleteSignature(service), null, false);
  const credentials = store.find(claim.accessKeyId);
  const token = request.headers['x-amz-security-token'] ?? null;
  if (credentials === undefined || token !== credentials.sessionToken) {
    return refuse(unknownToken(service), claim.accessKeyId, false);
  }
  if (claim.service !== service) return refuse(wrongScope(service), claim.accessKeyId, false);
  const key = store.signingKey(credentials, claim.date, claim.region, claim.service);
  if (!isSignedBy(request, claim, key)) return refuse(signatureMismatch(service), claim.accessKeyId, false);
  const clock = wrongClock(service, signedAt, nowMs);
  if (clock !== null) return refuse(clock, claim.accessKeyId, true);
  if (store.isExpired(credentials, nowMs)) return refuse(expiredToken(service), claim.accessKeyId, true);
  return { ok: true, credentials, region: claim.region };
}

function refuse(failure: ServiceFailure, accessKeyId: string | null, signatureOk: boolean): Authentication {
  return { ok: false, failure, accessKeyId, signatureOk };
}
