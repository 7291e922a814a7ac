/**
 * Credentials of a container (ECS, EKS Pod Identity, CloudShell): a URL that the environment names (AWS SDKs and Tools
 * reference guide, "Container credential provider"). The SDK's own provider takes no handler, so that it knows neither
 * proxy nor certificates nor time-outs.
 */
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import type { AwsCredentialIdentity } from '@smithy/types';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { bodyText, kindOfText } from '../answers/body.ts';
import { isCutShort } from '../answers/truncated.ts';
import { attempt } from '../failures/failures.ts';
import { MalformedAnswer } from '../failures/malformed-answer.ts';
import { readRegularFile } from '../../regular-file.ts';
import { readExpiration } from './expiration.ts';
import { refusedSignIn, signInFailure } from './failure.ts';
import type { Requests } from './requests.ts';
import { longestTokenBytes } from './web-identity.ts';

const variables = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'] as const;
const ecsHost = '169.254.170.2';
/** Where a token may go unencrypted: the agents of ECS and EKS, and this machine. */
const plainHosts = new Set([ecsHost, '169.254.170.23', '[fd00:ec2::23]', 'localhost', '[::1]']);

/** `null` where the environment names no URL. Throws FailureError where it is no good, or gives no credentials. */
export async function containerCredentials({ handler, send }: Requests): Promise<AwsCredentialIdentity | null> {
  const [relative, full] = variables;
  const variable = process.env[relative] ? relative : full;
  const given = process.env[variable];
  if (!given) return null;
  const request = requestFor(checked(variable, variable === relative ? `http://${ecsHost}${given}` : given));
  const headers = authorization();
  const ask = async () => accepted((await handler.handle(request(headers))).response);
  const answer = await send(() => attempt('container:GetCredentials', ask, read, 'the container'));
  if (!answer.ok)
    throw refusedSignIn(variable, answer.failure, 'See that the container has a role and a current token.');
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = answer.value;
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    throw signInFailure(variable, 'what answers there gives no credentials', 'Check the URL.');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof Token === 'string' ? { sessionToken: Token } : {}),
    ...(Expiration === undefined ? {} : { expiration: readExpiration(Expiration, variable) }),
  };
}

function checked(variable: string, address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPlainAllowed = url !== null && (plainHosts.has(url.hostname) || /^127\.(\d+\.){2}\d+$/.test(url.hostname));
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isPlainAllowed))) return url;
  throw signInFailure(
    variable,
    'it is no URL that credentials may be asked of',
    'Write https://…, or http:// with this machine or the agent of ECS or EKS.',
  );
}

function requestFor({ protocol, hostname, port, pathname: path, searchParams }: URL) {
  const target = { protocol, hostname, ...(port === '' ? {} : { port: Number(port) }), path };
  const query = Object.fromEntries(searchParams);
  return (headers: Record<string, string>) => new HttpRequest({ method: 'GET', ...target, query, headers });
}

function authorization(): Record<string, string> {
  const { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file, AWS_CONTAINER_AUTHORIZATION_TOKEN: token } = process.env;
  if (!file) return token ? { authorization: token } : {};
  const found = readRegularFile(file, longestTokenBytes);
  if ('bytes' in found) return { authorization: found.bytes.toString().trim() };
  throw signInFailure('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', `${file} ${found.reason}`, 'Check the path.');
}

/** Throws what the agent says where it refuses. */
function accepted(response: HttpResponse): HttpResponse {
  const { statusCode: status } = response;
  if (status === 200) return response;
  const answer = parsed(bodyText(response.body));
  const said = isJsonObject(answer) && typeof answer['Message'] === 'string' ? `: ${answer['Message']}` : '';
  const refusal = new Error(`HTTP ${status}${said}`);
  refusal.name = 'ContainerCredentialsError';
  throw Object.assign(refusal, { $metadata: { httpStatusCode: status } });
}

function read({ body }: HttpResponse): JsonObject {
  const text = bodyText(body);
  const answer = parsed(text);
  if (isJsonObject(answer)) return answer;
  throw new MalformedAnswer(`the answer is ${kindOfText(text)}`, { isDamaged: isCutShort(text) });
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
