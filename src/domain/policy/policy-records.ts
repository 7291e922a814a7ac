import type { PolicyRecord } from '../result/result.ts';
import type { PolicySet } from './policy.ts';

/** What a result keeps of each policy, by name. */
export function policyRecords({ policies }: PolicySet): readonly PolicyRecord[] {
  return policies.map(({ name, severity, description, controls, location: { file, line } }) => ({
    name,
    severity,
    description,
    controls,
    file,
    line,
  }));
}
