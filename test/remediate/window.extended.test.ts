/**
 * The window between the last look at a pool and the call, which the API can't close: from the moment at which the service
 * answered GetUserPoolMfaConfig to the one at which it got SetUserPoolMfaConfig. The milliseconds are said.
 */
import { expect, test } from 'vitest';
import { organization } from './organization.ts';

const pools = Array.from({ length: 100 }, (_, index) => ({ id: `P${String(index).padStart(3, '0')}` }));

const setups = {
  'as fast as it goes': { quotas: 1000, share: 1 },
  "at half of Cognito's default quotas": { quotas: null, share: 0.5 },
} as const;

test.each(Object.entries(setups))(
  '%s',
  async (name, { quotas, share }) => {
    const limits = { quotaShare: share, ...(quotas === null ? {} : { quotas: ofAll(quotas) }) };
    const now = () => performance.timeOrigin + performance.now();
    const org = await organization(pools, { configuration: { limits } }, { now });
    await org.makePlan();
    expect((await org.apply()).exitCode).toBe(0);
    const windows = windowsIn(org.sandbox.calls.entries);
    expect(windows).toHaveLength(pools.length);
    const at = (part: number) => (windows[Math.ceil(part * windows.length) - 1] ?? 0).toFixed(1);
    process.stdout.write(
      `window, ${name}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms, of ${windows.length} calls\n`,
    );
    // That no time-out or second attempt stands between the two.
    expect(windows.at(-1)).toBeLessThan(10_000);
  },
  300_000,
);

function ofAll(rate: number) {
  const names = ['UserPoolRead', 'UserPoolResourceRead', 'UserPoolResourceUpdate', 'UserList', 'UserRead'];
  return Object.fromEntries(names.map((name) => [name, rate]));
}

interface Entry {
  readonly at: number;
  readonly operation: string;
  readonly poolId: string | null;
}

/** Ascending, in milliseconds. */
function windowsIn(entries: readonly Entry[]): readonly number[] {
  return entries
    .flatMap(({ operation, poolId, at }, index) => {
      if (operation !== 'SetUserPoolMfaConfig') return [];
      const look = entries.findLast(
        (each, before) => before < index && each.operation === 'GetUserPoolMfaConfig' && each.poolId === poolId,
      );
      return look === undefined ? [] : [at - look.at];
    })
    .sort((a, b) => a - b);
}
