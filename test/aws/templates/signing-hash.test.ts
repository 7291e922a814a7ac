/** Against the SDK's own hash. */
import { Sha256 } from '@smithy/core/checksum';
import { expect, it } from 'vitest';
import { SigningHash } from '../../../src/aws/templates/signing-hash.ts';

it.each([
  ['a hash of nothing', undefined, []],
  ['a hash in parts', undefined, ['one', '\n', 'two']],
  ['a keyed hash in parts', 'key', ['one', '\n', 'two']],
  ['a keyed hash of one word', new Uint8Array([1, 2, 3]), ['word']],
  ['a key that is a view', new DataView(new ArrayBuffer(8), 2, 3), ['word']],
  ['a key that is a buffer', new ArrayBuffer(8), ['word', 'word']],
])('%s is that of the SDK', async (_what, secret, parts) => {
  const [ours, theirs] = [new SigningHash(secret), new Sha256(secret)];
  for (const part of parts) {
    ours.update(Buffer.from(part));
    theirs.update(Buffer.from(part));
  }
  expect(Buffer.from(await ours.digest())).toEqual(Buffer.from(await theirs.digest()));
  ours.reset();
  ours.update(Buffer.from('again'));
  theirs.reset();
  theirs.update(Buffer.from('again'));
  expect(Buffer.from(await ours.digest())).toEqual(Buffer.from(await theirs.digest()));
});
