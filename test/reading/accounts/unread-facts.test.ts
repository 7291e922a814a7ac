import { expect, it } from 'vitest';
import { factNames, UnreadFacts } from '../../../src/reading/accounts/unread-facts.ts';
import { hr, lab, shop } from './fake-organization.ts';

const failure = (message: string) => ({ code: 'AccessDenied', message, remedy: 'Allow it.' }) as const;

it.each([[[shop, hr, lab]], [[lab, hr, shop]], [[hr, shop, lab]]])(
  'of what could not be asked the first account, by its id, speaks for all: %s',
  (ids) => {
    const facts = new UnreadFacts();
    for (const id of ids) facts.add('tags', id, failure(id));
    expect(facts.all()).toMatchObject([{ fact: 'tags', failure: failure(shop), accounts: 3 }]);
  },
);

it('facts come in one order, and those alone that are missing', () => {
  const facts = new UnreadFacts();
  expect(facts.all()).toEqual([]);
  for (const fact of [...factNames].toReversed()) if (fact !== 'names') facts.add(fact, '', failure(fact));
  expect(facts.all().map(({ fact }) => fact)).toEqual(['organization', 'units', 'parents', 'tags', 'regions']);
  expect(facts.all().map(({ accounts }) => accounts)).toEqual([1, 1, 1, 1, 1]);
});
