import { expect, it } from 'vitest';
import {
  nameOf,
  newFactRows,
  pathByParent,
  tagsOf,
  type Directory,
} from '../../../src/reading/accounts/account-facts.ts';
import { UnreadFacts } from '../../../src/reading/accounts/unread-facts.ts';
import { succeeded } from '../../../src/pacing/call-result.ts';
import { fakeCloud, refusal } from '../fake-cloud.ts';
import { virtualCalls } from '../../pacing/service.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { directoryOf, shop } from './fake-organization.ts';

type Tag = readonly [string, string];

async function tagsFrom(...answers: readonly (readonly Tag[])[]): Promise<unknown> {
  const { calls } = virtualCalls(new VirtualClock());
  const { organization } = fakeCloud({ accounts: [], regions: [], unit: () => ({}) });
  const listed = {
    ...organization,
    tagsOf: () => async (token: string | null) => {
      const page = Number(token ?? 0);
      return succeeded({ items: answers[page] ?? [], next: page + 1 < answers.length ? String(page + 1) : null });
    },
  };
  const quota = calls.quota({ perSecond: 100 });
  const directory = { organization: listed, calls, quota, rows: newFactRows(), unread: new UnreadFacts() };
  return tagsOf(directory, '111122223333');
}

it('a tag that stands there with two values has none, and then none is known', async () => {
  expect(await tagsFrom([['env', 'prod']], [['env', 'test']])).toBeNull();
  expect(await tagsFrom([['env', 'prod']], [['env', 'prod']])).toEqual({ env: 'prod' });
});

it('nothing is asked about an account without credentials, and nothing is known of it', async () => {
  const { clock, organization, directory } = directoryOf({ refuses: { ready: refusal('ExpiredToken') } });
  const tree = { paths: new Map(), rootIds: [] };
  for (const fact of [nameOf, tagsOf, (of: Directory, id: string) => pathByParent(of, tree, id)])
    expect(await clock.run<unknown>(fact(directory, shop))).toBeNull();
  expect(organization.asked).toEqual([]);
  expect(directory.unread.all().map(({ fact, failure }) => [fact, failure.code])).toEqual([
    ['names', 'credentials'],
    ['parents', 'credentials'],
    ['tags', 'credentials'],
  ]);
});

it("an account's tags stand by name, in whatever order and on whatever page they came", async () => {
  const [env, owner, team]: readonly Tag[] = [
    ['env', 'prod'],
    ['owner', 'hr'],
    ['team', 'shop'],
  ];
  const written = [await tagsFrom([team!, env!], [owner!]), await tagsFrom([owner!], [env!, team!])];
  expect(written.map((tags) => JSON.stringify(tags))).toEqual(
    Array(2).fill('{"env":"prod","owner":"hr","team":"shop"}'),
  );
});
