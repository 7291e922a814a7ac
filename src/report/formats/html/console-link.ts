import { partitionOf, type Partition } from '../../../domain/model/regions.ts';

/** Hosts of the AWS Management Console by partition (AWS general reference). */
const consoleHosts: Readonly<Record<Partition, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
  'aws-cn': 'console.amazonaws.cn',
};

/** The pool's page in the console, for someone who is signed in to its account; `null` for a region that is no name of one. */
export function consoleLink(region: string, poolId: string): string | null {
  if (!/^[a-z0-9-]+$/.test(region)) return null;
  const id = encodeURIComponent(poolId.replace(/\p{Cs}/gu, ''));
  return `https://${region}.${consoleHosts[partitionOf(region)]}/cognito/v2/idp/user-pools/${id}/overview?region=${region}`;
}
