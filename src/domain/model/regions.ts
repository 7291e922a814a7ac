/**
 * The regions where Cognito serves user pools, by partition. Source: `endpoints.json` of botocore 1.43.67; `aws-cn` and
 * the ISO partitions have no `cognito-idp` entry there.
 */
export const cognitoRegions = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-eusc': ['eusc-de-east-1'],
  'aws-cn': [],
} as const;

export type Partition = keyof typeof cognitoRegions;

/** The 17 regions of the `aws` partition that need no opt-in (ListRegions: ENABLED_BY_DEFAULT), and the other partitions'. */
export const regionsEnabledByDefault: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ap-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'sa-east-1',
  ...cognitoRegions['aws-us-gov'],
  ...cognitoRegions['aws-eusc'],
]);

/** The region that stands for a partition where none is named: the first that is enabled by default. */
export const firstRegions = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-cn': 'cn-north-1',
} as const satisfies Record<Partition, string>;

/** The partition by a region's prefix, as the SDK's own partition table tells them apart. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  if (region.startsWith('cn-')) return 'aws-cn';
  return 'aws';
}

export function isCognitoRegion(region: string): boolean {
  return (cognitoRegions[partitionOf(region)] as readonly string[]).includes(region);
}

/** `arn:<partition>:cognito-idp:<region>:<account>:userpool/<id>`; a replica keeps its primary's id under its own region. */
export function userPoolArn(accountId: string, region: string, poolId: string): string {
  return `arn:${partitionOf(region)}:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
}
