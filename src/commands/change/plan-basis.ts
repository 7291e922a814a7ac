import type { PlanDraft } from '../../domain/remediation/model/plan.ts';
import type { ApplyOptions } from '../../remediate/apply/apply.ts';
import type { Journal } from '../../remediate/journal/journal.ts';
import { rollbackLimits } from '../../remediate/plan/plan-rollback.ts';
import { approvedOf, policyBasis } from '../../remediate/plan/policy-basis.ts';
import { approvedBack, rollbackBasis } from '../../remediate/plan/rollback-basis.ts';
import type { ChangeFlags } from '../line/remediation-flags.ts';
import type { AccountOf } from './accounts-now.ts';
import type { ApplySession } from './apply-session.ts';
import { limitFlags, planContext } from './remediation-rules.ts';

/** What a plan's changes rest on, and how many there may be. The one place where a rollback differs from what policies ask. */
export function basisOf(
  { changes }: PlanDraft,
  undone: Journal | null,
  accountOf: AccountOf,
  { loaded, session }: ApplySession,
  flags: Pick<ChangeFlags, 'settings'>,
): Pick<ApplyOptions, 'approved' | 'basis' | 'limits'> {
  const { remediation } = loaded.settings;
  if (undone === null) {
    return {
      approved: changes.map((change) => approvedOf(change, accountOf(change))),
      basis: policyBasis(planContext(loaded, 'person', session.clock.latest())),
      limits: remediation,
    };
  }
  return {
    approved: changes.map((change) => approvedBack(change, accountOf(change), undone)),
    basis: rollbackBasis(undone, { isOff: remediation.off }),
    limits: rollbackLimits(undone, limitFlags(flags)),
  };
}
