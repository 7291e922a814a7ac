import { directoryOf } from './directory.ts';
import { alphanumeric, word } from '../seeded.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import type { PlacedPool } from './fleet.ts';
import type { PoolEntry } from './schema.ts';
import { factsOf, type PoolTraits, type PoolTemplates } from './generate/templates.ts';

type PoolPlace = Pick<StoredPool, 'accountId' | 'region' | 'id' | 'name' | 'primaryRegion'>;

/** The pools of one entry: `count` in each of its regions, with their replicas. */
export function placePools(
  entry: PoolEntry,
  accountId: string,
  templates: PoolTemplates,
  seed: number,
): readonly PlacedPool[] {
  const vanishes = entry.vanishes ?? false;
  return placesOf(entry, accountId, seed).map((place) => {
    const users = entry.directory === undefined ? null : directoryOf(entry.directory, seed, `${accountId}/${place.id}`);
    const facts = settings(factsOf(entry, templates), entry.users ?? users?.length);
    return { pool: { ...place, ...facts, ...(users === null ? {} : { users }) }, vanishes };
  });
}

/** What the pools of one entry are called and where they lie. */
export function placesOf(entry: PoolEntry, accountId: string, seed: number): readonly PoolPlace[] {
  return entry.regions.flatMap((primaryRegion) =>
    namesOf(entry).flatMap((name) => {
      const id = entry.id ?? poolId(seed, accountId, primaryRegion, name);
      return [primaryRegion, ...(entry.replicas ?? [])].map((region) => ({
        accountId,
        region,
        id,
        name,
        primaryRegion,
      }));
    }),
  );
}

/** Nine letters and digits after the region of the primary, as AWS makes them. */
export function poolId(seed: number, accountId: string, region: string, name: string): string {
  return `${region}_${word(seed, `pool/${accountId}/${region}/${name}`, 9, alphanumeric)}`;
}

function namesOf({ name, count }: PoolEntry): readonly string[] {
  return count === undefined ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
}

function settings({ mfa, userPool, tags, answers }: PoolTraits, users: number | undefined) {
  const estimate = users === undefined ? {} : { EstimatedNumberOfUsers: users };
  const stated = Object.keys(answers).length === 0 ? {} : { answers };
  return { mfaConfig: mfa, userPool: { ...userPool, ...estimate, UserPoolTags: tags }, ...stated };
}
