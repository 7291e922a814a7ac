import { expect, test } from 'vitest';
import { unknownValues } from '../../../../src/domain/model/mfa/mfa-state.ts';

test('an answer without a mode, or with values of other types or unknown words, says where, in order', () => {
  expect(unknownValues({})).toEqual(['MfaConfiguration']);
  expect(unknownValues({ MfaConfiguration: 'ON', NewMember: 7 })).toEqual([]);
  expect(
    unknownValues({
      MfaConfiguration: 'ADAPTIVE',
      SoftwareTokenMfaConfiguration: { Enabled: 'true' },
      EmailMfaConfiguration: { Message: 5 },
    }),
  ).toEqual(['EmailMfaConfiguration.Message', 'MfaConfiguration', 'SoftwareTokenMfaConfiguration.Enabled']);
});
