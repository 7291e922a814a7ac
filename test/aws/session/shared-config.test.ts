import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClients } from '../../../src/aws/session/clients.ts';
import { cognitoEndpointFinder } from '../../../src/aws/session/cognito-endpoint.ts';
import { readConfigured, type Configured } from '../../../src/aws/session/shared-config.ts';
import { heldIdentity } from '../../../src/aws/session/identity.ts';
import { plainConfigured } from '../plain-configured.ts';

afterEach(() => void vi.unstubAllEnvs());

function configFile(text: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-drift-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'config'), text);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
}

describe('where requests go', () => {
  it("is AWS's own where nothing says otherwise", async () => {
    expect(await readConfigured(null, null)).toEqual(plainConfigured);
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

  it.each(['file:///', 'localhost:4000', 'ftp://host', 'http://', 'http://[::1', 'http://host:99999', '', ' '])(
    'is refused at once where the flag says %j',
    async (address) => {
      const said = `The endpoint ${JSON.stringify(address)} is no address that can be asked.`;
      await expect(readConfigured(null, address)).rejects.toThrow(said);
    },
  );

  it('is refused where variables or the profile say so, unless that is ignored, and no password is shown', async () => {
    configFile('[default]\nendpoint_url = file:///etc/passwd\n');
    await expect(readConfigured(null, null)).rejects.toThrow('"file:///etc/passwd"');
    vi.stubEnv('AWS_ENDPOINT_URL', 'gopher://user:secret@host');
    await expect(readConfigured(null, null)).rejects.toThrow('The endpoint "…@host"');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all');
    vi.stubEnv('AWS_ENDPOINT_URL_SSO', 'file:///');
    await expect(readConfigured(null, null)).rejects.toThrow('AWS_ENDPOINT_URL_SSO');
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
    expect(await readConfigured(null, null)).toEqual(plainConfigured);
  });

  it.each(['true', 'True', 'TRUE'])('is AWS itself with AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=%s', async (word) => {
    configFile('[default]\nendpoint_url = http://profile\n');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all');
    vi.stubEnv('AWS_ENDPOINT_URL_SSO', 'http://sso');
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', word);
    expect(await readConfigured(null, null)).toEqual(plainConfigured);
    expect((await readConfigured(null, 'http://flag')).endpoints.cognito).toBe('http://flag');
  });

  it('is AWS itself where the profile ignores what is configured, also in the environment, as with the AWS CLI', async () => {
    configFile('[default]\nignore_configured_endpoint_urls = True\n');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all');
    expect(await readConfigured(null, null)).toEqual(plainConfigured);
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'false');
    expect((await readConfigured(null, null)).endpoints.cognito).toBe('http://all');
  });

  it('is told to the services that only signing in asks', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all');
    vi.stubEnv('AWS_ENDPOINT_URL_SSO_OIDC', 'http://oidc');
    expect((await readConfigured(null, null)).signInEndpoints).toEqual({
      sso: 'http://all',
      ssoOidc: 'http://oidc',
      signin: 'http://all',
    });
  });

  it.each([
    ['use_fips_endpoint', 'usesFips'],
    ['use_dualstack_endpoint', 'usesDualstack'],
  ] as const)('%s is a word in any case, in the environment before the file', async (setting, member) => {
    configFile(`[default]\n${setting} = True\n`);
    expect((await readConfigured(null, null))[member]).toBe(true);
    vi.stubEnv(`AWS_${setting.toUpperCase()}`, 'False');
    expect((await readConfigured(null, null))[member]).toBe(false);
    vi.stubEnv(`AWS_${setting.toUpperCase()}`, 'TRUE');
    expect((await readConfigured(null, null))[member]).toBe(true);
  });

  it('vouches for certificates with AWS_CA_BUNDLE before ca_bundle of the profile', async () => {
    configFile('[profile audit]\nca_bundle = /etc/profile.pem\n');
    expect((await readConfigured('audit', null)).caBundle).toBe('/etc/profile.pem');
    vi.stubEnv('AWS_CA_BUNDLE', '/etc/all.pem');
    expect((await readConfigured('audit', null)).caBundle).toBe('/etc/all.pem');
  });

  it('has its home region from AWS_REGION before the profile', async () => {
    configFile('[default]\nregion = eu-west-1\n');
    expect((await readConfigured(null, null)).region).toBe('eu-west-1');
    vi.stubEnv('AWS_REGION', 'ap-south-1');
    expect((await readConfigured(null, null)).region).toBe('ap-south-1');
  });
});

describe('a client', () => {
  const identity = heldIdentity({ accessKeyId: 'a', secretAccessKey: 'b' });
  const handler = { handle: () => Promise.reject(new Error('no requests here')) };

  async function usesFips(configured: Configured, region: string): Promise<boolean> {
    return createClients(handler, configured, region).cognito(identity, region).config.useFipsEndpoint();
  }

  it('uses the FIPS endpoints in GovCloud, where there are no others, but never with an endpoint of the user', async () => {
    expect(await usesFips(plainConfigured, 'us-gov-west-1')).toBe(true);
    expect(await usesFips(plainConfigured, 'eu-west-1')).toBe(false);
    expect(await usesFips({ ...plainConfigured, usesFips: true }, 'us-east-1')).toBe(true);
    const endpoints = { ...plainConfigured.endpoints, cognito: 'http://127.0.0.1:1' };
    expect(await usesFips({ ...plainConfigured, usesFips: true, endpoints }, 'us-gov-west-1')).toBe(false);
  });

  it('says who it is in its user agent, for CloudTrail', async () => {
    expect(await createClients(handler, plainConfigured, 'eu-west-1').sts(identity).config.userAgentAppId()).toBe(
      'mfa-drift',
    );
  });
});

describe('a region newer than the built-in list', () => {
  const failing = (code: string) => Promise.reject(Object.assign(new Error(code), { code, syscall: 'getaddrinfo' }));
  const dns =
    (...hosts: string[]) =>
    (host: string) =>
      hosts.includes(host) ? Promise.resolve() : failing('ENOTFOUND');
  const known = 'cognito-idp.us-east-1.amazonaws.com';

  it('has Cognito where its endpoint is in DNS', async () => {
    const find = cognitoEndpointFinder('us-east-1', dns(known, 'cognito-idp.ap-new-9.amazonaws.com'));
    expect([await find('ap-new-9'), await find('ap-new-8')]).toEqual([true, false]);
  });

  it.each(['EAI_AGAIN', 'ETIMEOUT', 'ECONNREFUSED'])(
    'is tried where the name server could not be asked: %s',
    async (code) => {
      const find = cognitoEndpointFinder('us-east-1', (host) => (host === known ? Promise.resolve() : failing(code)));
      expect(await find('ap-new-9')).toBe(true);
    },
  );

  it('is tried where DNS knows nothing of AWS, as behind a proxy', async () => {
    expect(await cognitoEndpointFinder('us-east-1', dns())('ap-new-9')).toBe(true);
  });
});
