/**
 * The sandbox's own list of regions: one that is wrong on both sides of a test would not be noticed. Sources: the
 * `cognito-idp` endpoints of botocore 1.43.11, and the account guide, "Considerations before enabling and disabling
 * Regions", which names those that need no opt-in.
 */
const withoutOptIn = [
  'ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1',
  'eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2',
];
const withOptIn = [
  'af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7',
  'ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1',
];

const enabledByDefault: ReadonlySet<string> = new Set(withoutOptIn.flatMap((line) => line.split(' ')));

/** The regions that the sandbox knows without being told, by name. */
export const knownRegions: readonly string[] = [...withoutOptIn, ...withOptIn]
  .flatMap((line) => line.split(' '))
  .sort();

export function needsOptIn(region: string): boolean {
  return !enabledByDefault.has(region);
}

/** By the region's name (AWS General Reference, "ARNs": `aws-cn`, `aws-us-gov`; the SDK's partitions). */
export function partitionOf(region: string): string {
  const partitions = [
    ['us-gov-', 'aws-us-gov'],
    ['eusc-', 'aws-eusc'],
    ['cn-', 'aws-cn'],
  ];
  return partitions.find(([prefix = '']) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** `arn:<partition>:cognito-idp:<region>:<account>:userpool/<id>` (service authorization reference, "Amazon Cognito User Pools"). */
export function poolArn(accountId: string, region: string, poolId: string): string {
  return `arn:${partitionOf(region)}:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
}
