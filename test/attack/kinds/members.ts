/** Members of another type, missing, or saying something else, operation by operation. */
import type { Fleet, FleetAccount } from '../../../src/sandbox/fleet/fleet.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/model/json.ts';
import { withBody, type Operation } from '../answers.ts';
import { readOperations, type Kind, type Meaning, type Target } from './kind.ts';

const malformed: Meaning = { lost: 'malformed' };

/** Changes the parsed answer of one operation. */
function parsed(
  operation: Operation,
  name: string,
  means: Kind['means'],
  change: (answer: JsonObject, at: Target) => JsonValue,
): Kind {
  return {
    name,
    meets: [operation],
    means,
    change: (answer, _call, at) =>
      withBody(answer, JSON.stringify(change(JSON.parse(answer.body.toString()) as JsonObject, at))),
  };
}

const lists = {
  ListAccounts: 'Accounts',
  ListRoots: 'Roots',
  ListOrganizationalUnitsForParent: 'OrganizationalUnits',
  ListParents: 'Parents',
  ListTagsForResource: 'Tags',
  ListRegions: 'Regions',
  ListUserPools: 'UserPools',
} as const satisfies Partial<Record<Operation, string>>;
const listings = readOperations.filter((each): each is keyof typeof lists => Object.hasOwn(lists, each));

/** Against every listing: what its list may be instead, and what may be in it. */
function listed(name: string, list: (items: readonly JsonValue[]) => JsonValue | undefined, means = malformed): Kind {
  return {
    name,
    meets: listings,
    means,
    change(answer, { operation }) {
      const member = listings.find((each) => each === operation) ?? 'ListUserPools';
      const whole = JSON.parse(answer.body.toString()) as JsonObject;
      const items = whole[lists[member]];
      const changed = list(Array.isArray(items) ? (items as readonly JsonValue[]) : []);
      return withBody(answer, JSON.stringify({ ...whole, [lists[member]]: changed }));
    },
  };
}

function inEach(change: (item: JsonObject) => JsonValue): (items: readonly JsonValue[]) => JsonValue {
  return (items) => (items.length === 0 ? [change({})] : items.map((item) => change(isJsonObject(item) ? item : {})));
}

/** The member that names an item in its listing. */
function withoutName({ Id: _id, RegionName: _region, Key: _key, ...rest }: JsonObject): JsonObject {
  return rest;
}

function renamed(item: JsonObject, name: JsonValue): JsonObject {
  const key = ['RegionName', 'Key'].find((each) => item[each] !== undefined) ?? 'Id';
  return { ...item, [key]: name };
}

const listKinds: readonly Kind[] = [
  listed('a list that is not there', () => undefined),
  listed('a list that is null', () => null),
  listed('a list that is an object', () => ({})),
  listed('a list that is a text', () => 'none'),
  listed('a list that is a number', () => 0),
  listed('a list that is false', () => false),
  listed('a list of null', (items) => [...items, null]),
  listed('a list of texts', (items) => [...items, 'eu-west-1_a']),
  listed('a list of lists', (items) => [...items, []]),
  listed('items without a name', inEach(withoutName)),
  listed(
    'items whose name is a number',
    inEach((item) => renamed(item, 5)),
  ),
  listed(
    'items whose name is null',
    inEach((item) => renamed(item, null)),
  ),
  listed(
    'items whose name is an object',
    inEach((item) => renamed(item, { a: 1 })),
  ),
  listed(
    'items whose name is empty',
    inEach((item) => renamed(item, '')),
  ),
  listed(
    'items with members that nobody knows',
    // An empty list stays one: an item that has nothing but such a member has no name.
    (items) => items.map((item) => ({ ...(isJsonObject(item) ? item : {}), Novelty: { a: [null] } })),
    'same',
  ),
];

/** Against every listing that has pages. */
function paged(
  name: string,
  token: (call: number) => JsonValue,
  means = malformed,
  items?: readonly JsonValue[],
): Kind {
  return {
    name,
    meets: listings.filter((each) => each !== 'ListParents'),
    means,
    change(answer, { operation, struck }) {
      const member = listings.find((each) => each === operation) ?? 'ListUserPools';
      const whole = JSON.parse(answer.body.toString()) as JsonObject;
      const changed = items === undefined ? whole : { ...whole, [lists[member]]: items };
      // A token that nobody gave would be refused; that is not the point.
      return { ...withBody(answer, JSON.stringify({ ...changed, NextToken: token(struck) })), status: 200 };
    },
  };
}

const pageKinds: readonly Kind[] = [
  paged('a page token that is a number', () => 5),
  paged('a page token that is an object', () => ({ page: 2 })),
  paged('a page token that is a truth', () => true),
  paged('a page token that is null', () => null, 'same'),
  paged('a page token that is empty', () => '', 'same'),
  { ...paged('empty pages for ever', (call) => `token-${call}`, malformed, []), isInstead: true, change: emptyPage },
  { ...paged('the same token for ever', () => 'again', { lost: 'page-loop' }, []), isInstead: true, change: sameToken },
];

function emptyPage(_answer: unknown, { operation, struck }: Parameters<Kind['change']>[1]) {
  return pageOf(operation, `token-${struck}`);
}

function sameToken(_answer: unknown, { operation }: Parameters<Kind['change']>[1]) {
  return pageOf(operation, 'again');
}

function pageOf(operation: Operation, token: string) {
  const member = listings.find((each) => each === operation) ?? 'ListUserPools';
  const body = Buffer.from(JSON.stringify({ [lists[member]]: [], NextToken: token }));
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
}

/** The struck account's entry in the list of accounts. */
function account(name: string, means: Meaning, change: (entry: JsonObject) => JsonObject): Kind {
  return parsed('ListAccounts', name, means, (answer, at) => {
    const entries = answer['Accounts'];
    if (!Array.isArray(entries)) return answer;
    return {
      ...answer,
      Accounts: entries.map((entry: JsonObject) => (entry['Id'] === at.accountId ? change(entry) : entry)),
    };
  });
}

const accountKinds: readonly Kind[] = [
  account('an account in a state that nobody knows', { lost: 'malformed', what: 'State' }, (entry) => ({
    ...entry,
    State: 'FROZEN',
  })),
  account(
    'an account without a state',
    { lost: 'malformed', what: 'State' },
    ({ State: _state, Status: _status, ...rest }) => rest,
  ),
  account('an account whose state is a truth', malformed, (entry) => ({ ...entry, State: true })),
  account('an account whose name is a list', malformed, (entry) => ({ ...entry, Name: ['a'] })),
  account('an account whose paths are numbers', malformed, (entry) => ({ ...entry, Paths: [5] })),
  account('an account whose paths are a text', malformed, (entry) => ({ ...entry, Paths: 'o-1/r-1/' })),
  parsed('ListAccounts', 'an account that is listed twice, first as suspended', 'same', (answer, at) => {
    const entries = answer['Accounts'];
    if (!Array.isArray(entries)) return answer;
    const twice = entries.find((entry: JsonObject) => entry['Id'] === at.accountId) as JsonObject | undefined;
    return { ...answer, Accounts: [{ ...twice, State: 'SUSPENDED' }, ...(entries as JsonValue[])] };
  }),
];

/** The state of the struck region, which is enabled. */
function region(name: string, means: Meaning, state: JsonValue): Kind {
  return parsed('ListRegions', name, means, (answer, at) => {
    const entries = answer['Regions'];
    if (!Array.isArray(entries)) return answer;
    return {
      ...answer,
      Regions: entries.map((entry: JsonObject) =>
        entry['RegionName'] === at.region ? { ...entry, RegionOptStatus: state } : entry,
      ),
    };
  });
}

const regionKinds: readonly Kind[] = [
  region('a region in a state that nobody knows', 'same', 'ENABLED_RESTRICTED'),
  region('a region in a state in small letters', 'same', 'disabled'),
  region('a region that is being disabled, and still answers', 'same', 'DISABLING'),
  region('a region whose state is a number', malformed, 1),
  region('a region whose state is null', malformed, null),
  parsed('ListRegions', 'regions of which one is not there', 'same', (answer, at) => {
    const entries = answer['Regions'];
    if (!Array.isArray(entries)) return answer;
    return { ...answer, Regions: entries.filter((entry: JsonObject) => entry['RegionName'] !== at.region) };
  }),
  parsed('ListRegions', 'regions that are all in a state that nobody knows', 'same', (answer) => {
    const entries = answer['Regions'];
    if (!Array.isArray(entries)) return answer;
    return {
      ...answer,
      Regions: entries.map((entry: JsonObject) => ({ ...entry, RegionOptStatus: 'ENABLED_RESTRICTED' })),
    };
  }),
];

function inPool(fleet: Fleet, at: Target, change: (config: JsonObject) => JsonObject): Fleet {
  const accounts = fleet.accounts.map((each): FleetAccount => {
    if (each.id !== at.accountId) return each;
    const pools = each.pools.map((placed) =>
      placed.pool.id === at.poolId && placed.pool.region === at.region
        ? { ...placed, pool: { ...placed.pool, mfaConfig: change(placed.pool.mfaConfig) } }
        : placed,
    );
    return { ...each, pools };
  });
  return { ...fleet, accounts };
}

function config(name: string, change: (given: JsonObject) => JsonValue): Kind {
  return parsed('GetUserPoolMfaConfig', name, malformed, change);
}

/** An answer that may be true: it is judged as it stands. */
function told(name: string, change: (given: JsonObject) => JsonObject): Kind {
  const world = (fleet: Fleet, at: Target): Fleet => inPool(fleet, at, change);
  return parsed('GetUserPoolMfaConfig', name, { world }, change);
}

const configKinds: readonly Kind[] = [
  config('no mode', ({ MfaConfiguration: _mode, ...rest }) => rest),
  config('a mode that is null', (given) => ({ ...given, MfaConfiguration: null })),
  config('a mode that is empty', (given) => ({ ...given, MfaConfiguration: '' })),
  config('a mode that is a list', (given) => ({ ...given, MfaConfiguration: ['ON'] })),
  config('a mode that is a truth', (given) => ({ ...given, MfaConfiguration: true })),
  config('a factor that is on in words', (given) => ({ ...given, SoftwareTokenMfaConfiguration: { Enabled: 'true' } })),
  config('a factor that is on in numbers', (given) => ({ ...given, SoftwareTokenMfaConfiguration: { Enabled: 1 } })),
  config('a factor that is a truth', (given) => ({ ...given, SoftwareTokenMfaConfiguration: true })),
  config('a factor that is a list', (given) => ({ ...given, SmsMfaConfiguration: [] })),
  config('a message that is a number', (given) => ({ ...given, EmailMfaConfiguration: { Message: 5 } })),
  config('a relying party that is a list', (given) => ({
    ...given,
    WebAuthnConfiguration: { RelyingPartyId: ['a.example'] },
  })),
  config('an SMS role that is an object', (given) => ({
    ...given,
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: {} } },
  })),
  told('a mode that nobody knows', (given) => ({ ...given, MfaConfiguration: 'REQUIRED' })),
  told('a mode in small letters', (given) => ({ ...given, MfaConfiguration: 'off' })),
  told('a factor that nobody knows', (given) => ({ ...given, PushMfaConfiguration: { Enabled: true } })),
  told('factors that are null', (given) => ({ ...given, SmsMfaConfiguration: null, WebAuthnConfiguration: null })),
];

function pool(name: string, means: Meaning, change: (given: JsonObject) => JsonValue): Kind {
  return parsed('DescribeUserPool', name, means, (answer) => {
    const given = answer['UserPool'];
    return { ...answer, UserPool: change(isJsonObject(given) ? given : {}) };
  });
}

const poolKinds: readonly Kind[] = [
  pool('a pool that is null', malformed, () => null),
  pool('a pool that is a list', malformed, () => []),
  pool('a pool that is a text', malformed, () => 'eu-west-1_a'),
  pool('another pool', malformed, (given) => ({ ...given, Id: 'eu-west-1_Another' })),
  pool('a pool of another account', malformed, (given) => ({
    ...given,
    Arn: JSON.stringify(given['Arn'])
      .replace(/:\d{12}:/, ':999988887777:')
      .slice(1, -1),
  })),
  pool('tags that are a list', malformed, (given) => ({
    ...given,
    UserPoolTags: [{ Key: 'audience', Value: 'customer' }],
  })),
  pool('tags that are a text', malformed, (given) => ({ ...given, UserPoolTags: 'audience=customer' })),
  pool('tags whose values are numbers', malformed, (given) => ({ ...given, UserPoolTags: { audience: 5 } })),
];

export const memberKinds: readonly Kind[] = [
  ...listKinds,
  ...pageKinds,
  ...accountKinds,
  ...regionKinds,
  ...configKinds,
  ...poolKinds,
];
