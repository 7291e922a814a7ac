import { expect, test } from 'vitest';
import type { UnreadFact } from '../../src/reading/accounts/unread-facts.ts';
import { unreadFactWarnings } from '../../src/result/unread-fact-warnings.ts';

const message = 'organizations:ListParents: AccessDeniedException: no. Not here.';
const failure = { code: 'AccessDenied', message, remedy: 'Allow organizations:ListParents to the caller.' } as const;

test.each<[UnreadFact['fact'], number, string]>([
  ['organization', 1, 'It is not known which organization this is'],
  ['units', 1, 'The names of the organizational units are not known'],
  ['names', 1, 'The names of 1 account are not known'],
  ['names', 1200, 'The names of 1,200 accounts are not known'],
  ['parents', 2, 'The organizational units of 2 accounts are not known'],
  ['tags', 2, 'The tags of 2 accounts are not known'],
  ['regions', 1, 'It is not known which regions 1 account has enabled, so that every region was tried'],
  ['regions', 2, 'It is not known which regions 2 accounts have enabled, so that every region was tried'],
])('%s of %i: what is not known, why, and what to do', (fact, accounts, what) => {
  expect(unreadFactWarnings([{ fact, failure, accounts }])).toEqual([
    {
      code: 'fact-unread',
      message: `${what} (organizations:ListParents: AccessDeniedException: no. Not here). Allow organizations:ListParents to the caller.`,
      file: null,
      line: null,
    },
  ]);
});
