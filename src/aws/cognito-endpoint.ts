import { lookup } from 'node:dns/promises';
import { partitionOf, type Partition } from '../domain/regions.ts';

const suffixes = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-eusc': 'amazonaws.eu',
  'aws-cn': 'amazonaws.com.cn',
} as const satisfies Record<Partition, string>;

export type Resolve = (host: string) => Promise<unknown>;

/**
 * Tells whether Cognito has an endpoint in a region newer than the built-in list, by its name in DNS; each region is
 * asked about once. A name that doesn't resolve proves nothing where AWS's other names don't resolve either (behind a
 * proxy): then the region is tried, since one left out without a word would be a false all clear.
 */
export function cognitoEndpointFinder(
  knownRegion: string,
  resolve: Resolve = lookup,
): (region: string) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();

  async function find(region: string): Promise<boolean> {
    return (await isInDns(endpointHost(region), resolve)) || !(await isInDns(endpointHost(knownRegion), resolve));
  }

  return (region) => {
    const answer = answers.get(region) ?? find(region);
    answers.set(region, answer);
    return answer;
  };
}

async function isInDns(host: string, resolve: Resolve): Promise<boolean> {
  try {
    await resolve(host);
    return true;
  } catch {
    return false;
  }
}

function endpointHost(region: string): string {
  return `cognito-idp.${region}.${suffixes[partitionOf(region)]}`;
}
