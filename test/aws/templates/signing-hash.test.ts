/** Against AWS's own test suite for Signature Version 4, case `get-vanilla`, and the SDK's own hash. */
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { signingHash } from '../../../src/aws/templates/signing-hash.ts';

const suite = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const vanilla = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';

function signerOf(secretAccessKey: string, sha256 = signingHash()): SignatureV4 {
  const credentials = { ...suite, secretAccessKey };
  return new SignatureV4({ credentials, region: 'us-east-1', service: 'service', sha256, applyChecksum: false });
}

async function signature(signer: SignatureV4, at: string, path = '/'): Promise<string> {
  const request = new HttpRequest({ method: 'GET', path, headers: { host: 'example.amazonaws.com' } });
  const { headers } = await signer.sign(request, { signingDate: new Date(at) });
  return headers['authorization']?.split('Signature=')[1] ?? '';
}

describe('a signer with this hash', () => {
  it('signs as AWS says, the first time and every other', async () => {
    const signer = signerOf(suite.secretAccessKey);
    for (let count = 0; count < 3; count += 1) expect(await signature(signer, '2015-08-30T12:36:00Z')).toBe(vanilla);
  });

  it('signs another request, another day and another secret as the SDK does', async () => {
    const ours = signerOf(suite.secretAccessKey);
    const theirs = signerOf(suite.secretAccessKey, Sha256);
    for (const [at, path] of [
      ['2015-08-30T12:36:00Z', '/'],
      ['2015-08-30T12:36:00Z', '/other'],
      ['2015-08-30T23:59:59Z', '/'],
      ['2015-08-31T00:00:00Z', '/'],
      ['2015-08-30T12:36:00Z', '/'],
    ] as const)
      expect(await signature(ours, at, path)).toBe(await signature(theirs, at, path));
    expect(await signature(signerOf('another'), '2015-08-30T12:36:00Z')).toBe(
      await signature(signerOf('another', Sha256), '2015-08-30T12:36:00Z'),
    );
  });

  it('follows credentials that are renewed while it lives', async () => {
    const held = { ...suite, secretAccessKey: 'yesterday' };
    const credentials = () => Promise.resolve({ ...held });
    const signer = new SignatureV4({
      credentials,
      region: 'us-east-1',
      service: 'service',
      sha256: signingHash(),
      applyChecksum: false,
    });
    await signature(signer, '2015-08-30T12:36:00Z');
    held.secretAccessKey = suite.secretAccessKey;
    expect(await signature(signer, '2015-08-30T12:36:00Z')).toBe(vanilla);
  });
});

it.each([
  ['a hash of nothing', undefined, []],
  ['a hash in parts', undefined, ['one', '\n', 'two']],
  ['a keyed hash in parts', 'key', ['one', '\n', 'two']],
  ['a keyed hash of one word', new Uint8Array([1, 2, 3]), ['word']],
  ['a key that is a view', new DataView(new ArrayBuffer(8), 2, 3), ['word']],
  ['a key that is a buffer', new ArrayBuffer(8), ['word', 'word']],
])('%s is that of the SDK', async (_what, secret, parts) => {
  const [ours, theirs] = [new (signingHash())(secret), new Sha256(secret)];
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
