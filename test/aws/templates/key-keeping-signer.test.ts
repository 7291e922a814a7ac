/** Against AWS's own test suite for Signature Version 4, case `get-vanilla`, and the SDK's signer as it is. */
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { keyKeepingSigner } from '../../../src/aws/templates/key-keeping-signer.ts';

const suite = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const vanilla = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';

const scope = { region: 'us-east-1', service: 'service', applyChecksum: false };

function signerOf(secretAccessKey: string): SignatureV4 {
  return keyKeepingSigner({ ...scope, credentials: { ...suite, secretAccessKey } });
}

function sdkSignerOf(secretAccessKey: string): SignatureV4 {
  return new SignatureV4({ ...scope, credentials: { ...suite, secretAccessKey }, sha256: Sha256 });
}

async function signature(signer: SignatureV4, at: string, path = '/'): Promise<string> {
  const request = new HttpRequest({ method: 'GET', path, headers: { host: 'example.amazonaws.com' } });
  const { headers } = await signer.sign(request, { signingDate: new Date(at) });
  return headers['authorization']?.split('Signature=')[1] ?? '';
}

describe('a signer that keeps its key', () => {
  it('signs as AWS says, the first time and every other', async () => {
    const signer = signerOf(suite.secretAccessKey);
    for (let count = 0; count < 3; count += 1) expect(await signature(signer, '2015-08-30T12:36:00Z')).toBe(vanilla);
  });

  it('derives its key once a day, whatever other signers derive meanwhile', async () => {
    const signer = signerOf(suite.secretAccessKey);
    await signature(signer, '2015-08-30T12:36:00Z');
    const kept = await signer['getSigningKey'](suite, 'us-east-1', '20150830');
    for (let other = 0; other < 60; other += 1) await signature(signerOf(`other ${other}`), '2015-08-30T12:36:00Z');
    expect(await signer['getSigningKey'](suite, 'us-east-1', '20150830')).toBe(kept);
    expect(await signer['getSigningKey'](suite, 'us-east-1', '20150831')).not.toEqual(kept);
  });

  it('signs another request, another day and another secret as the SDK does', async () => {
    const ours = signerOf(suite.secretAccessKey);
    const theirs = sdkSignerOf(suite.secretAccessKey);
    for (const [at, path] of [
      ['2015-08-30T12:36:00Z', '/'],
      ['2015-08-30T12:36:00Z', '/other'],
      ['2015-08-30T23:59:59Z', '/'],
      ['2015-08-31T00:00:00Z', '/'],
      ['2015-08-30T12:36:00Z', '/'],
    ] as const)
      expect(await signature(ours, at, path)).toBe(await signature(theirs, at, path));
    expect(await signature(signerOf('another'), '2015-08-30T12:36:00Z')).toBe(
      await signature(sdkSignerOf('another'), '2015-08-30T12:36:00Z'),
    );
  });

  it('follows credentials that are renewed while it lives', async () => {
    const held = { ...suite, secretAccessKey: 'yesterday' };
    const credentials = () => Promise.resolve({ ...held });
    const signer = keyKeepingSigner({ ...scope, credentials });
    await signature(signer, '2015-08-30T12:36:00Z');
    held.secretAccessKey = suite.secretAccessKey;
    expect(await signature(signer, '2015-08-30T12:36:00Z')).toBe(vanilla);
  });
});
