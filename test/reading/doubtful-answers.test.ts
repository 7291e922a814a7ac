/** What the program does not know is never taken for something that it knows. */
import { readSet } from '../../src/domain/model/api/reads.ts';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/model/json.ts';
import { altered, alterEntries, alterJson, type Alter } from '../altered-answers.ts';
import { started } from '../sandbox/clients.ts';
import { fakeCloud, readFake, refusal } from './fake-cloud.ts';
import { account, fleet, hr, management, shop, shopAccount } from './fleets.ts';
import { readSandbox, type ReadOptions, type Reading } from './reading.ts';
import { hastyClock, VirtualClock } from './virtual-clock.ts';

const described = readSet(['userPool']);

const ireland = { kind: 'list', regions: ['eu-west-1'] } as const;
const places = { kind: 'list', regions: ['eu-west-1', 'ap-east-1'] } as const;

async function readAltered(alter: Alter, options: ReadOptions = {}, document = fleet()): Promise<Reading> {
  const sandbox = await started(document);
  return readSandbox(sandbox, {
    scope: { regions: ireland },
    ...options,
    environment: await altered(sandbox.environment, alter),
  });
}

function statusOf(reading: Reading, place: string): string | undefined {
  return reading.units.get(place)?.unit.status;
}

const regionState = (changed: string, state: (now: JsonObject) => JsonObject): Alter =>
  alterEntries('ListRegions', 'Regions', (entry) => (entry['RegionName'] === changed ? state(entry) : entry));

describe('a region', () => {
  it.each<[string, Alter]>([
    [
      'of a state that AWS invents',
      regionState('eu-west-1', (now) => ({ ...now, RegionOptStatus: 'ENABLED_RESTRICTED' })),
    ],
    ['whose state is not said', regionState('eu-west-1', ({ RegionName }) => ({ RegionName: RegionName ?? '' }))],
    ['whose state is null', regionState('eu-west-1', (now) => ({ ...now, RegionOptStatus: null }))],
    [
      'that is not listed at all',
      alterEntries('ListRegions', 'Regions', (entry) => (entry['RegionName'] === 'eu-west-1' ? [] : entry)),
    ],
    [
      'that is listed twice, disabled at last',
      alterEntries('ListRegions', 'Regions', (entry) => [entry, { ...entry, RegionOptStatus: 'DISABLED' }]),
    ],
    [
      'that is listed twice, disabled at first',
      alterEntries('ListRegions', 'Regions', (entry) => [{ ...entry, RegionOptStatus: 'DISABLED' }, entry]),
    ],
    ['that is being disabled', regionState('eu-west-1', (now) => ({ ...now, RegionOptStatus: 'DISABLING' }))],
  ])('%s is read', async (_what, alter) => {
    const reading = await readAltered(alter);
    expect(statusOf(reading, `${shop}/eu-west-1`)).toBe('read');
    expect(reading.units.get(`${shop}/eu-west-1`)?.pools).toHaveLength(1);
  });

  it('is left out only where it is said to be disabled', async () => {
    const reading = await readAltered(regionState('eu-west-1', (now) => ({ ...now, RegionOptStatus: 'DISABLED' })));
    expect(statusOf(reading, `${shop}/eu-west-1`)).toBe('skipped');
  });

  it('without a name makes the listing malformed, so that all are tried', async () => {
    const reading = await readAltered(
      alterEntries('ListRegions', 'Regions', (entry) => [entry, { RegionOptStatus: 'ENABLED' }]),
      { scope: { regions: places } },
    );
    expect(statusOf(reading, `${shop}/eu-west-1`)).toBe('read');
    expect(statusOf(reading, `${shop}/ap-east-1`)).toBe('skipped');
  });

  it('that needs no enabling and refuses the credentials is a gap, whatever state nobody knows', async () => {
    const cloud = fakeCloud({
      accounts: [shop],
      regions: [{ region: 'us-east-1', state: 'ENABLED_RESTRICTED' }],
      unit: () => ({ pools: 1 }),
      gate: async (_account, region) => (region === 'us-east-1' ? refusal('UnrecognizedClientException') : null),
    });
    const { units } = await readFake(cloud, new VirtualClock());
    expect(units.get(`${shop}/us-east-1`)).toMatchObject({ status: 'gap', failure: { code: 'credentials' } });
  });

  it.each(['ENABLED_RESTRICTED', null, 'ENABLING', 'DISABLING'])(
    'that the built-in list does not have, of state %s, is read',
    async (state) => {
      const cloud = fakeCloud({
        accounts: [shop],
        regions: [{ region: 'xx-new-1', state }],
        servesCognito: () => true,
        unit: () => ({ pools: 2 }),
      });
      const { units } = await readFake(cloud, new VirtualClock());
      expect(units.get(`${shop}/xx-new-1`)).toMatchObject({ status: 'read', read: 2 });
    },
  );
});

describe('a refusal', () => {
  const optIn = 'ap-east-1';
  const answers =
    (status: number, body: string, headers = {}): Alter =>
    (answer, { operation, region }) =>
      operation === 'ListUserPools' && region === optIn
        ? { status, body, headers: { ...answer.headers, ...headers } }
        : null;
  const unlisted = {
    accounts: [
      account({ id: management }),
      shopAccount({ roles: { MfaDriftAudit: { lacks: ['account:ListRegions'] } } }),
    ],
  };

  it.each<[string, Alter]>([
    ['in a page with another status', answers(403, '{"__type":"UnrecognizedClientException","message":"x"}')],
    [
      'by a gateway that puts the name into a header',
      answers(400, '<html></html>', { 'x-amzn-errortype': 'UnrecognizedClientException' }),
    ],
    [
      'in XML',
      answers(400, '<Response><Errors><Error><Code>UnrecognizedClientException</Code></Error></Errors></Response>'),
    ],
  ])('%s does not leave a region out', async (_what, alter) => {
    const reading = await readAltered(alter, { scope: { regions: places } }, fleet(unlisted));
    expect(statusOf(reading, `${shop}/${optIn}`)).toBe('gap');
  });
});

describe("a proxy's page", () => {
  const page =
    (status: number): Alter =>
    (_answer, { operation }) =>
      operation === 'ListUserPools' ? { status, body: '<html><title>Blocked</title></html>', headers: {} } : null;

  it.each([403, 401, 407])(
    'with HTTP %i is no denial of the service, which an exception might accept',
    async (status) => {
      const reading = await readAltered(page(status));
      expect(reading.units.get(`${shop}/eu-west-1`)?.unit).toMatchObject({
        status: 'gap',
        failure: { code: 'malformed' },
      });
    },
  );
});

describe('an account', () => {
  const twice = (first: string, second: string): Alter =>
    alterEntries('ListAccounts', 'Accounts', (entry) =>
      entry['Id'] === shop
        ? [
            { ...entry, State: first },
            { ...entry, State: second },
          ]
        : entry,
    );

  it.each([
    ['SUSPENDED', 'ACTIVE'],
    ['ACTIVE', 'SUSPENDED'],
    ['HIBERNATING', 'ACTIVE'],
  ])('that is listed as %s and as %s is read', async (first, second) => {
    const reading = await readAltered(twice(first, second));
    expect(statusOf(reading, `${shop}/eu-west-1`)).toBe('read');
    expect(reading.discovery.skipped).toEqual([]);
    expect(reading.gaps).toEqual([]);
  });

  it('that is listed as SUSPENDED and in a state that nobody knows is a gap', async () => {
    const reading = await readAltered(twice('SUSPENDED', 'HIBERNATING'));
    expect(reading.gaps).toMatchObject([{ scope: 'account', accountId: shop, code: 'malformed' }]);
    expect(reading.discovery.skipped).toEqual([]);
  });

  it('that is listed twice under two names, one of which is left out, is read', async () => {
    const reading = await readAltered(
      alterEntries('ListAccounts', 'Accounts', (entry) =>
        entry['Id'] === shop ? [{ ...entry, Name: 'sandbox-1' }, entry] : entry,
      ),
      { scope: { regions: ireland, exclude: [{ accounts: ['sandbox-*'] }] } },
    );
    expect(statusOf(reading, `${shop}/eu-west-1`)).toBe('read');
    expect(reading.discovery.accounts.filter(({ id }) => id === shop)).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['is of no form that is known', ['somewhere']],
    ['leads to another account', [`o-exampleorg/r-ab12/${hr}/`]],
    ['is empty', []],
  ])('whose path %s is not taken for one right below the root', async (_what, paths) => {
    const reading = await readAltered(
      alterEntries('ListAccounts', 'Accounts', (entry) => ({ ...entry, Paths: paths as string[] })),
      {
        scope: { regions: ireland, exclude: [{ organizationalUnits: ['/Workloads/Prod'] }] },
        needs: { accountPaths: true },
      },
    );
    expect(reading.discovery.skipped).toMatchObject([{ accountId: shop, reason: 'left-out' }]);
  });

  it('with two parents is in no unit that is known', async () => {
    const twoParents: Alter = alterEntries('ListParents', 'Parents', (parent) => [
      parent,
      { ...parent, Id: 'r-other' },
    ]);
    const noPaths: Alter = alterEntries('ListAccounts', 'Accounts', ({ Paths: _paths, ...entry }) => entry);
    const reading = await readAltered((...call) => noPaths(...call) ?? twoParents(...call), {
      scope: { regions: ireland, include: [{ organizationalUnits: ['/Workloads'] }] },
      needs: { accountPaths: true },
    });
    expect(new Set(reading.gaps.map(({ code }) => code))).toEqual(new Set(['selector-unreadable']));
  });

  it('in a unit without a name is not taken for one outside of the unit that is excluded', async () => {
    const reading = await readAltered(
      alterEntries('ListOrganizationalUnitsForParent', 'OrganizationalUnits', ({ Name: _name, ...entry }) => entry),
      {
        scope: { regions: ireland, include: [{ organizationalUnits: ['/Workloads'] }] },
        needs: { accountPaths: true },
      },
    );
    expect(reading.gaps.map(({ accountId, code }) => [accountId, code])).toEqual([
      [shop, 'selector-unreadable'],
      [hr, 'selector-unreadable'],
    ]);
  });

  it.each<[string, Alter]>([
    ['whose value is missing', alterEntries('ListTagsForResource', 'Tags', ({ Key }) => ({ Key: Key ?? '' }))],
    ['whose value is a number', alterEntries('ListTagsForResource', 'Tags', (tag) => ({ ...tag, Value: 7 }))],
    [
      'that stands there twice, with two values',
      alterEntries('ListTagsForResource', 'Tags', (tag) => [tag, { ...tag, Value: 'x' }]),
    ],
    ['in a list that is null', alterJson('ListTagsForResource', () => ({ Tags: null }))],
  ])('with a tag %s has tags that are not known', async (_what, alter) => {
    const reading = await readAltered(alter, { needs: { accountTags: true } });
    expect(reading.discovery.accounts.find(({ id }) => id === shop)?.tags).toBeNull();
  });
});

describe('the credentials that AssumeRole gives', () => {
  /** Gives one account what STS gave for another, with `says` as the account of `AssumedRoleUser`. */
  async function swapped(says: string, options: ReadOptions = {}): Promise<Reading> {
    const sandbox = await started(fleet());
    const scope = { regions: ireland };
    let given = '';
    const record: Alter = ({ body }, { operation, body: asked }) => {
      if (operation === 'AssumeRole' && asked.includes(hr)) given = body;
      return null;
    };
    await readSandbox(sandbox, { scope, environment: await altered(sandbox.environment, record) });
    const swap: Alter = (_answer, { operation, body: asked }) =>
      operation === 'AssumeRole' && asked.includes(shop)
        ? { body: given.replace(`arn:aws:sts::${hr}:`, `arn:aws:sts::${says}:`) }
        : null;
    return readSandbox(sandbox, { scope, ...options, environment: await altered(sandbox.environment, swap) });
  }

  it("are a gap where they are another account's, and nothing is read by them", async () => {
    const reading = await swapped(hr);
    expect(reading.gaps).toMatchObject([
      { scope: 'account', accountId: shop, code: 'credentials', message: expect.stringContaining(hr) as string },
    ]);
    expect([...reading.units.keys()].sort()).toEqual([`${management}/eu-west-1`, `${hr}/eu-west-1`]);
  });

  it.each(['somebody', ''])('are a gap where the answer does not say whose they are: "%s"', async (says) => {
    const reading = await swapped(says);
    expect(reading.gaps).toMatchObject([{ scope: 'account', accountId: shop, code: 'malformed' }]);
  });

  it('are asked whose they are, where that is wanted, so that a wrong answer of AssumeRole is found', async () => {
    const reading = await swapped(shop, { confirmsOwners: true });
    expect(reading.gaps).toMatchObject([{ scope: 'account', accountId: shop, code: 'credentials' }]);
  });

  it("belong to the caller's account, else the run does not begin", async () => {
    const alter: Alter = ({ body }, { operation }) =>
      operation === 'GetCallerIdentity' ? { body: body.replace(`<Account>${management}`, `<Account>${hr}`) } : null;
    await expect(readAltered(alter)).rejects.toThrow(/names two accounts/);
  });
});

describe('a pool that is not found', () => {
  const noSuchPool = JSON.stringify({ __type: 'ResourceNotFoundException', message: 'User pool does not exist.' });
  const saysGone =
    (answer: { status: number; body: string }, ids: readonly string[], operation = 'GetUserPoolMfaConfig'): Alter =>
    (_answer, asked) =>
      asked.operation === operation && ids.some((id) => asked.body.includes(id)) ? answer : null;
  const two = fleet({
    accounts: [
      account({ id: management }),
      shopAccount({
        pools: [
          { name: 'a', regions: ['eu-west-1'], id: 'eu-west-1_A' },
          { name: 'b', regions: ['eu-west-1'], id: 'eu-west-1_B' },
        ],
      }),
    ],
  });
  const unit = `${shop}/eu-west-1`;

  it.each<[string, { status: number; body: string }]>([
    ['HTTP 404', { status: 404, body: noSuchPool }],
    ['HTTP 400 and a page', { status: 400, body: '<Error><Code>ResourceNotFoundException</Code></Error>' }],
    ['HTTP 500', { status: 500, body: noSuchPool }],
  ])('by an answer with %s is a gap', async (_what, answer) => {
    const reading = await readAltered(saysGone(answer, ['eu-west-1_A']), { clock: hastyClock }, two);
    expect(reading.units.get(unit)?.gone).toEqual([]);
    expect(
      reading.units
        .get(unit)
        ?.pools.map(({ poolId, mfaConfig }) => [poolId, mfaConfig.read])
        .sort(),
    ).toEqual([
      ['eu-west-1_A', false],
      ['eu-west-1_B', true],
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ['all of a unit', ['eu-west-1_A', 'eu-west-1_B'], 'GetUserPoolMfaConfig'],
    ['one of a unit', ['eu-west-1_B'], 'GetUserPoolMfaConfig'],
    ['one of a unit, by its description alone', ['eu-west-1_A'], 'DescribeUserPool'],
  ])('and is listed still is a gap: %s', async (_what, ids, operation) => {
    const reading = await readAltered(
      saysGone({ status: 400, body: noSuchPool }, ids, operation),
      { needs: { furtherReads: () => described } },
      two,
    );
    const { pools = [], gone } = reading.units.get(unit) ?? {};
    expect(gone).toEqual([]);
    const unread = pools.filter(({ mfaConfig }) => !mfaConfig.read);
    expect(unread.map(({ poolId }) => poolId).sort()).toEqual(ids);
    expect(unread[0]?.mfaConfig).toMatchObject({ failure: { code: 'malformed' } });
  });

  it('is a gap as well where the second listing fails', async () => {
    let listings = 0;
    const gone = saysGone({ status: 400, body: noSuchPool }, ['eu-west-1_A', 'eu-west-1_B']);
    const reading = await readAltered(
      (answer, asked) => {
        if (asked.operation === 'ListUserPools') listings += 1;
        const isSecond = asked.operation === 'ListUserPools' && listings > 2;
        return isSecond ? { status: 400, body: '{"__type":"AccessDeniedException"}' } : gone(answer, asked);
      },
      {},
      two,
    );
    const { pools = [], gone: deleted } = reading.units.get(unit) ?? {};
    expect(deleted).toEqual([]);
    expect(pools.map(({ mfaConfig }) => mfaConfig)).toMatchObject([
      { failure: { code: 'AccessDenied' } },
      { failure: { code: 'AccessDenied' } },
    ]);
  });
});

describe('a pool that is listed twice', () => {
  const twice = (name: (now: JsonObject) => JsonObject): Alter =>
    alterEntries('ListUserPools', 'UserPools', (entry) => [entry, name(entry)]);

  it('is read once', async () => {
    const { unit, pools } = (await readAltered(twice((now) => now))).units.get(`${shop}/eu-west-1`) ?? {};
    expect([unit?.status, pools?.length]).toEqual(['read', 1]);
  });

  it('under two names makes a gap of its region, since policies select by name', async () => {
    const reading = await readAltered(twice((now) => ({ ...now, Name: 'sandbox' })));
    const { unit, pools } = reading.units.get(`${shop}/eu-west-1`) ?? {};
    expect(unit).toMatchObject({ status: 'gap', failure: { code: 'malformed' } });
    expect(pools).toHaveLength(1);
  });
});

describe('a description', () => {
  it.each<[string, JsonObject]>([
    ['with another id', { Id: 'eu-west-1_Other' }],
    ['with the ARN of another pool', { Arn: `arn:aws:cognito-idp:eu-west-1:${shop}:userpool/eu-west-1_Other` }],
    ['with the ARN of another account', { Arn: `arn:aws:cognito-idp:eu-west-1:${hr}:userpool/eu-west-1_Customers` }],
    ['with the ARN of another region', { Arn: `arn:aws:cognito-idp:eu-west-3:${shop}:userpool/eu-west-1_Customers` }],
    ['that names no pool', { Id: null }],
  ])('%s is not taken for that of the pool', async (_what, members) => {
    const reading = await readAltered(
      alterJson('DescribeUserPool', ({ UserPool: pool }) => ({ UserPool: { ...(pool as JsonObject), ...members } })),
      { needs: { furtherReads: () => described } },
    );
    expect(reading.units.get(`${shop}/eu-west-1`)?.pools[0]?.userPool).toMatchObject({
      read: false,
      failure: { code: 'malformed' },
    });
  });
});

describe('a configuration', () => {
  it.each<[string, JsonObject]>([
    ['a truth value that is a text', { SoftwareTokenMfaConfiguration: { Enabled: 'false' } }],
    ['a block that is a list', { WebAuthnConfiguration: [] }],
    ['a text that is a number', { EmailMfaConfiguration: { Message: 7, Subject: 's' } }],
    [
      'a text deep inside that is an object',
      { SmsMfaConfiguration: { SmsConfiguration: { EumsSms: { Region: {} } } } },
    ],
    ['a mode that is a truth value', { MfaConfiguration: true }],
    ['no mode', { MfaConfiguration: null }],
  ])('with %s is malformed', async (_what, members) => {
    const reading = await readAltered(alterJson('GetUserPoolMfaConfig', (config) => ({ ...config, ...members })));
    expect(reading.units.get(`${shop}/eu-west-1`)?.pools[0]?.mfaConfig).toMatchObject({
      read: false,
      failure: { code: 'malformed' },
    });
  });

  it('keeps words that no model knows, members that are null, and members of which nobody knows the type', async () => {
    const members = {
      MfaConfiguration: 'ADAPTIVE',
      WebAuthnConfiguration: { UserVerification: 'discouraged', Attestation: 7 },
      EmailMfaConfiguration: null,
      PushMfaConfiguration: [1],
    };
    const reading = await readAltered(alterJson('GetUserPoolMfaConfig', () => members));
    expect(reading.units.get(`${shop}/eu-west-1`)?.pools[0]?.mfaConfig).toEqual({ read: true, value: members });
  });
});
