import { describe, expect, test } from 'vitest';
import type { Gap } from '../../../src/domain/result/result.ts';
import { newGapGroups, type GapGroup } from '../../../src/report/views/gap-groups.ts';
import { aGap } from '../a-result.ts';

const caller = 'arn:aws:iam::200000000001:user/nightly';

function notAssumed(accountId: string): Gap {
  return aGap({
    scope: 'account',
    accountId,
    region: null,
    message: `sts:AssumeRole: AccessDenied: User: ${caller} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${accountId}:role/MfaDriftAudit`,
  });
}

function grouped(...gaps: readonly Gap[]): readonly GapGroup[] {
  const groups = newGapGroups();
  for (const gap of gaps) groups.add(gap);
  return groups.groups();
}

describe('a cause that shuts one place', () => {
  test('is told in the words of AWS, with every id in them', () => {
    const [group] = grouped(notAssumed('444455556666'));
    expect(group?.reason).toBe(notAssumed('444455556666').message);
  });

  test('names the region and the pool as well', () => {
    const message = 'Rate exceeded for eu-west-1_Ab12Cd34E in eu-west-1';
    const [group] = grouped(aGap({ scope: 'pool', region: 'eu-west-1', poolId: 'eu-west-1_Ab12Cd34E', message }));
    expect(group?.reason).toBe(message);
  });
});

describe('a cause that shuts several places', () => {
  test('names whom all have in common, and stands for each where they differ', () => {
    const [group, ...others] = grouped(notAssumed('444455556666'), notAssumed('777788889999'));
    expect(others).toEqual([]);
    expect(group?.reason).toContain(caller);
    expect(group?.reason).toContain('arn:aws:iam::ACCOUNT:role/MfaDriftAudit');
  });

  test('keeps the account where only the region differs, and the region where only the account does', () => {
    const failed = (accountId: string, region: string) =>
      aGap({ accountId, region, code: 'network', message: `no answer for ${accountId} in ${region}` });
    expect(grouped(failed('444455556666', 'eu-west-1'), failed('444455556666', 'eu-west-2'))[0]?.reason).toBe(
      'no answer for 444455556666 in REGION',
    );
    expect(grouped(failed('444455556666', 'eu-west-1'), failed('777788889999', 'eu-west-1'))[0]?.reason).toBe(
      'no answer for ACCOUNT in eu-west-1',
    );
  });

  test('is another cause where another principal was refused', () => {
    const other = { ...notAssumed('777788889999') };
    const gaps = [notAssumed('444455556666'), { ...other, message: other.message.replace('nightly', 'weekly') }];
    expect(grouped(...gaps)).toHaveLength(2);
  });
});
