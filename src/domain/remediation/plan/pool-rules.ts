/** What speaks against any change of a pool, whatever the change: its state, its tags, its exceptions, the policies' modes. */
import { flagOf } from '../../settings/names.ts';
import { agents, type CodeEvent } from '../../model/blame.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Tags } from '../../model/observation.ts';
import { lineOf, protectionObjection, type RequestedChange, type Protection } from '../request/requested-changes.ts';
import { unknownValues } from '../../model/mfa/mfa-state.ts';
import { descriptionFlaw, settingsOf } from '../../model/mfa/pool-settings.ts';
import type { DatedReadiness } from '../../readiness/record.ts';
import type { Objection } from '../model/refusals.ts';
import type { Risk } from '../../model/risk.ts';

/** A pool as it was read just now. */
export interface PoolReading {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  /** `GetUserPoolMfaConfig`'s answer, parsed from the text of the response. */
  readonly config: JsonObject;
  /** Members of it that this version's API model does not know. */
  readonly unknownFields: readonly string[];
  /** `DescribeUserPool`'s `UserPool`; `null`: it could not be read. */
  readonly userPool: JsonObject | null;
  /** The primary's region, where this is a replica. */
  readonly replicaOf: string | null;
  /** The last event known of a tool that manages the pool as code; absent: none is known. */
  readonly codeEvent?: CodeEvent | undefined;
  /** Whether its users could still sign in after the change; `null`: they were not asked. */
  readonly readiness: DatedReadiness | null;
}

export interface PlanRules {
  /** `MFA_DRIFT_REMEDIATION=off`. */
  readonly isOff: boolean;
  /** Whether an audit fixes by itself (`--remediate`), or a person plans and applies. */
  readonly by: 'audit' | 'person';
  /** Risks that flags add to what the policies allow. */
  readonly allow: readonly Risk[];
  readonly includeManaged: boolean;
  /** Tags that tell that a pool is managed as code. */
  readonly managedTags: readonly string[];
}

const exemptTag = 'mfa-remediation';

export function poolObjections(
  pool: PoolReading,
  requested: readonly RequestedChange[],
  protections: readonly Protection[],
  rules: PlanRules,
): readonly Objection[] {
  return [
    ...(rules.isOff ? [remediationOff] : []),
    ...unknownObjections(pool),
    ...replicaObjections(pool),
    ...describedObjections(pool, rules),
    ...codeEventObjections(pool, rules),
    ...modeObjections(requested, rules),
    ...protections
      .filter(({ paths }) => paths === null)
      .map((protection) => protectionObjection(protection, 'the whole pool')),
  ];
}

export const remediationOff: Objection = {
  code: 'remediation-off',
  message: 'MFA_DRIFT_REMEDIATION=off: nothing is changed.',
};

function unknownObjections({ config, unknownFields }: PoolReading): readonly Objection[] {
  const unknown = [...new Set([...unknownFields, ...unknownValues(config)])];
  return unknown.length === 0 ? [] : [unknownMembers(unknown)];
}

export function unknownMembers(paths: readonly string[]): Objection {
  const message = `The answer holds what this version does not know (${paths.join(', ')}), and a call without it would remove it: update mfa-drift, or change the pool by hand.`;
  return { code: 'unknown-fields', message };
}

/** Whoever tags a pool so has no way back made for them either. */
export function exemptObjections(tags: Tags): readonly Objection[] {
  if (tags[exemptTag] !== 'exempt') return [];
  return [objection('exempt', `The pool's tag ${exemptTag}: exempt keeps every change away.`)];
}

function replicaObjections({ replicaOf, region }: PoolReading): readonly Objection[] {
  if (replicaOf === null) return [];
  const message = `This is the replica in ${region} of a pool in ${replicaOf}: fix mode, TOTP, e-mail and passkeys in the primary, and the replica's own SMS settings by hand.`;
  return [{ code: 'replica', message }];
}

function describedObjections({ userPool, region }: PoolReading, rules: PlanRules): readonly Objection[] {
  if (userPool === null) {
    const message =
      'DescribeUserPool could not be read, so the risk to users is not known: allow cognito-idp:DescribeUserPool.';
    return [{ code: 'undescribed', message }];
  }
  const flaw = descriptionFlaw(userPool);
  if (flaw !== null) return [objection('undescribed', `DescribeUserPool's answer can't be read: ${flaw}.`)];
  const { users, tags } = settingsOf(userPool, region);
  const managed = rules.includeManaged ? [] : rules.managedTags.filter((tag) => Object.hasOwn(tags, tag));
  return [
    ...(users === null
      ? [
          objection(
            'undescribed',
            'DescribeUserPool does not say how many users the pool has (EstimatedNumberOfUsers), so no limit can hold.',
          ),
        ]
      : []),
    ...managed.map((tag) =>
      objection(
        'managed-elsewhere',
        `The tag ${tag} says that the pool is managed as code: change it there, as mfa-drift plan --patch shows, or use ${flagOf('remediation.includeManaged')}.`,
      ),
    ),
    ...exemptObjections(tags),
  ];
}

/** What a tool deployed once it deploys again, whatever its tags say or don't. */
function codeEventObjections({ codeEvent }: PoolReading, { includeManaged }: PlanRules): readonly Objection[] {
  if (includeManaged || codeEvent === undefined) return [];
  const message = `CloudTrail has an event of ${agents[codeEvent.agent].words} of ${codeEvent.at.slice(0, 10)}, so that the pool is managed as code: change it there, as mfa-drift plan --patch shows, or use ${flagOf('remediation.includeManaged')}.`;
  return [objection('managed-elsewhere', message)];
}

function modeObjections(requested: readonly RequestedChange[], { by }: PlanRules): readonly Objection[] {
  return requested.flatMap((request) => {
    if (request.mode === 'never') return [objection('mode', `Remediation mode never: ${lineOf(request)}.`)];
    return request.mode === 'manual' && by === 'audit'
      ? [objection('mode', `Remediation mode manual: ${lineOf(request)}. Use mfa-drift plan and apply.`)]
      : [];
  });
}

function objection(code: Objection['code'], message: string): Objection {
  return { code, message };
}
