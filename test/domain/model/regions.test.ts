import { expect, test } from 'vitest';
import {
  isCognitoRegion,
  partitionOf,
  regionsEnabledByDefault,
  userPoolArn,
} from '../../../src/domain/model/regions.ts';

// The prefixes of AWS's partition table, partitions.json of the SDKs.
test.each([
  ['eu-west-1', 'aws'],
  ['us-east-1', 'aws'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['cn-north-1', 'aws-cn'],
  ['ap-cn-1', 'aws'],
])('%s is in %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
  expect(userPoolArn('111122223333', region, 'p')).toBe(
    `arn:${partition}:cognito-idp:${region}:111122223333:userpool/p`,
  );
});

test('a region is one of Cognito’s only where AWS lists it', () => {
  expect(['eu-west-1', 'us-gov-west-1'].filter(isCognitoRegion)).toHaveLength(2);
  expect(['eu-west-9', 'local', ''].filter(isCognitoRegion)).toEqual([]);
});

// AWS Account Management guide, "AWS Regions available for your account".
test('seventeen regions can not be disabled, in any account of the commercial partition', () => {
  const areas = {
    us: ['east-1', 'east-2', 'west-1', 'west-2'],
    ap: ['south-1', 'northeast-1', 'northeast-2', 'northeast-3', 'southeast-1', 'southeast-2'],
    ca: ['central-1'],
    eu: ['central-1', 'west-1', 'west-2', 'west-3', 'north-1'],
    sa: ['east-1'],
  };
  const regions = Object.entries(areas).flatMap(([area, rest]) => rest.map((each) => `${area}-${each}`));
  expect(regions).toHaveLength(17);
  const commercial = [...regionsEnabledByDefault].filter((region) => partitionOf(region) === 'aws');
  expect(commercial.toSorted()).toEqual(regions.toSorted());
});
