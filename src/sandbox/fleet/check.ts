/** Mistakes in a fleet that a JSON Schema can't see: names that mean nothing, and things that can't be twice. */
import { suggest } from '../../yaml/nearest.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { parsePolicy, PolicyError } from '../identity/policy.ts';
import type { Mistake } from '../read-document.ts';
import { maxPools } from './limits.ts';
import { placesOf } from './pools.ts';
import type { AccountEntry, FleetDocument, PoolEntry } from './schema.ts';
import { ancestry, jsonObject, own } from './generate/templates.ts';
import { knownRegions } from './region-list.ts';

export function findMistakes(document: FleetDocument): readonly Mistake[] {
  return [
    ...wrongAccounts(document),
    ...wrongReferences(document),
    ...wrongTemplates(document),
    ...wrongPolicies(document),
    ...(tooManyPools(document) ?? document.accounts.flatMap((account, index) => wrongPools(document, account, index))),
  ];
}

function wrongAccounts({ accounts }: FleetDocument): readonly Mistake[] {
  const seen = new Set<string>();
  return accounts.flatMap(({ id }, index) => {
    if (seen.has(id)) return [mistake(['accounts', index, 'id'], `the account ${id} is there twice`)];
    seen.add(id);
    return [];
  });
}

/** Before any of them is made; `null` where there are not too many. */
function tooManyPools({ accounts }: FleetDocument): readonly Mistake[] | null {
  let total = 0;
  for (const [at, { pools = [] }] of accounts.entries()) {
    for (const [index, { regions, replicas = [], count = 1 }] of pools.entries()) {
      total += (regions.length + replicas.length) * count;
      if (total <= maxPools) continue;
      return [mistake(['accounts', at, 'pools', index], `with it there are ${total} pools; ${maxPools} is the most`)];
    }
  }
  return null;
}

/** Accounts that the organization and the caller speak of. */
function wrongReferences({
  accounts,
  organization,
  caller,
  homeRegion,
  ...document
}: FleetDocument): readonly Mistake[] {
  const ids = accounts.map(({ id }) => id);
  const mentioned: [string | undefined, Mistake['path']][] = [
    [organization?.managementAccount, ['organization', 'managementAccount']],
    ...(organization?.delegatedAdministrators ?? []).map((id, index): [string, Mistake['path']] => [
      id,
      ['organization', 'delegatedAdministrators', index],
    ]),
    [caller?.account, ['caller', 'account']],
    ...(organization?.serviceControlPolicies ?? []).flatMap(({ attachedTo }, policy) =>
      attachedTo.map((target, index): [string | undefined, Mistake['path']] => [
        target.startsWith('/') ? undefined : target,
        ['organization', 'serviceControlPolicies', policy, 'attachedTo', index],
      ]),
    ),
  ];
  const regions = [...knownRegions, ...Object.keys(document.regions ?? {})];
  return [
    ...mentioned.flatMap(([id, path]) =>
      id === undefined || ids.includes(id) ? [] : [unknown(path, 'account', id, ids)],
    ),
    ...(homeRegion === undefined || regions.includes(homeRegion)
      ? []
      : [unknown(['homeRegion'], 'region', homeRegion, regions)]),
  ];
}

function wrongTemplates({ templates = {} }: FleetDocument): readonly Mistake[] {
  return Object.entries(templates).flatMap(([name, { like }]) => {
    const path = ['templates', name, 'like'];
    if (like === undefined) return [];
    if (own(templates, like) === undefined) return [unknown(path, 'template', like, Object.keys(templates))];
    const goesInCircles = ancestry(like, templates).includes(name);
    return goesInCircles ? [mistake(path, `the template ${name} goes back to itself`)] : [];
  });
}

function wrongPolicies({ caller, roles = {}, accounts }: FleetDocument): readonly Mistake[] {
  const inAccounts = accounts.flatMap(({ roles: changed = {} }, index) =>
    Object.entries(changed).map(([name, role]) => ({ path: ['accounts', index, 'roles', name], policy: role?.policy })),
  );
  const shared = Object.entries(roles).map(([name, role]) => ({ path: ['roles', name], policy: role.policy }));
  return [{ path: ['caller'], policy: caller?.policy }, ...shared, ...inAccounts].flatMap(({ path, policy }) => {
    const wrong = policy === undefined ? null : whyUnplayed(jsonObject(policy));
    return wrong === null ? [] : [mistake([...path, 'policy'], wrong)];
  });
}

function whyUnplayed(policy: JsonObject): string | null {
  try {
    parsePolicy(policy);
    return null;
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

function wrongPools(document: FleetDocument, account: AccountEntry, accountIndex: number): readonly Mistake[] {
  const regions = [...knownRegions, ...Object.keys(document.regions ?? {}), ...Object.keys(account.regions ?? {})];
  const taken = new Set<string>();
  return (account.pools ?? []).flatMap((pool, index) => {
    const path = ['accounts', accountIndex, 'pools', index];
    const wrong = [...wrongLike(document, pool, path), ...wrongRegions(pool, regions, path), ...wrongId(pool, path)];
    return wrong.length > 0 ? wrong : repeated(pool, account.id, taken, path);
  });
}

function wrongLike({ templates = {} }: FleetDocument, { like }: PoolEntry, path: Mistake['path']): readonly Mistake[] {
  if (like === undefined || own(templates, like) !== undefined) return [];
  return [unknown([...path, 'like'], 'template', like, Object.keys(templates))];
}

function wrongRegions(pool: PoolEntry, regions: readonly string[], path: Mistake['path']): readonly Mistake[] {
  return (['regions', 'replicas'] as const).flatMap((member) =>
    (pool[member] ?? []).flatMap((region, index) =>
      regions.includes(region) ? [] : [unknown([...path, member, index], 'region', region, regions)],
    ),
  );
}

function wrongId({ id, regions, count = 1 }: PoolEntry, path: Mistake['path']): readonly Mistake[] {
  if (id === undefined || (regions.length === 1 && count === 1)) return [];
  return [mistake([...path, 'id'], `one id is for one pool, not for ${regions.length * count}`)];
}

/** Two entries that would be the same pool: the same id, or the same name where the id is made from it. */
function repeated(pool: PoolEntry, accountId: string, taken: Set<string>, path: Mistake['path']): readonly Mistake[] {
  const places = placesOf(pool, accountId, 1);
  const twice = places.find(({ region, id }) => taken.has(`${region}/${id}`));
  for (const { region, id } of places) taken.add(`${region}/${id}`);
  if (twice === undefined) return [];
  const name = pool.id ?? twice.name;
  return [mistake([...path, 'name'], `${twice.region} holds the pool ${name} already: give each its own id or name`)];
}

function mistake(path: Mistake['path'], message: string): Mistake {
  return { path, message, hint: null };
}

function unknown(path: Mistake['path'], kind: string, word: string, known: readonly string[]): Mistake {
  return { path, message: `there is no ${kind} ${word}`, hint: suggest(word, known) };
}
