import type { PlanDraft } from '../../domain/remediation/model/plan.ts';
import type { ApplyOptions } from '../../remediate/apply/apply.ts';
import type { Journal } from '../../remediate/journal/journal.ts';
import { rollbackLimits } from '../../remediate/plan/plan-rollback.ts';
import { measuredLooks } from '../../remediate/plan/measured-looks.ts';
import { approvedOf, policyBasis } from '../../remediate/plan/policy-basis.ts';
import { approvedBack, rollbackBasis } from '../../remediate/plan/rollback-basis.ts';
import type { ChangeFlags } from '../line/remediation-flags.ts';
import type { AccountOf } from './accounts-now.ts';
import type { ApplySession } from './apply-session.ts';
import type { PlanToCarryOut } from './carry-out-plan.ts';
import { limitFlags, measureFor, planContext } from './remediation-rules.ts';

/** What a plan's changes rest on, and how many there may be. The one place where a rollback differs from what policies ask. */
export function basisOf(
  { changes }: PlanDraft,
  undone: Journal | null,
  accountOf: AccountOf,
  { loaded, session }: ApplySession,
  flags: Pick<ChangeFlags, 'settings'> & { readonly maxAge?: number },
): Pick<ApplyOptions, 'approved' | 'basis' | 'limits'> & Pick<PlanToCarryOut, 'looking'> {
  const { remediation } = loaded.settings;
  if (undone === null) {
    const context = planContext(loaded, 'person', session.clock.latest());
    const measure = measureFor(session, loaded.settings, flags.maxAge ?? 0);
    return {
      approved: changes.map((change) => approvedOf(change, accountOf(change))),
      basis: policyBasis(context),
      limits: remediation,
      looking: (pools) => measuredLooks(pools, context, accountOf, measure),
    };
  }
  return {
    approved: changes.map((change) => approvedBack(change, accountOf(change), undone)),
    basis: rollbackBasis(undone, { isOff: remediation.off }),
    limits: rollbackLimits(undone, limitFlags(flags)),
    looking: (pools) => pools,
  };
}
