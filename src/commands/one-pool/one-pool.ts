import { readOnePool, type OnePool } from '../../reading/read-one-pool.ts';
import { clockWarnings } from '../../domain/result/clock-warnings.ts';
import { namedUnits } from '../../domain/policy/named-units.ts';
import { readingNeeds } from '../../domain/policy/advice/reading-needs.ts';
import type { ConnectionFlags, LogFlags } from '../line/flags.ts';
import type { PoolPlace } from '../../domain/model/observation.ts';
import { openSession, type Session } from '../run/aws-session.ts';
import type { Shell } from '../output/shell.ts';
import { elsewhere, tellingFor } from '../run/telling.ts';
import { sayUsed } from '../output/used-files.ts';
import type { RunInputs } from '../../domain/policy/run-inputs.ts';

/** A live pool, and how late it is by the later of the two clocks. */
export interface FetchedPool extends OnePool {
  readonly latest: Date;
}

/** Reads one live pool with the role that the audit would use, and does what may ask more while AWS is open. */
export async function fetchPool<T>(
  place: PoolPlace,
  { settings, set }: RunInputs,
  flags: ConnectionFlags & LogFlags,
  shell: Shell,
  work: (pool: FetchedPool, session: Session) => Promise<T>,
): Promise<T> {
  const telling = await tellingFor(flags, shell);
  const say = sayUsed(settings, {}, shell);
  const session = await openSession(settings, flags, shell, telling, say);
  const { connection, calls, clock } = session;
  if (connection.isEndpointOverridden) telling.warn(elsewhere);
  for (const { message } of clockWarnings(clock.aheadMs())) telling.warn(message);
  try {
    const scope = {
      settings,
      needs: { ...readingNeeds(set, settings), accountNames: true },
      filters: { accounts: null, regions: null, shard: null },
      namedUnits: namedUnits(set),
    };
    const pool = await readOnePool(connection, calls, scope, place);
    return await work({ ...pool, latest: clock.latest() }, session);
  } finally {
    connection.close();
  }
}
