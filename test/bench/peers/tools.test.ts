/** What each tool said, as it was printed or written in November 2026, shortened to what is read of it. */
import { describe, expect, test } from 'vitest';
import type { Said } from '../../../bench/peers/score.ts';
import { saidByScript } from '../../../bench/peers/tools/boto3.ts';
import { saidByLog as saidByC7nLog, saidByResources } from '../../../bench/peers/tools/c7n-org.ts';
import { saidByLog as saidByCloudSploitLog, saidByResults } from '../../../bench/peers/tools/cloud-sploit.ts';
import { deniedInLog } from '../../../bench/peers/tools/denied-in-log.ts';
import { saidByFindings } from '../../../bench/peers/tools/electric-eye.ts';
import { saidByResult } from '../../../bench/peers/tools/mfa-drift.ts';
import { saidByOcsf } from '../../../bench/peers/tools/prowler.ts';

function lines(said: Said): readonly string[] {
  return [...said].map(([place, { verdict, words }]) => `${place}: ${verdict}, ${words}`);
}

function denied(operation: string, account: string, resource: string): string {
  return `An error occurred (AccessDeniedException) when calling the ${operation} operation: User: arn:aws:sts::${account}:assumed-role/MfaDriftAudit/x is not authorized to perform: cognito-idp:${operation} on resource: ${resource} with an explicit deny in an identity-based policy`;
}

describe('mfa-drift', () => {
  test('a pool says its status and mode, a gap the place that was not read', () => {
    const result = [
      '{"record":"result","complete":false}',
      '{"record":"gap","scope":"account","accountId":"100000000019","region":null,"poolId":null,"code":"AccessDenied"}',
      '{"record":"gap","scope":"region","accountId":"100000000018","region":"af-south-1","poolId":null,"code":"AccessDenied"}',
      '{"record":"gap","scope":"pool","accountId":"100000000016","region":"us-east-1","poolId":"us-east-1_000000328","code":"AccessDenied"}',
      '{"record":"pool","accountId":"100000000000","region":"us-east-1","poolId":"us-east-1_000000002","config":{"MfaConfiguration":"OPTIONAL"},"status":"drifted"}',
      '{"record":"pool","accountId":"100000000000","region":"us-east-1","poolId":"us-east-1_000000005","config":{"MfaConfiguration":"ON"},"status":"compliant"}',
      '{"record":"pool","accountId":"100000000016","region":"us-east-1","poolId":"us-east-1_000000328","config":null,"status":"unreadable"}',
    ].join('\n');
    expect(lines(saidByResult(`${result}\n`))).toEqual([
      '100000000019: unknown, not read: AccessDenied',
      '100000000018/af-south-1: unknown, not read: AccessDenied',
      '100000000016/us-east-1/us-east-1_000000328: unknown, unreadable',
      '100000000000/us-east-1/us-east-1_000000002: not-on, drifted, OPTIONAL',
      '100000000000/us-east-1/us-east-1_000000005: on, compliant, ON',
    ]);
  });
});

describe('the boto3 script', () => {
  test('modes and failures', () => {
    const stdout =
      '{"modes": {"100000000000/us-east-1/us-east-1_000000000": "OFF", "100000000000/us-east-1/us-east-1_000000005": "ON"}, "failures": {"100000000019/us-east-1": "AccessDenied"}}';
    expect(lines(saidByScript(stdout))).toEqual([
      '100000000000/us-east-1/us-east-1_000000000: not-on, OFF',
      '100000000000/us-east-1/us-east-1_000000005: on, ON',
      '100000000019/us-east-1: unknown, AccessDenied',
    ]);
  });
});

describe('c7n-org', () => {
  test('the pools of an account and region, by the folder that they lie in', () => {
    const resources =
      '[{"Id": "us-east-1_000000320", "Name": "customers-320", "MfaConfiguration": "OFF", "Tags": []}, {"Id": "us-east-1_000000328", "Name": "customers-328", "MfaConfiguration": "ON", "Tags": []}, {"Id": "us-east-1_000000329", "Name": "customers-329"}]';
    expect(lines(saidByResources('100000000016/us-east-1/pools/resources.json', resources))).toEqual([
      '100000000016/us-east-1/us-east-1_000000320: not-on, OFF',
      '100000000016/us-east-1/us-east-1_000000328: on, ON',
      '100000000016/us-east-1/us-east-1_000000329: not-on, (no mode)',
    ]);
  });

  test('an account that it could not enter, and one whose pool it could not read, stand in the log', () => {
    const stderr = [
      '2026-11-29 08:08:59,692: c7n_org:INFO Ran account:100000000002 region:us-east-1 policy:pools matched:10 time:3.37',
      '2026-11-29 08:09:12,268: c7n_org:WARNING Access denied api:AssumeRole policy:pools account:100000000019 region:us-east-1',
      `2026-11-29 08:09:14,554: c7n_org:ERROR Exception running policy:pools account:100000000017 region:af-south-1 error:${denied('DescribeUserPool', '100000000017', 'arn:aws:cognito-idp:af-south-1:100000000017:userpool/af-south-1_000000358')}`,
    ].join('\n');
    expect(lines(saidByC7nLog([{ stderr }]))).toEqual([
      '100000000019/us-east-1: unknown, in the log: Access denied, AssumeRole',
      '100000000017/af-south-1: unknown, in the log: AccessDeniedException, DescribeUserPool',
    ]);
  });
});

describe('ElectricEye', () => {
  test('a failed and a passed finding', () => {
    const finding = (id: string, status: string, says: string) => ({
      Description: `Cognito user pool arn:aws:cognito-idp:us-east-1:100000000000:userpool/${id} ${says}`,
      Compliance: { Status: status },
      Resources: [
        {
          Type: 'AwsCognitoUserPool',
          Id: `arn:aws:cognito-idp:us-east-1:100000000000:userpool/${id}`,
          Partition: 'aws',
        },
      ],
    });
    const recommends = 'AWS recommends enabling MFA for all accounts that have a console password.';
    const findings = JSON.stringify([
      finding('us-east-1_000000000', 'FAILED', `does not enforce multi factor authentication (MFA). ${recommends}`),
      finding('us-east-1_000000008', 'PASSED', 'enforces multi factor authentication (MFA).'),
    ]);
    expect(lines(saidByFindings(findings))).toEqual([
      '100000000000/us-east-1/us-east-1_000000000: not-on, FAILED "does not enforce multi factor authentication (MFA)"',
      '100000000000/us-east-1/us-east-1_000000008: on, PASSED "enforces multi factor authentication (MFA)"',
    ]);
  });

  test('what it could not read stands in the log: a region, or the account that it ended at', () => {
    const stderr = [
      'INFO:EEAuditor:Executing AWS Check cognitoidp_mfa_check for Account 100000000017 in region us-east-1',
      `WARNING:EEAuditor:Failed to execute check cognitoidp_mfa_check with exception: ${denied('DescribeUserPool', '100000000017', 'arn:aws:cognito-idp:us-east-1:100000000017:userpool/us-east-1_000000348')}`,
      `WARNING:EEAuditor:Failed to execute check cognitoidp_mfa_check with exception: ${denied('ListUserPools', '100000000018', 'arn:aws:cognito-idp:af-south-1:100000000018:userpool/*')}`,
      'ERROR:CloudUtils:Failed to assume role arn:aws:iam::100000000019:role/MfaDriftAudit: An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::100000000000:user/Nightly is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::100000000019:role/MfaDriftAudit',
    ].join('\n');
    expect(lines(deniedInLog(stderr))).toEqual([
      '100000000017/us-east-1: unknown, in the log: AccessDeniedException, DescribeUserPool',
      '100000000018/af-south-1: unknown, in the log: AccessDeniedException, ListUserPools',
      '100000000019: unknown, in the log: AccessDenied, AssumeRole',
    ]);
  });
});

describe('CloudSploit', () => {
  const result = (resource: string, status: string, message: string) => ({
    plugin: 'cognitoMFAEnabled',
    resource,
    region: 'us-east-1',
    status,
    message,
  });

  test('a pool, a pool that it could not read, and a region that it could not list', () => {
    const arn = 'arn:aws:cognito-idp:us-east-1:100000000017:userpool/us-east-1_00000034';
    const results = JSON.stringify([
      result(`${arn}0`, 'FAIL', 'User pool does not have MFA enabled'),
      result(`${arn}5`, 'OK', 'User pool has MFA enabled'),
      result(
        `${arn}8`,
        'UNKNOWN',
        'Unable to describe Cognito user pool: User: arn:aws:sts::100000000017:assumed-role/MfaDriftAudit/aws-sdk-js-1795940640462 is not authorized to perform: cognito-idp:DescribeUserPool',
      ),
      result(
        'N/A',
        'UNKNOWN',
        'Unable to query Cognito user pools: User: arn:aws:sts::100000000017:assumed-role/MfaDriftAudit/aws-sdk-js-1795940650997 is not authorized to perform: cognito-idp:ListUserPools',
      ),
    ]);
    expect(lines(saidByResults('100000000017', results))).toEqual([
      '100000000017/us-east-1/us-east-1_000000340: not-on, FAIL "User pool does not have MFA enabled"',
      '100000000017/us-east-1/us-east-1_000000345: on, OK "User pool has MFA enabled"',
      '100000000017/us-east-1/us-east-1_000000348: unknown, UNKNOWN "Unable to describe Cognito user pool"',
      '100000000017/us-east-1: unknown, UNKNOWN "Unable to query Cognito user pools"',
    ]);
  });

  test('an account that it could not enter is a line of the log, and an account that it entered is none', () => {
    const stdout =
      '[INFO][REGIONS] Could not load all regions from EC2: {"message":"Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1","originalError":{"code":"CredentialsError"},"code":"CredentialsError"}';
    expect(lines(saidByCloudSploitLog('100000000019', `INFO: Collecting metadata.\n${stdout}\n`))).toEqual([
      '100000000019: unknown, in the log: CredentialsError',
    ]);
    expect(lines(saidByCloudSploitLog('100000000000', 'INFO: Collecting metadata.\n'))).toEqual([]);
  });
});

describe('Prowler', () => {
  test('a failed and a passed finding: also what it could not read is one', () => {
    const finding = (id: string, code: string, detail: string) => ({
      status_code: code,
      status_detail: detail,
      resources: [{ uid: `arn:aws:cognito-idp:us-east-1:100000000001:userpool/${id}`, region: 'us-east-1' }],
    });
    const findings = JSON.stringify([
      finding('us-east-1_000000020', 'FAIL', 'User pool customers-020 has MFA disabled.'),
      finding('us-east-1_000000025', 'PASS', 'User pool customers-025 has MFA enabled.'),
      finding('us-east-1_000000026', 'MANUAL', 'User pool customers-026 is to be looked at.'),
    ]);
    expect(lines(saidByOcsf(findings))).toEqual([
      '100000000001/us-east-1/us-east-1_000000020: not-on, FAIL "has MFA disabled."',
      '100000000001/us-east-1/us-east-1_000000025: on, PASS "has MFA enabled."',
      '100000000001/us-east-1/us-east-1_000000026: unknown, MANUAL "is to be looked at."',
    ]);
  });

  test('an account that it could not enter stands in the log', () => {
    const log =
      '2026-11-29 09:16:15,636 [File: provider.py:713] \t[Module: provider]\t CRITICAL: AWSAssumeRoleError[383]: AWSAssumeRoleError[1012]: AWS assume role error - An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::100000000000:user/Nightly is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::100000000019:role/MfaDriftAudit\n There are no findings in Account 100000000018\n';
    expect(lines(deniedInLog(log))).toEqual(['100000000019: unknown, in the log: AccessDenied, AssumeRole']);
  });
});
