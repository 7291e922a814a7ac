/** One pool's change worked out: the call, what it leads to, its risk, and what the service would object to. */
import { unknownFields } from '../../model/api/api-model.ts';
import type { JsonObject } from '../../model/json.ts';
import { buildCall, startingPoint, withValues, type Call, type DesiredValue } from '../write/call.ts';
import { unknownValues } from '../../model/mfa/mfa-state.ts';
import { settingsOf } from '../../model/mfa/pool-settings.ts';
import type { Objection } from '../model/refusals.ts';
import { unmetRequirements } from '../service-rules/requirements.ts';
import { highestRisk, assessTransitions, type AssessedTransition } from '../risk/risk.ts';
import type { PoolNow } from '../model/pool-now.ts';
import { readingDifferences, type Difference } from '../../model/mfa/config-diff.ts';
import { changeContextOf, type ChangeContext } from '../risk/risk-conditions.ts';
import { impossibleValues } from '../write/api-limits.ts';
import type { Risk } from '../../model/risk.ts';

export interface ProposedChange {
  /** The configuration that the call starts from, with the SMS block that waits beside OFF. */
  readonly start: JsonObject;
  /** Where the targets differ from it; empty: there is nothing to write. */
  readonly differences: readonly Difference[];
  readonly call: Call;
  readonly context: ChangeContext;
  readonly transitions: readonly AssessedTransition[];
  /** `null`: nothing changes, or not every field's risk is known. */
  readonly risk: Risk | null;
  readonly objections: readonly Objection[];
}

/** `null`: the targets are no configuration that the API model knows. */
export function proposedChange(pool: PoolNow, targets: readonly DesiredValue[]): ProposedChange | null {
  const settings = settingsOf(pool.userPool, pool.region);
  const start = startingPoint(pool.config, settings);
  const wanted = withValues(start, targets);
  if (unknownValues(wanted).length > 0 || unknownFields(wanted).length > 0) return null;
  const call = buildCall(pool.poolId, start, wanted, settings);
  const context = changeContextOf(start, call.after, settings);
  const transitions = assessTransitions(context);
  const differences = readingDifferences(start, wanted);
  const objections = [
    ...impossibleValues(targets, start, wanted, settings),
    ...unmetRequirements(pool.config, call.input, settings),
    ...transitions.flatMap(unknownTransition),
  ];
  return {
    start,
    differences,
    call,
    context,
    transitions,
    risk: riskOf(transitions),
    objections,
  };
}

function riskOf(transitions: readonly AssessedTransition[]): Risk | null {
  const risks = transitions.flatMap(({ risk }) => risk ?? []);
  return risks.length === transitions.length ? highestRisk(risks) : null;
}

function unknownTransition({ field, change, risk }: AssessedTransition): readonly Objection[] {
  if (risk !== null) return [];
  const message = `What it means for users when ${field} goes ${change} is not known here, so it is not done: change it by hand.`;
  return [{ code: 'unknown-transition', message }];
}
