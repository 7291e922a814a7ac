/**
 * The SDK's own signer, which derives its signing key once and not for every request. The key comes out of the secret in
 * four steps that say the day, the region and the service (Signature Version 4, "Derive a signing key"). The SDK keeps
 * fifty keys a process, which so many accounts and regions under way push out before they serve again, and hashes the
 * secret to find one.
 */
import { getSigningKey, SignatureV4, type SignatureV4CryptoInit, type SignatureV4Init } from '@smithy/signature-v4';
import type { AwsCredentialIdentity } from '@smithy/types';
import { SigningHash } from './signing-hash.ts';

interface KeptKey {
  readonly secret: string;
  readonly scope: string;
  readonly key: Promise<Uint8Array>;
}

/**
 * For one identity in one region. What is put in place of the SDK's method derives by the SDK's own function; that method
 * is private, and a version that calls it no more signs as well, and slower.
 */
export function keyKeepingSigner(options: Omit<SignatureV4Init & SignatureV4CryptoInit, 'sha256'>): SignatureV4 {
  const signer = new SignatureV4({ sha256: SigningHash, ...options });
  let kept: KeptKey | null = null;
  Object.assign(signer, {
    getSigningKey(
      credentials: AwsCredentialIdentity,
      region: string,
      shortDate: string,
      service = options.service,
    ): Promise<Uint8Array> {
      const secret = credentials.secretAccessKey;
      const scope = `${shortDate}/${region}/${service}`;
      if (kept === null || kept.secret !== secret || kept.scope !== scope)
        kept = { secret, scope, key: getSigningKey(SigningHash, credentials, shortDate, region, service) };
      return kept.key;
    },
  });
  return signer;
}
