import type { Evaluator } from './assemble.ts';
import { acceptGap } from '../domain/verdict/gap-acceptance.ts';
import { newRunWarnings } from '../domain/verdict/run-warnings.ts';
import { judgePool } from '../domain/verdict/verdicts.ts';
import type { Warning } from '../domain/result/warning.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

/** How findings and gaps make an exit code, as the command line says. */
export interface ExitFlags {
  readonly exitZero: boolean;
  readonly failOnNew: boolean;
}

/** The policies at work on one run: they evaluate pools, and remember what only the whole run can tell. */
export interface RunEvaluator {
  readonly evaluator: Evaluator;
  /** @param isNarrowed by flags, so that what matched nothing was not to be looked at */
  warnings(isNarrowed: boolean): readonly Warning[];
}

/**
 * @param now the day by which exceptions are judged: the one on which the run began, so that a resumed one says the same
 * @param fromResult whether the pools come from a saved result, which holds only what its policies needed
 */
export function newRunEvaluator({ set, settings }: RunInputs, now: Date, fromResult = false): RunEvaluator {
  const { requireCoverage, remediation } = settings;
  const seen = newRunWarnings(set, settings, now);
  return {
    evaluator: {
      pool(account, region, pool) {
        const subject = { account, region, pool, fromResult };
        const verdict = judgePool(set, subject, { requireCoverage, now, managedTags: remediation.managedTags });
        seen.pool(subject, verdict);
        for (const gap of verdict.gaps) seen.gap(gap, account, pool);
        return verdict;
      },
      accept(gap, account) {
        seen.gap(gap, account);
        return acceptGap(set, gap, account, now);
      },
      account: (account) => seen.account(account),
      region: (region) => seen.region(region),
      unfinished: (account) => seen.unfinished(account),
    },
    warnings: (isNarrowed) => [...set.warnings, ...seen.conflicts(), ...(isNarrowed ? [] : seen.unused())],
  };
}
