import type { PoolRecord, Result } from '../../../../src/domain/result/result.ts';
import type { FormatOptions } from '../../../../src/report/format.ts';
import { table } from '../../../../src/report/formats/table/table.ts';
import { aFinding, aPool, textOf } from '../../a-result.ts';
import { plainOptions } from '../../plain-options.ts';

/** The table, at 80 columns unless it is said otherwise. */
export function drawn(result: Result, options: Partial<FormatOptions> = {}): Promise<string> {
  return textOf(table(result, { ...plainOptions, ...options }));
}

export function drifting(members: Partial<PoolRecord>, finding: Parameters<typeof aFinding>[0] = {}): PoolRecord {
  return aPool({ status: 'drifted', findings: [aFinding(finding)], ...members });
}
