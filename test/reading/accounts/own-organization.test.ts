import { expect, it } from 'vitest';
import { failed, succeeded } from '../../../src/pacing/call-result.ts';
import { inNone, isNone, ownOrganization } from '../../../src/reading/accounts/own-organization.ts';
import { denied, directoryOf, inNoOrganization } from './fake-organization.ts';
import { refusal } from '../fake-cloud.ts';

it('the organization is asked for once, and only when somebody wants to know', async () => {
  const { clock, organization, directory } = directoryOf({});
  const described = ownOrganization(directory);
  expect(organization.asked).toEqual([]);
  const [first, second] = await clock.run(Promise.all([described(), described()]));
  expect(first).toEqual(succeeded({ id: 'o-exampleorg', managementAccountId: '100000000000' }));
  expect(second).toBe(first);
  expect(await described()).toBe(first);
  expect(organization.asked).toEqual(['DescribeOrganization']);
});

it('nothing is asked for without credentials', async () => {
  const { clock, organization, directory } = directoryOf({ refuses: { ready: refusal('ExpiredToken') } });
  expect(await clock.run(ownOrganization(directory)())).toMatchObject({ ok: false, failure: { name: 'ExpiredToken' } });
  expect(organization.asked).toEqual([]);
});

it('an account is in none only where AWS says so', () => {
  expect(isNone(failed(inNoOrganization))).toBe(true);
  expect(isNone(failed(denied))).toBe(false);
  expect(isNone(succeeded({ id: 'o-exampleorg', managementAccountId: null }))).toBe(false);
  expect(inNone).toEqual({ path: [], tags: {}, inOrganization: false });
});
