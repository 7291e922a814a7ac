/**
 * What the SDK's signer hashes with, by Node's own crypto. Its signing key comes out of the secret in four steps that say
 * the day, the region and the service, the same for every request (Signature Version 4, "Derive a signing key"). The SDK
 * keeps fifty keys, which so many accounts and regions under way push out before they serve again, and hashes the secret to
 * find one; here a signer keeps its own steps.
 */
import { createHmac, hash } from 'node:crypto';
import type { Checksum, ChecksumConstructor, SourceData } from '@smithy/types';

/** What came of a key and the text that was hashed with it; a result is the key of the next step. */
type Steps = Map<string | Uint8Array, Map<string, Uint8Array>>;

const lineFeed = 0x0a;

/** For one signer, that is one identity in one region; what it keeps goes with it. */
export function signingHash(): ChecksumConstructor {
  const steps: Steps = new Map();
  return class SigningHash implements Checksum {
    readonly digestLength = 32;
    private readonly key: string | Uint8Array | null;
    private parts: Uint8Array[] = [];

    constructor(secret?: SourceData) {
      this.key = secret === undefined ? null : keyOf(secret);
    }

    update(part: Uint8Array): void {
      this.parts.push(part);
    }

    digest(): Promise<Uint8Array> {
      const [first = new Uint8Array()] = this.parts;
      const data = this.parts.length > 1 ? Buffer.concat(this.parts) : first;
      return Promise.resolve(this.key === null ? hash('sha256', data, 'buffer') : digestWith(steps, this.key, data));
    }

    reset(): void {
      this.parts = [];
    }
  };
}

function keyOf(secret: SourceData): string | Uint8Array {
  if (typeof secret === 'string' || secret instanceof Uint8Array) return secret;
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
}

/** A step of the derivation hashes one word; what is signed has lines, and is another for every request. */
function digestWith(steps: Steps, key: string | Uint8Array, data: Uint8Array): Uint8Array {
  if (data.includes(lineFeed)) return hmac(key, data);
  const known = steps.get(key) ?? new Map<string, Uint8Array>();
  steps.set(key, known);
  const word = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
  const result = known.get(word) ?? hmac(key, data);
  known.set(word, result);
  return result;
}

function hmac(key: string | Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(data).digest();
}
