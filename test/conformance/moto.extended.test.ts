import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCases } from './case.ts';
import { verdicts } from './conformance.ts';
import { startMoto, type MotoServer } from './moto-server.ts';
import { sdkEndpoint } from './sdk-endpoint.ts';
import { sandboxVariables } from './rules-endpoint.ts';
import { isUnexpected, readDeviations, type Verdict } from './verdict.ts';
import { without } from '../programs.ts';

const cases = readCases(new URL('cases', import.meta.url).pathname);
const deviations = readDeviations(new URL('moto-deviations.yaml', import.meta.url).pathname, cases);

const missing = without('moto');

describe.skipIf(missing !== '')(`moto${missing}`, () => {
  let moto: MotoServer;
  const told: Verdict[] = [];
  let left: readonly string[] = [];

  beforeAll(async () => {
    moto = await startMoto();
    const endpoint = sdkEndpoint({
      name: 'moto',
      client: {
        endpoint: moto.url,
        region: sandboxVariables.region,
        credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
        maxAttempts: 1,
      },
      variables: sandboxVariables,
      poolPrefix: 'conformance',
    });
    for await (const verdict of verdicts(cases, endpoint, deviations)) told.push(verdict);
    left = await endpoint.close();
  }, 300_000);

  afterAll(async () => {
    await moto.stop();
  });

  it('does what the cases say, but for the deviations that are listed', () => {
    expect(told.filter(isUnexpected)).toEqual([]);
  });

  it('is left without a pool', () => {
    expect(left).toEqual([]);
  });

  it('holds the rules that it is known to keep', () => {
    const held = told.filter(({ word }) => word === 'holds').map(({ id }) => id);
    expect(held).toEqual(expect.arrayContaining(['totp-is-shown-as-one-block', 'off-alone-is-accepted']));
  });
});
