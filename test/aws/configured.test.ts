import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClients } from '../../src/aws/clients.ts';
import { readConfigured, type Configured } from '../../src/aws/configured.ts';
import { cognitoEndpointFinder } from '../../src/aws/cognito-endpoint.ts';
import { providedIdentity } from '../../src/aws/caller-identity.ts';

afterEach(() => void vi.unstubAllEnvs());

function configFile(text: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-drift-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'config'), text);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
}

describe('where requests go', () => {
  it("is AWS's own where nothing says otherwise", async () => {
    expect(await readConfigured(null, null)).toEqual({
      region: null,
      endpoints: { cognito: null, organizations: null, account: null, sts: null },
      usesFips: false,
      usesDualstack: false,
    });
  });

  it('is told by the flag, then by the service, then for all', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all');
    vi.stubEnv('AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER', 'http://cognito');
    expect((await readConfigured(null, null)).endpoints).toMatchObject({
      cognito: 'http://cognito',
      sts: 'http://all',
    });
    expect((await readConfigured(null, 'http://flag')).endpoints).toMatchObject({
      cognito: 'http://flag',
      sts: 'http://flag',
    });
  });

  it('is told by the profile, for all and by its services section, unless that is ignored', async () => {
    configFile(
      '[profile audit]\nregion = eu-west-1\nendpoint_url = http://profile\nservices = local\n[services local]\nsts =\n  endpoint_url = http://sts\n',
    );
    const { region, endpoints } = await readConfigured('audit', null);
    expect(region).toBe('eu-west-1');
    expect(endpoints).toMatchObject({ cognito: 'http://profile', sts: 'http://sts' });
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
    expect((await readConfigured('audit', null)).endpoints.cognito).toBe(null);
  });

  it('has its home region from AWS_REGION before the profile', async () => {
    configFile('[default]\nregion = eu-west-1\n');
    expect((await readConfigured(null, null)).region).toBe('eu-west-1');
    vi.stubEnv('AWS_REGION', 'ap-south-1');
    expect((await readConfigured(null, null)).region).toBe('ap-south-1');
  });
});

describe('a client', () => {
  const identity = providedIdentity(async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }));
  const plain: Configured = {
    region: null,
    endpoints: { cognito: null, organizations: null, account: null, sts: null },
    usesFips: false,
    usesDualstack: false,
  };
  const handler = { handle: () => Promise.reject(new Error('no requests here')) };

  async function usesFips(configured: Configured, region: string): Promise<boolean> {
    return createClients(handler, configured, region).cognito(identity, region).config.useFipsEndpoint();
  }

  it('uses the FIPS endpoints in GovCloud, where there are no others, but never with an endpoint of the user', async () => {
    expect(await usesFips(plain, 'us-gov-west-1')).toBe(true);
    expect(await usesFips(plain, 'eu-west-1')).toBe(false);
    expect(await usesFips({ ...plain, usesFips: true }, 'us-east-1')).toBe(true);
    const endpoints = { ...plain.endpoints, cognito: 'http://127.0.0.1:1' };
    expect(await usesFips({ ...plain, usesFips: true, endpoints }, 'us-gov-west-1')).toBe(false);
  });

  it('says who it is in its user agent, for CloudTrail', async () => {
    expect(await createClients(handler, plain, 'eu-west-1').sts(identity).config.userAgentAppId()).toBe('mfa-drift');
  });
});

describe("the caller's credentials", () => {
  it('are asked for afresh once, when the service says that they have expired', async () => {
    const asked: boolean[] = [];
    const identity = providedIdentity(async (options) => {
      asked.push(options?.forceRefresh === true);
      return { accessKeyId: `key-${asked.length}`, secretAccessKey: 's' };
    });
    await identity.credentials();
    const old = identity.generation();
    identity.expire(old);
    identity.expire(old);
    await Promise.all([identity.credentials(), identity.credentials()]);
    expect(asked).toEqual([false, true]);
  });
});

describe('a region newer than the built-in list', () => {
  const dns =
    (...hosts: string[]) =>
    (host: string) =>
      hosts.includes(host) ? Promise.resolve() : Promise.reject(new Error('ENOTFOUND'));
  const known = 'cognito-idp.us-east-1.amazonaws.com';

  it('has Cognito where its endpoint is in DNS', async () => {
    const find = cognitoEndpointFinder('us-east-1', dns(known, 'cognito-idp.ap-new-9.amazonaws.com'));
    expect([await find('ap-new-9'), await find('ap-new-8')]).toEqual([true, false]);
  });

  it('is tried where DNS knows nothing of AWS, as behind a proxy', async () => {
    expect(await cognitoEndpointFinder('us-east-1', dns())('ap-new-9')).toBe(true);
  });
});
