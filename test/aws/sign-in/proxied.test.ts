/** Whoever signs in from behind a proxy: every connection goes through it, whichever provider opens it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, type Authority } from './authority.ts';
import type { Asked } from './services.ts';
import { hosts, openStage, signIn } from './stage.ts';
import { ways } from './ways.ts';

let authority: Authority;
beforeAll(() => void (authority = createAuthority(hosts)));
afterAll(() => authority.remove());

const elsewhere = 'agent.example.test';

function inWords({ host, operation, accessKeyId, sessionName }: Asked): string {
  return `${host} ${operation} ${accessKeyId ?? '-'}${sessionName === null ? '' : ` as ${sessionName}`}`;
}

describe.each(ways)('$name', ({ profile = null, prepare, requests }) => {
  it('opens no socket that the proxy did not see', async () => {
    const stage = await openStage(authority);
    prepare(stage);
    const { callerAccountId } = await signIn(stage.bundle, { profile });
    expect(stage.strays()).toEqual([]);
    expect(callerAccountId).toBe('111122223333');
    expect(stage.asked.map(inWords)).toEqual(requests);
    expect(stage.proxied).toEqual([...new Set(requests.map((request) => request.split(' ')[0]))]);
  });

  it('goes to the endpoint of --endpoint-url', async () => {
    const stage = await openStage(authority);
    prepare(stage);
    await signIn(stage.bundle, { profile, endpointUrl: `https://${elsewhere}` });
    expect(stage.strays()).toEqual([]);
    expect(stage.asked.map(inWords)).toEqual(requests.map((request) => request.replace(/^\S+/, elsewhere)));
  });

  it('trusts nobody whom --ca-bundle does not vouch for', async () => {
    const stage = await openStage(authority);
    prepare(stage);
    await expect(signIn(null, { profile })).rejects.toThrow(
      /UNABLE_TO_.* Trust the certificate of the endpoint or proxy: --ca-bundle FILE\./,
    );
    expect(stage.asked).toEqual([]);
  });

  it('trusts everybody with --no-verify-ssl', async () => {
    const stage = await openStage(authority);
    prepare(stage);
    await signIn(null, { profile, http: { verifiesCertificates: false } });
    expect(stage.asked.map(inWords)).toEqual(requests);
  });

  it('ends by --cli-read-timeout where nobody answers, after it was tried again', async () => {
    let tries = 0;
    const stage = await openStage(authority, () => void (tries += 1));
    prepare(stage);
    const impatient = { profile, isHasty: true, http: { readTimeoutMs: 100 } };
    await expect(signIn(stage.bundle, impatient)).rejects.toThrow(
      /TimeoutError: the answer was not whole after 100 ms/,
    );
    expect(tries).toBeGreaterThan(1);
  });

  it('ends when the run is interrupted', async () => {
    const interruption = new AbortController();
    const stage = await openStage(authority, () => interruption.abort(143));
    prepare(stage);
    await expect(signIn(stage.bundle, { profile, signal: interruption.signal })).rejects.toBe(143);
  });

  it('outlives a fault of the service', async () => {
    const stage = await openStage(authority);
    prepare(stage);
    stage.troubles.push(503, 500);
    await signIn(stage.bundle, { profile, isHasty: true });
    expect(stage.troubles).toEqual([]);
    expect(stage.asked.map(inWords)).toEqual(requests);
  });
});
