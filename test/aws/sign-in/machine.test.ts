/** Credentials of the machine: EC2's metadata service, and the agents of ECS and EKS, each played on loopback. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAuthority, type Authority } from './authority.ts';
import { inAnHour } from './services.ts';
import { hosts, openStage, signIn, type Stage } from './stage.ts';

let authority: Authority;
beforeAll(() => void (authority = createAuthority(hosts)));
afterAll(() => authority.remove());

const credentials = (name: string) => ({
  AccessKeyId: name,
  SecretAccessKey: 's',
  Token: 't',
  Expiration: inAnHour().toISOString(),
});

/** Method, path and what it is authorized by, of each request that came. */
interface Played {
  readonly asked: string[];
  readonly port: number;
}

async function play(answer: (request: IncomingMessage) => { readonly status?: number; readonly body: string }) {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const token = request.headers.authorization ?? request.headers['x-aws-ec2-metadata-token'];
    asked.push([request.method, request.url, ...(token === undefined ? [] : [token])].join(' '));
    const { status = 200, body } = answer(request);
    response.writeHead(status).end(body);
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, port: (server.address() as AddressInfo).port } satisfies Played;
}

/** EC2 user guide, "Retrieve security credentials from instance metadata", with version 2 of the service. */
function instance() {
  const folder = '/latest/meta-data/iam/security-credentials/';
  return play(({ method, url }) => {
    if (method === 'PUT' && url === '/latest/api/token') return { body: 'session' };
    if (url === folder) return { body: 'MfaDriftRunner' };
    if (url === `${folder}MfaDriftRunner`)
      return { body: JSON.stringify({ Code: 'Success', ...credentials('INSTANCE') }) };
    return { status: 404, body: '' };
  });
}

/** Connections to `host` go to loopback: nobody but the machine's own agent answers there. */
function reroute(host: string, port: number): void {
  const connect = Reflect.get(Socket.prototype, 'connect');
  const rerouted = function (this: Socket, ...args: readonly unknown[]): unknown {
    const [to] = args.flat(1) as { readonly host?: string }[];
    if (to?.host === host) Object.assign(to, { host: '127.0.0.1', port });
    return Reflect.apply(connect, this, args);
  };
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(rerouted as typeof connect);
}

const keysUsed = ({ asked }: Stage) => asked.map(({ operation, accessKeyId }) => `${operation} ${accessKeyId}`);
const role = 'role_arn = arn:aws:iam::111122223333:role/A';

describe('the metadata service of an EC2 instance', () => {
  it.each([
    ['is the last that is asked', null, '', ['GetCallerIdentity INSTANCE']],
    [
      'is the source of a role that names it',
      'role',
      `[profile role]\n${role}\ncredential_source = Ec2InstanceMetadata\n`,
      ['AssumeRole INSTANCE', 'GetCallerIdentity ASSUMED'],
    ],
  ])('%s', async (_what, profile, config, used) => {
    const stage = await openStage(authority);
    stage.file('.aws/config', config);
    const { asked, port } = await instance();
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', `http://127.0.0.1:${port}`);
    await signIn(stage.bundle, { profile });
    expect(keysUsed(stage)).toEqual(used);
    expect(asked).toEqual([
      'PUT /latest/api/token',
      'GET /latest/meta-data/iam/security-credentials/ session',
      'GET /latest/meta-data/iam/security-credentials/MfaDriftRunner session',
    ]);
  });

  it('that AWS_EC2_METADATA_DISABLED forbids is not the source of a role either', async () => {
    const stage = await openStage(authority);
    stage.file('.aws/config', `[profile role]\n${role}\ncredential_source = Ec2InstanceMetadata\n`);
    const { asked, port } = await instance();
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', `http://127.0.0.1:${port}`);
    await expect(signIn(stage.bundle, { profile: 'role' })).rejects.toThrow(
      'credential_source is Ec2InstanceMetadata, and there are none',
    );
    expect(asked).toEqual([]);
  });
});

describe('the agent', () => {
  it.each([
    ['an environment of its own', null, '', ['GetCallerIdentity TASK']],
    [
      'a role whose source it is',
      'role',
      `[profile role]\n${role}\ncredential_source = EcsContainer\n`,
      ['AssumeRole TASK', 'GetCallerIdentity ASSUMED'],
    ],
  ])('of ECS, at AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, for %s', async (_what, profile, config, used) => {
    const { asked, port } = await play(() => ({ body: JSON.stringify(credentials('TASK')) }));
    reroute('169.254.170.2', port);
    const stage = await openStage(authority);
    stage.file('.aws/config', config);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', '/v2/credentials/6d1c?x=1');
    await signIn(stage.bundle, { profile });
    expect(asked).toEqual(['GET /v2/credentials/6d1c?x=1']);
    expect(keysUsed(stage)).toEqual(used);
  });

  it('of EKS Pod Identity is shown the token that lies in its file at that moment', async () => {
    const { asked, port } = await play(() => ({ body: JSON.stringify(credentials('POD')) }));
    reroute('169.254.170.23', port);
    const stage = await openStage(authority);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://169.254.170.23/v1/credentials');
    vi.stubEnv('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', stage.file('eks-pod-identity-token', 'first\n'));
    await signIn(stage.bundle);
    stage.file('eks-pod-identity-token', 'second\n');
    await signIn(stage.bundle);
    expect(asked).toEqual(['GET /v1/credentials first', 'GET /v1/credentials second']);
    expect(keysUsed(stage)).toEqual(['GetCallerIdentity POD', 'GetCallerIdentity POD']);
  });

  it('that refuses is quoted with the variable that names it, and nobody else is asked', async () => {
    const { port } = await play(() => ({ status: 400, body: JSON.stringify({ Message: 'no association' }) }));
    reroute('169.254.170.23', port);
    const stage = await openStage(authority);
    const { asked, port: instancePort } = await instance();
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', `http://127.0.0.1:${instancePort}`);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://169.254.170.23/v1/credentials');
    await expect(signIn(stage.bundle, { isHasty: true })).rejects.toThrow(
      /AWS_CONTAINER_CREDENTIALS_FULL_URI.*no association/,
    );
    expect(asked).toEqual([]);
  });
});
