import { expect, it } from 'vitest';
import { cognitoRegions, regionsEnabledByDefault } from '../../src/domain/model/regions.ts';
import { knownRegions, needsOptIn, poolArn } from '../../src/sandbox/fleet/region-list.ts';

it('the program and the sandbox, each from a list of its own, know the same regions', () => {
  expect(knownRegions).toEqual(cognitoRegions.aws.toSorted());
  expect(knownRegions.filter((region) => !needsOptIn(region))).toEqual(
    cognitoRegions.aws.filter((region) => regionsEnabledByDefault.has(region)).toSorted(),
  );
  expect(knownRegions.filter((region) => !needsOptIn(region))).toHaveLength(17);
});

it.each([
  ['eu-west-1', 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab12Cd34E'],
  ['us-gov-west-1', 'arn:aws-us-gov:cognito-idp:us-gov-west-1:111122223333:userpool/us-gov-west-1_Ab12Cd34E'],
])('a pool in %s has the ARN of its partition', (region, arn) => {
  expect(poolArn('111122223333', region, `${region}_Ab12Cd34E`)).toBe(arn);
});
