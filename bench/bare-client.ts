/** The floor without any SDK: Signature Version 4 by hand over keep-alive connections, the same calls as an audit. */
import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { auditRole } from './fleet.ts';
import { walk, type Api } from './walk.ts';

interface Session {
  readonly keyId: string;
  readonly secret: string;
  readonly token: string | undefined;
  /** Signing keys by region and service: a day's worth is made once. */
  readonly signingKeys: Map<string, Buffer>;
}

interface Call {
  readonly service: string;
  readonly region: string;
  readonly path: string;
  readonly contentType: string;
  readonly target: string | null;
  readonly body: string;
}

const endpoint = new URL(process.env['AWS_ENDPOINT_URL'] ?? '');
const homeRegion = process.env['AWS_REGION'] ?? '';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const caller: Session = {
  keyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
  secret: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  token: process.env['AWS_SESSION_TOKEN'],
  signingKeys: new Map(),
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function headersOf(session: Session, call: Call): Record<string, string> {
  const at = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = {
    'content-type': call.contentType,
    host: endpoint.host,
    'x-amz-date': at,
    ...(session.token === undefined ? {} : { 'x-amz-security-token': session.token }),
    ...(call.target === null ? {} : { 'x-amz-target': call.target }),
  };
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const canonical = `POST\n${call.path}\n\n${lines}\n${signed}\n${sha256(call.body)}`;
  const scope = `${at.slice(0, 8)}/${call.region}/${call.service}/aws4_request`;
  const key = signingKey(session, call, at.slice(0, 8));
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`).toString('hex');
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${session.keyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
  headers['content-length'] = String(Buffer.byteLength(call.body));
  return headers;
}

function signingKey({ secret, signingKeys }: Session, { region, service }: Call, day: string): Buffer {
  const name = `${day}/${region}/${service}`;
  const known = signingKeys.get(name);
  if (known !== undefined) return known;
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  signingKeys.set(name, key);
  return key;
}

function send(session: Session, call: Call): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { agent, host: endpoint.hostname, port: endpoint.port, method: 'POST', path: call.path };
    const outgoing = request({ ...options, headers: headersOf(session, call) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    outgoing.on('error', reject);
    outgoing.end(call.body);
  });
}

const json = async (session: Session, service: string, region: string, target: string, input: object) =>
  JSON.parse(
    await send(session, {
      service,
      region,
      path: '/',
      contentType: 'application/x-amz-json-1.1',
      target,
      body: JSON.stringify(input),
    }),
  );

const sts = (action: string, fields: Record<string, string>): Promise<string> =>
  send(caller, {
    service: 'sts',
    region: homeRegion,
    path: '/',
    contentType: 'application/x-www-form-urlencoded',
    target: null,
    body: new URLSearchParams({ Action: action, Version: '2011-06-15', ...fields }).toString(),
  });

const tag = (text: string, name: string): string => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1] ?? '';

const identity = await sts('GetCallerIdentity', {});
const api: Api<Session> = {
  callerIdentity: () => Promise.resolve(identity),
  organizations: (operation, input) =>
    json(caller, 'organizations', homeRegion, `AWSOrganizationsV20161128.${operation}`, input),
  async assume(accountId) {
    const fields = { RoleArn: `arn:aws:iam::${accountId}:role/${auditRole}`, RoleSessionName: 'bench' };
    const answer = await sts('AssumeRole', fields);
    return {
      keyId: tag(answer, 'AccessKeyId'),
      secret: tag(answer, 'SecretAccessKey'),
      token: tag(answer, 'SessionToken'),
      signingKeys: new Map(),
    };
  },
  caller,
  callerAccountId: tag(identity, 'Account'),
  async regions(session) {
    const body = JSON.stringify({ MaxResults: 50 });
    const call = { service: 'account', region: homeRegion, path: '/listRegions', contentType: 'application/json' };
    const answer: { Regions: { RegionName: string; RegionOptStatus: string }[] } = JSON.parse(
      await send(session, { ...call, target: null, body }),
    );
    return answer.Regions.filter(({ RegionOptStatus }) => RegionOptStatus === 'ENABLED').map(
      ({ RegionName }) => RegionName,
    );
  },
  unit: (session, region) => ({
    async list(token) {
      const input = { MaxResults: 60, ...(token === undefined ? {} : { NextToken: token }) };
      const answer: { UserPools: { Id: string }[]; NextToken?: string } = await json(
        session,
        'cognito-idp',
        region,
        'AWSCognitoIdentityProviderService.ListUserPools',
        input,
      );
      return { ids: answer.UserPools.map(({ Id }) => Id), next: answer.NextToken };
    },
    read: (UserPoolId) =>
      json(session, 'cognito-idp', region, 'AWSCognitoIdentityProviderService.GetUserPoolMfaConfig', { UserPoolId }),
  }),
};

process.stdout.write(String(await walk(api)));
agent.destroy();
