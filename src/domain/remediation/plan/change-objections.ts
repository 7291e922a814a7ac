/** What speaks against this very change. */
import { flagOf } from '../../settings/names.ts';
import { unknownFields } from '../../model/api/api-model.ts';
import { userPoolAfter } from '../write/after-settings.ts';
import {
  lineOf,
  protectionObjection,
  protectionOf,
  type RequestedChange,
  type Disagreement,
  type Protection,
} from '../request/requested-changes.ts';
import { unknownValues } from '../../model/mfa/mfa-state.ts';
import type { ProposedChange } from './proposed-change.ts';
import { judgementObjections, type ViolationsIn } from '../request/policy-impact.ts';
import { plausibleAnswers } from '../write/possible-read-backs.ts';
import type { PlanRules } from './pool-rules.ts';
import type { Objection } from '../model/refusals.ts';
import type { PoolNow } from '../model/pool-now.ts';
import { stateDifferences } from '../../model/mfa/config-diff.ts';
import { shownAt } from '../write/shown-value.ts';
import { isForPersons, type Risk } from '../../model/risk.ts';

export function disagreementObjections(disagreements: readonly Disagreement[]): readonly Objection[] {
  return disagreements.map(({ path, demands }) => ({
    code: 'conflict',
    message: `No value of ${path} satisfies ${demands.map(lineOf).join(' and ')}.`,
  }));
}

/** For asks whose values make no configuration; a pool that holds unknown things itself is another matter. */
export function valueObjections(
  { config }: Pick<PoolNow, 'config'>,
  requested: readonly RequestedChange[],
): readonly Objection[] {
  if (unknownValues(config).length > 0 || unknownFields(config).length > 0) return [];
  const values = requested
    .map((request) => `${request.path} to ${shownAt(request.path, request.to)} (${lineOf(request)})`)
    .join(', ');
  const message = `What is asked for is no MFA configuration that this version knows: ${values}.`;
  return [{ code: 'unknown-transition', message }];
}

/** The state afterwards is judged only where the API can reach it, in every form in which the service may show it. */
export function proposedObjections(
  pool: PoolNow,
  proposed: ProposedChange,
  requested: readonly RequestedChange[],
  rules: PlanRules,
  violationsIn: ViolationsIn,
): readonly Objection[] {
  const isReachable = proposed.objections.every(({ code }) => code === 'prerequisite' || code === 'unknown-transition');
  const judged = isReachable
    ? judgementObjections(
        requested,
        violationsIn(pool.config, pool.userPool),
        plausibleAnswers(pool.config, proposed.call.after, proposed.context.settings).flatMap((answer) =>
          violationsIn(answer, userPoolAfter(pool.userPool, proposed.call.input)),
        ),
      )
    : [];
  return [...proposed.objections, ...judged, ...riskObjections(proposed, requested, rules)];
}

/** A change touches nothing under an exception, not even as a consequence. */
export function touchObjections(proposed: ProposedChange, protections: readonly Protection[]): readonly Objection[] {
  const { context, start, call } = proposed;
  return stateDifferences(start, call.after, context.settings).flatMap(({ path }) => {
    const protection = protectionOf(path, protections);
    return protection === null ? [] : [protectionObjection(protection, `${path}, which the change would touch,`)];
  });
}

/** Only a risk that every policy allows that asks; `weakening` never by the audit itself. */
function riskObjections(
  { risk, transitions }: ProposedChange,
  requested: readonly RequestedChange[],
  rules: PlanRules,
): readonly Objection[] {
  if (risk === null) return [];
  const refusing = requested.filter(({ allow }) => !isAllowed(risk, allow, rules));
  if (refusing.length === 0) return [];
  const reasons = [...new Set(transitions.filter((each) => each.risk === risk).flatMap((each) => each.reasons))];
  const lines = [...new Set(refusing.map(lineOf))];
  const message = `The change is ${risk} (${reasons.join('; ')}). ${wayOut(risk, lines, rules)}`;
  return [{ code: 'risk', message }];
}

function isAllowed(risk: Risk, allow: readonly Risk[], { by, allow: flags }: PlanRules): boolean {
  if (isForPersons(risk)) return by === 'person' && flags.includes(risk);
  return allow.includes(risk) || flags.includes(risk);
}

function wayOut(risk: Risk, lines: readonly string[], { by }: PlanRules): string {
  const askers = lines.join(' and ');
  if (!isForPersons(risk)) {
    const verb = lines.length === 1 ? 'allows' : 'allow';
    return `That is more than ${askers} ${verb}: use ${flagOf('remediation.allow')} ${risk}, or remediation.allow there, if it is meant.`;
  }
  return by === 'person'
    ? `No file can allow that to ${askers}: use ${flagOf('remediation.allow')} ${risk} if it is meant.`
    : `No audit does that for ${askers}: use mfa-drift plan and apply with ${flagOf('remediation.allow')} ${risk} if it is meant.`;
}
