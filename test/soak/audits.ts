/** Audits of the moving organization, and what of their results follows from the number of the night. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedResult } from '../oracle/result-verdicts.ts';
import { everythingCounts, writeWorkspace } from '../end-to-end/workspace.ts';
import { expectedOn, openedOn } from './moving.ts';

export interface Workspace {
  readonly folder: string;
  /** Where the program may keep what it needs for a while. */
  readonly scratch: string;
  /** The command line of the audit of one night; the night before is its baseline. */
  readonly audit: (night: number, ...flags: readonly string[]) => readonly string[];
  readonly resultOf: (night: number) => string;
}

export async function soakWorkspace(): Promise<Workspace> {
  const folder = await writeWorkspace({
    configuration: everythingCounts,
    policies: [{ name: 'mode', severity: 'high', expect: { MfaConfiguration: { noneOf: ['OFF'] } } }],
    exceptions: [],
  });
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const resultOf = (night: number): string => join(folder, `result-${night % 2}.json`);
  const paths = ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies')];
  return {
    folder,
    scratch,
    resultOf,
    audit: (night, ...flags) => [
      'audit',
      ...paths,
      '--run-dir',
      join(folder, 'run'),
      '--report',
      `json=${resultOf(night)}`,
      '--quiet',
      '--log-level',
      'error',
      ...(night === 0 ? [] : ['--baseline', resultOf(night - 1)]),
      ...flags,
    ],
  };
}

export interface Said {
  /** `ACCOUNT/NAME STATUS`. */
  readonly pools: readonly string[];
  /** `ACCOUNT/NAME`. */
  readonly opened: readonly string[];
  readonly exitCode: number;
  readonly complete: boolean;
}

export function says({ pools, run, complete }: SavedResult): Said {
  const named = (pool: SavedResult['pools'][number]) => `${pool.accountId}/${pool.poolName}`;
  return {
    pools: pools.map((pool) => `${named(pool)} ${pool.status}`).sort(),
    opened: pools
      .filter(({ findings }) => findings.some(({ change }) => change === 'new'))
      .map(named)
      .sort(),
    exitCode: run.exitCode,
    complete,
  };
}

export function shouldSay(night: number): Said {
  const tonight = expectedOn(night);
  const isDrift = [...tonight.values()].includes('drifted');
  return {
    pools: [...tonight].map((each) => each.join(' ')).sort(),
    // The first night has none before it to compare with.
    opened: night === 0 ? [] : openedOn(night).toSorted(),
    exitCode: isDrift ? 2 : 0,
    complete: true,
  };
}
