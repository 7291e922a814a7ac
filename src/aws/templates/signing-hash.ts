/** What the SDK's signer hashes with: Node's own crypto, at once and without a stream. */
import { createHmac, hash } from 'node:crypto';
import type { Checksum, SourceData } from '@smithy/types';

export class SigningHash implements Checksum {
  // Declared alone: an initializer is a function that runs for each of four hashes a request.
  declare private readonly key: string | Uint8Array | null;
  declare private parts: Uint8Array[];

  /** @param secret of a keyed hash (HMAC); without one it is a plain hash */
  constructor(secret?: SourceData) {
    this.key = secret === undefined ? null : keyOf(secret);
    this.parts = [];
  }

  update(part: Uint8Array): void {
    this.parts.push(part);
  }

  digest(): Promise<Uint8Array> {
    const [first = new Uint8Array()] = this.parts;
    const data = this.parts.length > 1 ? Buffer.concat(this.parts) : first;
    return Promise.resolve(
      this.key === null ? hash('sha256', data, 'buffer') : createHmac('sha256', this.key).update(data).digest(),
    );
  }

  reset(): void {
    this.parts = [];
  }
}

function keyOf(secret: SourceData): string | Uint8Array {
  if (typeof secret === 'string' || secret instanceof Uint8Array) return secret;
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
}
