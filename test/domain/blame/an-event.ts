/** Events of CloudTrail as the user guide writes them: what a test says goes over one that is whole. */
import type { JsonObject } from '../../../src/domain/model/json.ts';

export const poolId = 'eu-west-1_AbCdEf123';

const administrator: JsonObject = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLEEXAMPLE:anna@example.com',
  arn: 'arn:aws:sts::111122223333:assumed-role/Administrators/anna@example.com',
  accountId: '111122223333',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROAEXAMPLEEXAMPLE',
      arn: 'arn:aws:iam::111122223333:role/Administrators',
      accountId: '111122223333',
      userName: 'Administrators',
    },
    attributes: { creationDate: '2026-11-20T09:00:00Z', mfaAuthenticated: 'true' },
  },
};

let count = 0;

export function anEvent(changes: JsonObject = {}): JsonObject {
  count += 1;
  return {
    eventVersion: '1.11',
    userIdentity: administrator,
    eventTime: '2026-11-20T10:00:00Z',
    eventSource: 'cognito-idp.amazonaws.com',
    eventName: 'SetUserPoolMfaConfig',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.1',
    userAgent: 'aws-cli/2.13.5 Python/3.11.4 Linux/4.14.255-314-253.539.amzn2.x86_64 prompt/off',
    requestParameters: { userPoolId: poolId, mfaConfiguration: 'OFF' },
    responseElements: { mfaConfiguration: 'OFF' },
    eventID: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    ...changes,
  };
}
