import { describe, expect, it } from 'vitest';
import { failed, succeeded, type Attempt, type CallFailure } from '../../../src/pacing/call-result.ts';
import { FailureRow } from '../../../src/pacing/failure-row.ts';
import type { AccountCalls, RegionState } from '../../../src/ports/cloud.ts';
import { AccountRegistry } from '../../../src/reading/accounts/account-registry.ts';
import { accountRegions } from '../../../src/reading/accounts/account-regions.ts';
import { chooseRegions } from '../../../src/reading/accounts/region-choice.ts';
import { recordedCalls, throttledFailure } from '../../pacing/service.ts';
import { fakeCloud, refusal } from '../fake-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { scopeOf } from '../a-scope.ts';
import { denied, hr, shop } from './fake-organization.ts';

type Scoped = NonNullable<Parameters<typeof scopeOf>[0]>;
const list = (...regions: string[]): Scoped => ({ settings: { regions: { kind: 'list', regions } } });
const state = (region: string, word: string | null): RegionState => ({ region, state: word });

interface Options {
  readonly scoped?: Scoped;
  readonly ready?: Attempt<void>;
  /** Newer than the built-in list, and served by Cognito. */
  readonly serves?: readonly string[];
}

/** Listings of these answers, one after the other, each of another account. */
function world(
  answers: readonly (readonly RegionState[] | CallFailure)[],
  { scoped = {}, ready, serves = [] }: Options = {},
) {
  const clock = new VirtualClock();
  const { calls, lines } = recordedCalls(clock);
  const lookedUp: string[] = [];
  const cloud = {
    ...fakeCloud({ accounts: [], regions: denied, unit: () => ({}) }),
    servesCognito: async (region: string) => {
      lookedUp.push(region);
      return serves.includes(region);
    },
  };
  const registry = new AccountRegistry(null);
  let asked = 0;
  const account: AccountCalls = {
    ...cloud.account(shop),
    ready: async () => ready ?? succeeded(undefined),
    regions: async () => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      return 'code' in answer ? failed(answer) : succeeded({ items: answer, next: null });
    },
  };
  const row = new FailureRow();
  const run = (id: string = shop) =>
    clock.run(
      (async () => {
        const regions = await chooseRegions(cloud, calls, scopeOf(scoped));
        return accountRegions({ cloud, calls, regions, regionListings: row, registry }, id, account);
      })(),
    );
  return { run, registry, lookedUp, lines, clock, asked: () => asked };
}

async function optIns(states: readonly RegionState[], options?: Options) {
  const { read, skipped } = await world([states], options).run();
  return { read: read.map(({ region, optIn }) => [region, optIn]), skipped };
}

describe('the regions of an account', () => {
  const ireland = { scoped: list('eu-west-1') };
  it.each([
    ['ENABLED', 'sure'],
    ['ENABLED_BY_DEFAULT', 'sure'],
    ['ENABLING', 'changing'],
    ['DISABLING', 'changing'],
    ['PAUSED', 'doubtful'],
    [null, 'doubtful'],
  ])('that are %s are read, and %s', async (word, optIn) => {
    expect(await optIns([state('eu-west-1', word)], ireland)).toEqual({ read: [['eu-west-1', optIn]], skipped: [] });
  });

  it('that are disabled are skipped, and those of which nothing is said are doubtful', async () => {
    expect(await optIns([state('eu-west-1', 'DISABLED')], { scoped: list('eu-west-1', 'us-east-1') })).toEqual({
      read: [['us-east-1', 'doubtful']],
      skipped: ['eu-west-1'],
    });
  });

  it.each([
    [['DISABLED', 'ENABLED'], 'sure'],
    [['ENABLED', 'DISABLED'], 'sure'],
    [['ENABLED', 'ENABLING'], 'sure'],
    [['ENABLING', 'ENABLED'], 'sure'],
    [['PAUSED', 'ENABLING'], 'changing'],
    [['ENABLING', 'PAUSED'], 'changing'],
    [['DISABLED', 'PAUSED'], 'doubtful'],
    [['PAUSED', 'DISABLED'], 'doubtful'],
  ])('that are listed twice are what is more: %s', async (words, optIn) => {
    expect(
      await optIns(
        words.map((word) => state('eu-west-1', word)),
        ireland,
      ),
    ).toEqual({ read: [['eu-west-1', optIn]], skipped: [] });
  });

  it('are listed by credentials that were accepted', async () => {
    expect((await world([[]], ireland).run()).areCredentialsAccepted).toBe(true);
  });
});

describe('a region beyond those that are wanted', () => {
  const states = [state('eu-west-9', 'ENABLED'), state('eu-west-8', 'DISABLED'), state('xx-test-1', 'ENABLED')];
  const serves = ['eu-west-9', 'eu-west-8'];

  it('is read where only the account knows it and Cognito serves it, and looked up only where it is enabled', async () => {
    const { run, lookedUp } = world([states], { serves });
    const { read, skipped, notAudited } = await run();
    expect(read.at(-1)).toEqual({ region: 'eu-west-9', optIn: 'sure' });
    expect(read.map(({ region }) => region)).not.toContain('eu-west-8');
    expect(skipped).toEqual([]);
    expect(lookedUp).toEqual(['eu-west-9', 'xx-test-1']);
    expect(notAudited).toBeNull();
  });

  it('is told as not audited where the configuration leaves it out, with others and in order', async () => {
    const known = [
      ...states,
      state('us-east-2', 'ENABLED'),
      state('us-east-1', 'ENABLING'),
      state('eu-west-1', 'ENABLED'),
    ];
    const { run, lookedUp } = world([known], { scoped: list('eu-west-1'), serves });
    const { read, notAudited } = await run();
    expect(read).toEqual([{ region: 'eu-west-1', optIn: 'sure' }]);
    expect(notAudited).toEqual(['eu-west-9', 'us-east-1', 'us-east-2']);
    expect(lookedUp).toEqual(['eu-west-9', 'xx-test-1']);
  });

  it('is not left out where the configuration has it and --region another', async () => {
    const scoped = { ...list('eu-west-1', 'us-east-1'), filters: { regions: ['eu-west-1'] } };
    const { run } = world([['eu-west-1', 'us-east-1', 'us-east-2'].map((region) => state(region, 'ENABLED'))], {
      scoped,
    });
    const { read, notAudited } = await run();
    expect([read, notAudited]).toEqual([[{ region: 'eu-west-1', optIn: 'sure' }], ['us-east-2']]);
  });

  it('is neither beside --region, which leaves nothing out', async () => {
    const { run } = world([states], { scoped: { filters: { regions: ['eu-west-1'] } }, serves });
    const { read, notAudited } = await run();
    expect([read, notAudited]).toEqual([[{ region: 'eu-west-1', optIn: 'doubtful' }], null]);
  });

  it('is not audited where a glob leaves it out, and read where another does', async () => {
    const globs: Scoped = { settings: { regions: { kind: 'enabled', exclude: ['eu-*'] } } };
    const { run } = world([[...states, state('xy-new-1', 'ENABLING')]], {
      scoped: globs,
      serves: [...serves, 'xy-new-1'],
    });
    const { read, notAudited } = await run();
    expect(read.at(-1)).toEqual({ region: 'xy-new-1', optIn: 'changing' });
    expect(notAudited).toEqual(['eu-west-9']);
  });
});

describe('where regions can’t be listed', () => {
  const two = { scoped: list('eu-west-1', 'us-east-1') };
  it.each<[string, CallFailure, boolean]>([
    ['since that is denied, credentials were accepted', denied, true],
    ['since a proxy says no, nobody knows', (({ serviceStatus: _status, ...proxied }) => proxied)(denied), false],
    ['for another reason, nobody knows', refusal('UnrecognizedClientException'), false],
  ])('%s, and all are tried', async (_why, failure, areCredentialsAccepted) => {
    const { run, registry } = world([failure], two);
    expect(await run()).toEqual({
      read: [
        { region: 'eu-west-1', optIn: 'doubtful' },
        { region: 'us-east-1', optIn: 'doubtful' },
      ],
      skipped: [],
      notAudited: null,
      areCredentialsAccepted,
    });
    expect(registry.unreadFacts.all()).toMatchObject([{ fact: 'regions', failure, accounts: 1 }]);
  });

  it('nothing is asked without credentials', async () => {
    const { run, asked } = world([[]], { ...two, ready: failed(refusal('ExpiredToken')) });
    await run();
    expect(asked()).toBe(0);
  });

  it('no more than five accounts in a row are asked in vain', async () => {
    const { run, asked, registry } = world([refusal('ECONNREFUSED', 'network')], two);
    for (const id of [shop, hr, shop, hr, shop, hr, shop]) await run(id);
    expect(asked()).toBe(5);
    expect(registry.unreadFacts.all()).toMatchObject([{ accounts: 7 }]);
  });

  it('too often, the quota that is used up is named in the log', async () => {
    const { run, lines } = world([throttledFailure, []], two);
    await run();
    expect(lines.map(([, { quota }]) => quota)).toContain('account:ListRegions');
  });
});
