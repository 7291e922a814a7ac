import { UserError } from '../../errors.ts';
import type { PlanRules } from '../../domain/remediation/plan/pool-rules.ts';
import type { Result } from '../../domain/result/result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { PlanContext } from '../../remediate/plan/fresh-plan.ts';
import { measuring, type MeasureReadiness } from '../../remediate/plan/measured-looks.ts';
import type { ApplyLimits } from '../../remediate/apply/apply.ts';
import type { Session } from '../run/aws-session.ts';
import type { ConnectionFlags, PolicyFlags } from '../line/flags.ts';
import { settingWords } from '../line/setting-flags.ts';
import type { RunInputs } from '../../domain/policy/run-inputs.ts';

/** @param now the day by which exceptions are judged */
export function planContext({ set, settings }: RunInputs, by: PlanRules['by'], now: Date): PlanContext {
  const { requireCoverage, remediation } = settings;
  const { managedTags, includeManaged, off, allowedByFlag } = remediation;
  return {
    set,
    judge: { requireCoverage, now, managedTags },
    defaults: remediation,
    rules: { isOff: off, by, allow: allowedByFlag, includeManaged, managedTags },
  };
}

/** Asks the users of pools, where a policy's change waits for them. */
export function measureFor(
  { connection, calls }: Pick<Session, 'connection' | 'calls'>,
  { limits }: Pick<Settings, 'limits'>,
  maxAgeMs: number,
): MeasureReadiness {
  return measuring({ calls, limits, usersOf: (accountId, region) => connection.users(accountId, region), maxAgeMs });
}

/** Pools whose configuration was read, which limits count against. */
export function poolsRead({ head }: Result): number {
  return head.summary.pools.total - head.summary.pools.unreadable;
}

/** Throws UserError: whoever could stand between us and AWS could answer anything to a read and take any write. */
export function requireCertificates({ verifySsl }: Pick<ConnectionFlags, 'verifySsl'>): void {
  if (!verifySsl)
    throw new UserError(
      '--no-verify-ssl never goes together with a write: trust the certificate with --ca-bundle FILE.',
    );
}

/** What flags alone say of the limits, whatever the configuration says. */
export function limitFlags({ settings }: Pick<PolicyFlags, 'settings'>): Partial<ApplyLimits> {
  const limits = {
    maxChanges: settings['remediation.maxChanges'],
    maxChangesPercent: settings['remediation.maxChangesPercent'],
    maxUsers: settings['remediation.maxUsers'],
  };
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

/** The flags that a later `apply` needs so that it sees what this plan saw. */
export function flagsForApply({
  config,
  profile,
  endpointUrl,
  settings,
}: PolicyFlags & Pick<ConnectionFlags, 'profile' | 'endpointUrl'>): readonly string[] {
  return [
    ...given('--config', config),
    ...settingWords(settings, 'policies'),
    ...given('--profile', profile),
    ...given('--endpoint-url', endpointUrl),
    ...settingWords(settings, 'limits'),
  ];
}

/** A flag again as it was given; none for one that was not. */
export function given(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}
