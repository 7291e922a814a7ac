/** What the services answer that signing in asks: STS, IAM Identity Center, `aws login`, and a container's agent. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly host: string;
  /** The operation, as the service calls it. */
  readonly operation: string;
  /** Of the signature; `null` for a request that carries none. */
  readonly accessKeyId: string | null;
  readonly sessionName: string | null;
  /** Serial number and code of a device. */
  readonly mfa: string | null;
}

/** Answers every request, and writes it down. Credentials are named after the operation that gave them. */
export function services(asked: Asked[]): RequestListener {
  return (request, response) => void answer(request, response);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const operation = operationOf(request, body);
    const parameters = new URLSearchParams(body);
    asked.push({
      host: request.headers.host ?? '',
      operation,
      accessKeyId: /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? null,
      sessionName: parameters.get('RoleSessionName'),
      mfa: parameters.has('SerialNumber') ? `${parameters.get('SerialNumber')} ${parameters.get('TokenCode')}` : null,
    });
    response.end(answers[operation]?.(parameters) ?? '{}');
  }
}

function operationOf({ url = '' }: IncomingMessage, body: string): string {
  const action = new URLSearchParams(body).get('Action');
  if (action !== null) return action;
  if (url.startsWith('/federation/credentials')) return 'GetRoleCredentials';
  if (url === '/token') return 'CreateToken';
  if (url.startsWith('/v1/token')) return 'CreateOAuth2Token';
  return 'GetContainerCredentials';
}

export const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

const answers: Readonly<Record<string, (parameters: URLSearchParams) => string>> = {
  GetCallerIdentity: () =>
    xml(
      'GetCallerIdentity',
      '<Arn>arn:aws:sts::111122223333:assumed-role/A/b</Arn><UserId>u</UserId><Account>111122223333</Account>',
    ),
  AssumeRole: (parameters) => xml('AssumeRole', assumed('ASSUMED', parameters)),
  AssumeRoleWithWebIdentity: (parameters) => xml('AssumeRoleWithWebIdentity', assumed('FEDERATED', parameters)),
  GetRoleCredentials: () =>
    JSON.stringify({
      roleCredentials: {
        accessKeyId: 'SSO',
        secretAccessKey: 's',
        sessionToken: 't',
        expiration: inAnHour().getTime(),
      },
    }),
  CreateToken: () => JSON.stringify({ accessToken: 'fresh', expiresIn: 3600, refreshToken: 'r', tokenType: 'Bearer' }),
  CreateOAuth2Token: () =>
    JSON.stringify({
      accessToken: { accessKeyId: 'LOGIN', secretAccessKey: 's', sessionToken: 't' },
      tokenType: 'aws_sigv4',
      expiresIn: 900,
      refreshToken: 'r',
    }),
  GetContainerCredentials: () =>
    JSON.stringify({
      AccessKeyId: 'CONTAINER',
      SecretAccessKey: 's',
      Token: 't',
      Expiration: inAnHour().toISOString(),
    }),
};

function assumed(accessKeyId: string, parameters: URLSearchParams): string {
  const role = (parameters.get('RoleArn') ?? '').replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${inAnHour().toISOString()}</Expiration>`;
  return `<Credentials>${credentials}</Credentials><AssumedRoleUser><Arn>${role}/${parameters.get('RoleSessionName')}</Arn><AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>`;
}

function xml(operation: string, result: string): string {
  return `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${operation}Response>`;
}
