import { expect, test } from 'vitest';
import { accountsTold, hasLeft } from '../../../src/domain/baseline/accounts-told.ts';
import { aGap, anAccount, aResult, aSkip, aUnit, type Records } from '../../report/a-result.ts';

const told = (records: Records) => accountsTold(aResult(records));

test('an account is closed where it was left out whole for that, and for nothing else', async () => {
  const skipped = [
    aSkip({ scope: 'account', accountId: '111111111111', region: null, reason: 'closed' }),
    aSkip({ scope: 'account', accountId: '222222222222', region: null, reason: 'suspended' }),
    aSkip({ scope: 'region', accountId: '333333333333', reason: 'closed' }),
    aSkip({ scope: 'region', accountId: '444444444444', reason: 'region-not-enabled' }),
  ];
  expect([...(await told({ skipped })).closed]).toEqual(['111111111111']);
});

test('the list of accounts is whole though one could not be read, and not where it was cut', async () => {
  const ofAccount = aGap({ scope: 'account', accountId: '555555555555', region: null });
  const cut = aGap({ scope: 'organization', accountId: null, region: null });
  expect((await told({ gaps: [ofAccount] })).isWhole).toBe(true);
  expect((await told({ gaps: [ofAccount, cut] })).isWhole).toBe(false);
});

test('who is told of nowhere has left where the list is whole', async () => {
  const records = {
    accounts: [anAccount({ id: '111111111111' })],
    units: [aUnit({ accountId: '222222222222' })],
    gaps: [aGap({ scope: 'account', accountId: '333333333333', region: null })],
  };
  const whole = await told(records);
  const left = ['111111111111', '222222222222', '333333333333', '444444444444'].filter((id) => hasLeft(id, whole));
  expect(left).toEqual(['444444444444']);
  expect(hasLeft('444444444444', { ...whole, isWhole: false })).toBe(false);
});
