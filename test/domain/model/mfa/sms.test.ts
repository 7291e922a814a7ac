import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { namesTwoSenders, smsExternalId, smsRole } from '../../../../src/domain/model/mfa/sms.ts';

const sns = 'arn:aws:iam::111122223333:role/sns';
const eums = 'arn:aws:iam::111122223333:role/eums';

describe('the role and the external id that messages are sent with', () => {
  test.each<[string, JsonObject | null, string | null, string | null]>([
    ['of nothing', null, null, null],
    ['of an empty block', {}, null, null],
    ['of SNS', { SnsCallerArn: sns, ExternalId: 'one' }, sns, 'one'],
    ['of End User Messaging', { EumsSms: { CallerArn: eums, ExternalId: 'two' } }, eums, 'two'],
    ['of SNS, where both stand', { SnsCallerArn: sns, ExternalId: 'one', EumsSms: { CallerArn: eums } }, sns, 'one'],
    ['of End User Messaging beside an empty SNS', { SnsCallerArn: '', EumsSms: { CallerArn: eums } }, eums, null],
    ['of empty ARNs', { SnsCallerArn: '', EumsSms: { CallerArn: '' } }, null, null],
    ['not the one of the other sender', { ExternalId: 'one', EumsSms: { CallerArn: eums } }, eums, null],
  ])('%s', (_what, configuration, role, externalId) => {
    expect(smsRole(configuration)).toBe(role);
    expect(smsExternalId(configuration)).toBe(externalId);
  });
});

test('two senders stand in a configuration that has a role for SNS and a block for End User Messaging', () => {
  expect(namesTwoSenders({ SnsCallerArn: sns, EumsSms: {} })).toBe(true);
  expect(namesTwoSenders({ SnsCallerArn: '', EumsSms: {} })).toBe(false);
  expect(namesTwoSenders({ SnsCallerArn: sns })).toBe(false);
});
