import { describe, expect, it } from 'vitest';
import { describeUserPool, listedPool, replicatedFrom } from '../../../src/sandbox/cognito/user-pools.ts';
import type { StoredPool } from '../../../src/sandbox/world/stored-pool.ts';

const sends = { SnsCallerArn: 'arn:aws:iam::111122223333:role/cognito-sms', SnsRegion: 'eu-west-1' };
const pool: StoredPool = {
  accountId: '111122223333',
  region: 'eu-west-1',
  primaryRegion: 'eu-west-1',
  id: 'eu-west-1_AbCdEf123',
  name: 'customers',
  mfaConfig: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
  userPool: { UserPoolTags: { audience: 'customer' }, CreationDate: '2025-06-01T12:00:00Z', NewMember: { deep: true } },
};

describe('DescribeUserPool', () => {
  it('says identity, mode and ARN, and nothing else of MFA', () => {
    const described = describeUserPool(pool);
    expect(described).toMatchObject({
      Id: 'eu-west-1_AbCdEf123',
      Name: 'customers',
      Arn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123',
      MfaConfiguration: 'OPTIONAL',
      UserPoolTags: { audience: 'customer' },
    });
    expect(described).not.toHaveProperty('SoftwareTokenMfaConfiguration');
  });

  it('gives dates as epoch seconds, a pool that nobody changed being as old as it is', () => {
    const { CreationDate, LastModifiedDate } = describeUserPool(pool);
    expect([CreationDate, LastModifiedDate]).toEqual([1_748_779_200, 1_748_779_200]);
  });

  it('keeps members that no model knows', () => {
    expect(describeUserPool(pool)).toHaveProperty('NewMember', { deep: true });
  });

  it('shows the SMS configuration of the MFA block as the pool’s own', () => {
    const withSms = {
      ...pool,
      mfaConfig: { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: sends } },
    };
    expect(describeUserPool(withSms)).toHaveProperty('SmsConfiguration', sends);
    expect(describeUserPool(pool)).not.toHaveProperty('SmsConfiguration');
  });

  it.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('writes the ARN of %s in the partition %s', (region, partition) => {
    expect(describeUserPool({ ...pool, region })['Arn']).toMatch(
      new RegExp(`^arn:${partition}:cognito-idp:${region}:`),
    );
  });

  it('gives a replica the ARN of its own region with the id of its primary', () => {
    const { Arn } = describeUserPool({ ...pool, region: 'ap-south-1' });
    expect(Arn).toBe('arn:aws:cognito-idp:ap-south-1:111122223333:userpool/eu-west-1_AbCdEf123');
  });
});

describe('ListUserPools', () => {
  it('lists neither ARN nor tags nor the MFA mode', () => {
    expect(listedPool(pool)).toEqual({
      Id: 'eu-west-1_AbCdEf123',
      Name: 'customers',
      LambdaConfig: {},
      CreationDate: 1_748_779_200,
      LastModifiedDate: 1_748_779_200,
    });
  });

  it('names the regions of replicas where there are any', () => {
    expect(listedPool(pool, ['ap-south-1'])).toHaveProperty('ReplicaRegions', ['ap-south-1']);
  });
});

describe('a replica', () => {
  it('takes over what the primary decides, and keeps its own SMS, sender and tags', () => {
    const replica: StoredPool = {
      ...pool,
      region: 'ap-south-1',
      mfaConfig: { MfaConfiguration: 'OFF', SmsMfaConfiguration: { SmsConfiguration: sends } },
      userPool: { UserPoolTier: 'PLUS', UserPoolTags: { audience: 'workforce' } },
    };
    const primary = {
      ...pool,
      userPool: { ...pool.userPool, UserPoolTier: 'ESSENTIALS', SmsConfiguration: { SnsCallerArn: 'x' } },
    };
    const after = replicatedFrom(primary, replica);
    expect(after.region).toBe('ap-south-1');
    expect(after.mfaConfig).toEqual({ ...pool.mfaConfig, SmsMfaConfiguration: { SmsConfiguration: sends } });
    expect(after.userPool).toMatchObject({ UserPoolTier: 'ESSENTIALS', UserPoolTags: { audience: 'workforce' } });
    expect(after.userPool).not.toHaveProperty('SmsConfiguration');
  });
});
