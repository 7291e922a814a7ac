import { momentPattern } from '../../domain/model/day.ts';
import { placeKey } from '../../domain/model/observation.ts';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { digestOf, type Plan } from '../../domain/remediation/model/plan.ts';
import { UserError } from '../../errors.ts';
import { readRegularFile } from '../../regular-file.ts';
import { duration } from '../../number-format.ts';
import { builtSchema } from '../../yaml/built-schemas.ts';
import type { SessionClock } from '../../pacing/session-clock.ts';
import { validate as validPlan } from './plan-checks.ts?compiled';

export interface PlanDemands {
  /** `--digest`, with or without `sha256:`; `null` where it was not given. */
  readonly digest: string | null;
}

/** A plan for 100,000 pools; nobody approves a larger one. */
const maxBytes = 400_000_000;

/** A plan's clock may be a little ahead of ours. */
const aheadMs = 5 * 60_000;

const schema = builtSchema<Plan>(validPlan, 'plan');

/**
 * A plan as it may be carried out: whole, unchanged since it was made, and the approved one.
 *
 * @throws UserError with the reason; nothing has been changed then.
 */
export async function readPlan(file: string, demands: PlanDemands): Promise<Plan> {
  const value = parsePlan(file, textOf(file));
  if (!schema.accepts(value)) throw new UserError(`${file} ${explain(schema.errorsOf(value)[0])} ${newPlan}`);
  requireDigest(file, value, demands.digest);
  requireDistinct(file, value);
  return value;
}

const newPlan = 'Make a new plan: mfa-drift plan.';

function textOf(file: string): string {
  const read = readRegularFile(file, maxBytes);
  if ('reason' in read) throw new UserError(`${file} ${read.reason}.`);
  return read.bytes.toString('utf8');
}

function parsePlan(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${file} is not JSON, so it is no plan. ${newPlan}`, { cause });
  }
}

/** Enough to know a value by. */
const longestShown = 60;

function explain(error: ErrorObject | undefined): string {
  const path = (error?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const { additionalProperty, missingProperty, pattern } = error?.params ?? {};
  const what =
    typeof additionalProperty === 'string'
      ? `has a member that plans do not have: ${JSON.stringify(additionalProperty)}`
      : typeof missingProperty === 'string'
        ? `lacks ${missingProperty}`
        : pattern === momentPattern
          ? `must be a time in UTC, not ${JSON.stringify(error?.data).slice(0, longestShown)}`
          : (error?.message ?? 'is not as its schema says');
  return `is no plan that this version of mfa-drift made: ${path === '' ? 'it' : path} ${what}.`;
}

function requireDigest(file: string, plan: Plan, wanted: string | null): void {
  const found = digestOrNull(plan);
  if (found !== plan.digest) {
    throw new UserError(
      `${file} was edited after it was made: its digest says ${plan.digest}, and its contents give ${found ?? 'none'}. Nothing was changed. ${newPlan}`,
    );
  }
  if (wanted === null || plan.digest === `sha256:${wanted.replace(/^sha256:/, '')}`) return;
  throw new UserError(
    `${file} is not the plan that was approved: --digest asks for ${wanted}, and it is ${plan.digest}. Nothing was changed.`,
  );
}

/** `null` where the contents are no JSON that can be written in one way only (a lone surrogate). */
function digestOrNull(plan: Plan): string | null {
  try {
    return digestOf(plan);
  } catch {
    return null;
  }
}

/**
 * A plan ages by the later of the two clocks; it carries the service's time, so that by this one it is never of the future.
 *
 * @param maxAgeMs `--max-age`
 * @throws UserError where it is older, or of the future
 */
export function requireAge(
  file: string,
  { createdAt }: Pick<Plan, 'createdAt'>,
  maxAgeMs: number,
  clock: Pick<SessionClock, 'date' | 'latest'>,
): void {
  const madeMs = Date.parse(createdAt);
  const ageMs = clock.latest().getTime() - madeMs;
  if (ageMs > maxAgeMs) {
    throw new UserError(
      `${file} is too old: it was made ${createdAt}, ${duration(ageMs)} ago, and --max-age allows ${duration(maxAgeMs)}. ${newPlan}`,
    );
  }
  if (madeMs - clock.date().getTime() > aheadMs)
    throw new UserError(`${file} was made ${createdAt}, in the future: check the clocks. ${newPlan}`);
}

/** A second change of a pool would be judged by what the first one leaves. */
function requireDistinct(file: string, { changes }: Plan): void {
  const seen = new Set<string>();
  for (const change of changes) {
    const key = placeKey(change);
    if (seen.has(key)) throw new UserError(`${file} names the pool ${key} twice. ${newPlan}`);
    seen.add(key);
  }
}

/** @throws UserError where the plan was made for another organization than the caller's. */
export function requireOrganization(file: string, planned: string | null, caller: string | null): void {
  if (planned === caller) return;
  const named = (id: string | null): string => (id === null ? 'no organization' : `organization ${id}`);
  throw new UserError(
    `${file} is of ${named(planned)}, and the caller is in ${named(caller)}. Nothing was changed. Use the credentials that it was made with, or make a new one here.`,
  );
}
