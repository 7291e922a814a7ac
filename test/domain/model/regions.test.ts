import { expect, test } from 'vitest';
import { isCognitoRegion, partitionOf, userPoolArn } from '../../../src/domain/model/regions.ts';

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
