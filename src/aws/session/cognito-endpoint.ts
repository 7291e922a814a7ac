import { lookup } from 'node:dns/promises';
import { isSystemError } from '../../system-error.ts';
import { partitionOf, type Partition } from '../../domain/model/regions.ts';

const suffixes = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-eusc': 'amazonaws.eu',
  'aws-cn': 'amazonaws.com.cn',
} as const satisfies Record<Partition, string>;

export type Resolve = (host: string) => Promise<unknown>;

/**
 * Tells whether Cognito has an endpoint in a region newer than the built-in list, by its name in DNS; each region is
 * asked about once. Only the answer that there is no such name leaves a region out, and only where AWS's other names
 * resolve (behind a proxy none may): else it is tried, since one left out without a word would be a false all clear.
 */
export function cognitoEndpointFinder(
  knownRegion: string,
  resolve: Resolve = lookup,
): (region: string) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();

  async function find(region: string): Promise<boolean> {
    return !((await isMissing(endpointHost(region), resolve)) && (await resolves(endpointHost(knownRegion), resolve)));
  }

  return (region) => {
    const answer = answers.get(region) ?? find(region);
    answers.set(region, answer);
    return answer;
  };
}

async function resolves(host: string, resolve: Resolve): Promise<boolean> {
  return (await failureOf(host, resolve)) === null;
}

/** The name server says that there is no such name; that it could not be asked says nothing. */
async function isMissing(host: string, resolve: Resolve): Promise<boolean> {
  const error = await failureOf(host, resolve);
  return error !== null && isSystemError(error) && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');
}

async function failureOf(host: string, resolve: Resolve): Promise<unknown> {
  try {
    await resolve(host);
    return null;
  } catch (error) {
    return error;
  }
}

function endpointHost(region: string): string {
  return `cognito-idp.${region}.${suffixes[partitionOf(region)]}`;
}
