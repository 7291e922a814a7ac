/** Which accounts of a plan are in scope now, and whose organization it is. */
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../default-settings.ts';
import { UserError } from '../../../src/errors.ts';
import { noReads } from '../../../src/domain/model/api/reads.ts';
import type { RegionSettings } from '../../../src/domain/settings.ts';
import type { Log } from '../../../src/log.ts';
import { createCalls } from '../../../src/pacing/calls.ts';
import { failed, succeeded, type CallFailure } from '../../../src/pacing/call-result.ts';
import type { Cloud } from '../../../src/ports/cloud.ts';
import {
  accountsInScope,
  callersOrganization,
  isRegionInScope,
} from '../../../src/remediate/plan/accounts-in-scope.ts';
import { fakeCloud, refusal } from '../../reading/fake-cloud.ts';
import { VirtualClock } from '../../reading/virtual-clock.ts';
import { virtualCalls } from '../../pacing/service.ts';

const [first, second, third] = ['111122220001', '111122220002', '111122220003'];
const own = { id: 'o-exampleorg', managementAccountId: first };
const inNone = refusal('AWSOrganizationsNotInUseException');
const denied: CallFailure = {
  ...refusal('AccessDeniedException', 'AccessDenied'),
  message: 'organizations:DescribeOrganization: no',
  remedy: 'Allow it.',
};

/** An organization of three accounts, of which `pages` are listed. */
function cloudOf(described: Partial<Cloud['organization']> = {}, accounts = [first, second, third]): Cloud {
  const cloud = fakeCloud({ accounts, regions: [], unit: () => ({}) });
  return {
    ...cloud,
    organization: { ...cloud.organization, describe: async () => succeeded(own), ...described },
  };
}

async function inScope(cloud: Cloud, ids: readonly string[], exclude: readonly string[] = []) {
  const clock = new VirtualClock();
  const { calls } = virtualCalls(clock);
  const settings = {
    ...defaultSettings,
    accounts: { kind: 'organization' } as const,
    exclude: exclude.map((accounts) => ({ accounts: [accounts] }) as never),
  };
  const needs = { accountNames: false, accountPaths: false, accountTags: false, furtherReads: () => noReads };
  const found = await clock.run(accountsInScope(cloud, calls, { settings, needs, namedUnits: [] }, new Set(ids)));
  return { organizationId: found.organizationId, ids: [...found.accounts].map(([id, account]) => [id, account.id]) };
}

describe('of a plan’s accounts', () => {
  test('those are in scope that an audit would read', async () => {
    expect(await inScope(cloudOf(), [first, third])).toEqual({
      organizationId: 'o-exampleorg',
      ids: [
        [first, first],
        [third, third],
      ],
    });
  });

  test('one that has left the organization is none, and no mistake', async () => {
    expect(await inScope(cloudOf(), [second, '999988887777'])).toMatchObject({ ids: [[second, second]] });
    expect(await inScope(cloudOf(), ['999988887777'])).toMatchObject({ ids: [] });
  });

  test('none is known where the list broke off', async () => {
    const page = { items: [{ id: first, arn: null, name: first, state: 'ACTIVE', unitIds: [] }], next: '2' };
    const broken = { ...denied, message: 'organizations:ListAccounts: no' };
    const cloud = cloudOf({ accounts: async (token) => (token === null ? succeeded(page) : failed(broken)) });
    const says = new UserError(
      'The list of accounts could not be read whole: organizations:ListAccounts: no. Allow it. Nothing was changed.',
    );
    await expect(inScope(cloud, [first])).rejects.toThrow(says);
  });

  test('a single one that could not be judged does not keep the others', async () => {
    const items = [first, second].map((id) => ({
      id,
      arn: null,
      name: id,
      state: id === first ? null : 'ACTIVE',
      unitIds: [],
    }));
    const cloud = cloudOf({ accounts: async () => succeeded({ items, next: null }) });
    expect(await inScope(cloud, [first, second])).toMatchObject({ ids: [[second, second]] });
  });
});

describe('the caller’s organization', () => {
  async function asked(cloud: Cloud) {
    const clock = new VirtualClock();
    return clock.run(callersOrganization(cloud, virtualCalls(clock).calls));
  }

  test('is asked for', async () => {
    expect(await asked(cloudOf())).toBe('o-exampleorg');
  });

  test('is none where AWS says so', async () => {
    expect(await asked(cloudOf({ describe: async () => failed(inNone) }))).toBeNull();
  });

  test('is asked with credentials that last, those that listed the accounts having ended long ago', async () => {
    let isFresh = false;
    const expired: CallFailure = { ...refusal('ExpiredTokenException'), retry: 'credentials-expired' };
    const cloud = cloudOf({
      ready: async () => {
        isFresh = true;
        return succeeded(undefined);
      },
      describe: async () => (isFresh ? succeeded(own) : failed(expired)),
    });
    expect(await asked(cloud)).toBe('o-exampleorg');
  });

  test('that is not known keeps everything from being changed', async () => {
    const says = new UserError(
      'Nobody could be asked which organization this is, so nothing was changed: organizations:DescribeOrganization: no. Allow it.',
    );
    await expect(asked(cloudOf({ describe: async () => failed(denied) }))).rejects.toThrow(says);
  });

  test('is asked for once more where it was not known while accounts were listed', async () => {
    let isFirst = true;
    const answer = async () => {
      const now = isFirst ? failed(denied) : succeeded(own);
      isFirst = false;
      return now;
    };
    expect(await inScope(cloudOf({ describe: answer }), [first])).toMatchObject({ organizationId: 'o-exampleorg' });
  });

  test('is asked for again where the quota was used up, and the log says whose', async () => {
    const clock = new VirtualClock();
    const told: unknown[] = [];
    const log = { debug: (message: string, about: object) => void told.push({ message, ...about }) } as unknown as Log;
    const { signal } = new AbortController();
    const counts = { calls: 0, throttled: 0, retried: 0 };
    const calls = createCalls({ concurrency: 8, clock, signal, counts, log });
    const throttled: CallFailure = { ...denied, code: 'throttled', retry: 'throttle' };
    const answer = async () => (counts.calls < 2 ? failed(throttled) : succeeded(own));
    expect(await clock.run(callersOrganization(cloudOf({ describe: answer }), calls))).toBe('o-exampleorg');
    expect(told).toContainEqual(expect.objectContaining({ message: 'call is tried again', quota: 'organizations' }));
  });
});

describe('a region is in scope', () => {
  const list: RegionSettings = { kind: 'list', regions: ['eu-west-1', 'eu-north-1'] };
  const enabled = (...exclude: readonly string[]): RegionSettings => ({ kind: 'enabled', exclude });

  test.each<readonly [string, RegionSettings, string, boolean]>([
    ['that is listed', list, 'eu-north-1', true],
    ['or not, where it is left out of the list', list, 'us-east-1', false],
    ['that nothing excludes', enabled(), 'us-east-1', true],
    ['beside those that are excluded', enabled('ap-*', 'us-west-1'), 'us-east-1', true],
    ['or not, where a glob excludes it', enabled('sa-*', 'ap-*'), 'ap-south-1', false],
  ])('%s', (_what, regions, region, isIn) => {
    expect(isRegionInScope(regions, region)).toBe(isIn);
  });
});
