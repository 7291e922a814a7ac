/** Between the wire and the value: what is no answer of the service is malformed, of that request, whatever it is. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, operations } from './operations.ts';

const names = Object.keys(operations);
const jsonOperations = names.filter((name) => name !== 'GetCallerIdentity');

function nested(levels: number): string {
  return `${'{"a":['.repeat(levels)}${']}'.repeat(levels)}`;
}

describe.each(jsonOperations)('an answer to %s', (operation) => {
  it.each([
    ['is HTML', '<html><title>Sign in</title></html>'],
    ['is empty', ''],
    ['is cut short', '{"UserPools":[{"Id":'],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['is text', '"OFF"'],
    ['is nested 20,000 deep', nested(10_000)],
  ])('that %s is malformed', async (_what, text) => {
    expect(await answered(operation, 200, text)).toMatchObject({ ok: false, failure: { code: 'malformed' } });
  });
});

describe('a member of another type than the model’s', () => {
  it.each([
    ['ListUserPools', '{"UserPools":null}'],
    ['ListUserPools', '{}'],
    ['ListUserPools', '{"UserPools":{"Id":"eu-west-1_a"}}'],
    ['ListUserPools', '{"UserPools":[null]}'],
    ['ListUserPools', '{"UserPools":["eu-west-1_a"]}'],
    ['ListUserPools', '{"UserPools":[{"Id":5}]}'],
    ['ListUserPools', '{"UserPools":[{"Id":""}]}'],
    ['ListUserPools', '{"UserPools":[{"Id":"eu-west-1_a","Name":["b"]}]}'],
    ['ListUserPools', '{"UserPools":[],"NextToken":{"page":2}}'],
    ['ListAccounts', '{"Accounts":null}'],
    ['ListAccounts', '{"Accounts":[{"Id":111122223333}]}'],
    ['ListAccounts', '{"Accounts":[{"Id":"111122223333","State":true}]}'],
    ['ListAccounts', '{"Accounts":[{"Id":"111122223333","Paths":[5]}]}'],
    ['ListAccounts', '{"Accounts":[{"Id":"111122223333","Paths":"o-1/r-1/"}]}'],
    ['ListRoots', '{"Roots":"r-ab12"}'],
    ['ListOrganizationalUnitsForParent', '{"OrganizationalUnits":[{"Name":"Prod"}]}'],
    ['ListTagsForResource', '{"Tags":null}'],
    ['ListTagsForResource', '{"Tags":[{"Key":"env","Value":1}]}'],
    ['ListTagsForResource', '{"Tags":{"env":"prod"}}'],
    ['ListParents', '{"Parents":{}}'],
    ['DescribeAccount', '{"Account":"111122223333"}'],
    ['DescribeOrganization', '{"Organization":{"Id":7}}'],
    ['ListRegions', '{"Regions":null}'],
    ['ListRegions', '{"Regions":[{"RegionName":"eu-west-1","RegionOptStatus":1}]}'],
    ['GetUserPoolMfaConfig', '{"MfaConfiguration":["ON"]}'],
    ['DescribeUserPool', '{"UserPool":[]}'],
  ])('%s %s is malformed', async (operation, text) => {
    expect(await answered(operation, 200, text)).toMatchObject({
      ok: false,
      failure: { code: 'malformed', retry: 'no' },
    });
  });

  it('that nobody asks for spoils nothing: a listing needs ids and names', async () => {
    const text = '{"UserPools":[{"Id":"eu-west-1_a","Name":"a","CreationDate":"the day before yesterday","Status":7}]}';
    expect(await answered('ListUserPools', 200, text)).toEqual({
      ok: true,
      value: { items: [{ id: 'eu-west-1_a', name: 'a' }], next: null },
    });
  });
});

describe('an error', () => {
  it.each([
    ['whose message is an object', 400, '{"message":{"code":17}}', 'malformed', 'no'],
    ['whose message is a list', 500, '{"message":["down"]}', 'server-error', 'transient'],
    ['whose type is an object', 400, '{"__type":{"a":1},"message":"x"}', 'malformed', 'no'],
    ['whose type is null', 400, '{"__type":null}', 'malformed', 'no'],
    ['whose type is empty', 400, '{"__type":"","message":"x"}', 'malformed', 'no'],
    ['without a body', 400, '', 'malformed', 'no'],
    ['that is null', 400, 'null', 'malformed', 'no'],
    ['that is a list', 400, '[]', 'malformed', 'no'],
    ['that sends elsewhere', 302, '<html>Moved</html>', 'malformed', 'no'],
    [
      'with a name and no text for a message',
      400,
      '{"__type":"AccessDeniedException","message":{}}',
      'AccessDenied',
      'no',
    ],
    [
      'with a number in the place of its message that no double holds',
      400,
      '{"__type":"AccessDeniedException","message":{"a":9007199254740993}}',
      'AccessDenied',
      'no',
    ],
    ['with the code of a broken certificate', 400, '{"__type":"Odd","code":"CERT_HAS_EXPIRED"}', 'server-error', 'no'],
  ])('%s is told by what can be read of it', async (_what, status, text, code, retry) => {
    for (const operation of jsonOperations)
      expect(await answered(operation, status, text)).toMatchObject({ ok: false, failure: { code, retry } });
  });

  it('says what the answer is, and what it says for itself', async () => {
    expect(await answered('ListUserPools', 400, '{"message":"Forbidden by the gateway"}')).toMatchObject({
      failure: {
        message:
          "cognito-idp:ListUserPools: UnreadableAnswer: the answer is JSON that is neither the answer nor one of the service's errors (HTTP 400): Forbidden by the gateway",
      },
    });
  });

  it.each([
    ['ListUserPools', 'Blocked by policy', 'neither JSON nor XML'],
    ['ListUserPools', '<html></html>', 'HTML or XML'],
    ['GetCallerIdentity', '{"message":"Forbidden"}', 'nothing that can be read'],
    ['GetCallerIdentity', 'Blocked by policy', 'nothing that can be read'],
  ])('says of what refuses %s by %j what it is', async (operation, text, what) => {
    const outcome = await answered(operation, 403, text);
    expect(outcome.ok ? '' : outcome.failure.message).toContain(`the answer is ${what} (HTTP 403)`);
  });

  it('of any length takes a line in a report', async () => {
    const text = JSON.stringify({ __type: 'T'.repeat(1000), message: 'm'.repeat(100_000) });
    const outcome = await answered('ListUserPools', 400, text);
    expect(outcome.ok ? '' : outcome.failure.message.length).toBeLessThan(2200);
  });
});

it('of STS that is no XML of STS is malformed', async () => {
  const inside = '<Account><Id>111122223333</Id></Account>';
  const odd = `<GetCallerIdentityResponse><GetCallerIdentityResult>${inside}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
  for (const text of ['', '<html></html>', '{}', '<GetCallerIdentityResponse/>', '<a><b></a>', odd])
    expect(await answered('GetCallerIdentity', 200, text)).toMatchObject({ ok: false, failure: { code: 'malformed' } });
});

it('a number that no double holds is in no way of an answer that nothing can write down', async () => {
  const big = '9007199254740993';
  const pool = `{"Id":"eu-west-1_a","Name":"a","EstimatedNumberOfUsers":${big},"X":${big}}`;
  const answers = [
    `{"UserPool":${pool}}`,
    `{"UserPools":[${pool}],"X":${big}}`,
    `{"MfaConfiguration":"ON","WebAuthnConfiguration":{"X":${big}},"X":[${big}]}`,
    `{"Accounts":[{"Id":"111122223333","X":${big}}],"Id":${big}}`,
  ];
  for (const operation of names)
    for (const text of answers) expect(JSON.stringify(await answered(operation, 200, text))).toBeTypeOf('string');
});

it('no answer at all makes a request throw', async () => {
  const texts = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({ __type: fc.jsonValue(), message: fc.jsonValue(), code: fc.jsonValue() })
      .map((value) => JSON.stringify(value)),
  );
  const statuses = fc.constantFrom(200, 201, 204, 302, 400, 403, 404, 413, 429, 500, 503);
  const property = fc.asyncProperty(fc.constantFrom(...names), statuses, texts, async (operation, status, text) => {
    const outcome = await answered(operation, status, text);
    return outcome.ok || outcome.failure.message.startsWith(operation.includes('Caller') ? 'sts:' : '');
  });
  expect(await fc.check(property, { numRuns: 400, seed: 1 })).toMatchObject({ failed: false });
});
