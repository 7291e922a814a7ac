/** The endpoint that the command line asks for: the sandbox, an emulator by its URL, or AWS by a profile. */
import type { CognitoIdentityProviderClientConfig } from '@aws-sdk/client-cognito-identity-provider';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { UserError } from '../../src/errors.ts';
import type { Endpoint, Variables } from './endpoint.ts';
import { sandboxVariables } from './rules-endpoint.ts';
import { sandboxEndpoint } from './sandbox-endpoint.ts';
import { sdkEndpoint } from './sdk-endpoint.ts';
import type { Settings } from './settings.ts';

/** Asks before pools are made anywhere but on this machine. Throws a `UserError` where that is declined or can't be asked. */
export async function chosenEndpoint(settings: Settings): Promise<Endpoint> {
  const { endpointUrl, profile } = settings;
  if (endpointUrl === null && profile === null) return sandboxEndpoint;
  const region = await regionOf(settings);
  const client: CognitoIdentityProviderClientConfig = {
    region,
    ...(endpointUrl === null ? {} : { endpoint: endpointUrl }),
    ...(profile === null ? {} : { profile }),
  };
  const isLocal = endpointUrl !== null && isLoopback(endpointUrl);
  const where = endpointUrl ?? `account ${await accountOf(region, profile)}, ${region}`;
  const poolPrefix = `mfa-drift-conformance-${randomBytes(4).toString('hex')}`;
  const variables: Variables = { ...(isLocal ? sandboxVariables : {}), ...settings.variables, region };
  if (!isLocal) await confirm(where, poolPrefix, variables, settings.yes);
  return sdkEndpoint({ name: where, client, variables, poolPrefix });
}

async function regionOf({ region, profile }: Settings): Promise<string> {
  try {
    const client = new STSClient({ ...(profile === null ? {} : { profile }), ...(region === null ? {} : { region }) });
    return await client.config.region();
  } catch (cause) {
    throw new UserError('No region. Say --region REGION, or set AWS_REGION.', { cause });
  }
}

async function accountOf(region: string, profile: string | null): Promise<string> {
  try {
    const client = new STSClient({ region, ...(profile === null ? {} : { profile }) });
    const { Account: account } = await client.send(new GetCallerIdentityCommand({}));
    return account ?? 'of an unknown id';
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`The credentials were not accepted: ${text}`, { cause });
  }
}

function isLoopback(url: string): boolean {
  try {
    return ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname);
  } catch (cause) {
    throw new UserError(`"${url}" is no URL. --endpoint-url is like http://127.0.0.1:5000`, { cause });
  }
}

async function confirm(where: string, poolPrefix: string, { users }: Variables, yes: boolean): Promise<void> {
  const population = users === undefined ? 'without users' : 'some with a user at example.com, who gets no message';
  const what = `This makes user pools named ${poolPrefix}-… in ${where}, one at a time, ${population}, and deletes each again.`;
  process.stderr.write(`${what}\n`);
  if (yes) return;
  if (!process.stdin.isTTY) throw new UserError('Nobody is there to be asked. Say --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Go on? [y/N] ');
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('Nothing was made.');
}
