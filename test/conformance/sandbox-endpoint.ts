/** The sandbox over HTTP: each case gets one of its own, with one account, the case's pool, and the case's switches. */
import type { Fleet } from '../../src/sandbox/fleet/fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { noQuotas } from '../../src/sandbox/quotas.ts';
import type { StoredPool } from '../../src/sandbox/world/stored-pool.ts';
import type { Endpoint } from './endpoint.ts';
import { RawClient } from './raw-client.ts';
import { sandboxVariables, storedPool } from './rules-endpoint.ts';
import { stagedPool } from './staged-pool.ts';

export const sandboxEndpoint: Endpoint = {
  name: 'the sandbox',
  variables: sandboxVariables,
  hasSwitches: true,
  stage: async (conformanceCase, switches) => {
    const pool = storedPool(conformanceCase);
    const sandbox = await startSandbox({ fleet: fleetOf(pool), switches });
    const { accessKeyId, secretAccessKey } = sandbox.credentialsOf(pool.accountId);
    const client = new RawClient({
      endpoint: sandbox.url,
      region: pool.region,
      credentials: { accessKeyId, secretAccessKey },
    });
    const remove = async (): Promise<void> => {
      client.destroy();
      await sandbox.close();
    };
    const sub = pool.users?.[0]?.sub;
    return stagedPool({
      client,
      id: pool.id,
      name: pool.name,
      ...(sub === undefined ? {} : { variables: { sub } }),
      remove,
    });
  },
  close: async () => [],
};

function fleetOf(pool: StoredPool): Fleet {
  const permissions = { allows: ['*'], lacks: [] };
  return {
    seed: 1,
    organization: null,
    caller: { accountId: pool.accountId, kind: 'user', name: 'conformance', permissions },
    homeRegion: pool.region,
    accounts: [
      {
        id: pool.accountId,
        name: 'conformance',
        email: 'conformance@example.com',
        state: 'ACTIVE',
        parentId: 'r-root',
        tags: {},
        roles: [],
        regions: { [pool.region]: 'ENABLED_BY_DEFAULT' },
        pools: [{ pool, vanishes: false }],
      },
    ],
    quotas: noQuotas,
    emptyPages: 0,
    switches: {},
  };
}
