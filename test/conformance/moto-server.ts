/** moto's own server, an AWS that nobody here wrote, where it is installed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { JsonObject } from '../../src/domain/model/json.ts';

export interface MotoServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** On a free port of 127.0.0.1; takes some seconds to start. */
export async function startMoto(): Promise<MotoServer> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, 'exit');
  };
  for await (const line of createInterface(child.stderr)) {
    const url = /Running on (?<url>http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.groups?.['url'];
    if (url !== undefined) {
      child.stderr.resume();
      return { url, stop };
    }
  }
  await stop();
  throw new Error('moto_server ended before it said where it runs');
}

/** Asks its Cognito for what no client of ours asks, such as to make users; signed by nobody in particular. */
export async function askCognito(
  { url }: MotoServer,
  region: string,
  operation: string,
  input: object,
): Promise<{ readonly ok: boolean; readonly answer: JsonObject }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  return { ok: response.ok, answer: text === '' ? {} : JSON.parse(text) };
}

/** The same, where it may not refuse. */
export async function doneByCognito(
  moto: MotoServer,
  region: string,
  operation: string,
  input: object,
): Promise<JsonObject> {
  const { ok, answer } = await askCognito(moto, region, operation, input);
  if (!ok) throw new Error(`moto refused ${operation}: ${JSON.stringify(answer)}`);
  return answer;
}
