/** The plan file: everything that `apply` will do, as a value; what policies ask for, or the way back from what was done. */
import { sha256 } from '../../model/sha256.ts';
import canonicalize from 'canonicalize';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { byPlace } from '../../model/order.ts';
import { illFormedPaths, wellFormed } from './ill-formed.ts';
import type { ReadinessRecord } from '../../readiness/record.ts';
import type { RefusalCode } from './refusals.ts';
import type { PolicyFileRecord } from '../../model/source-files.ts';
import type { Risk } from '../../model/risk.ts';

/**
 * `full`: the configuration before comes back equal, and no user loses a registration. `partial`: the pool's state
 * comes back, but perhaps not what users registered, or a text. `no`: a relying party changed, or the service does not
 * admit the state before any more.
 */
export type Reversible = 'full' | 'partial' | 'no';

/** A line of a policy that asks for a change, and what it changes: one path of the configuration. */
export interface Because {
  readonly policy: string;
  readonly path: string;
  /** What the service reads now, its default where it has one; `null`: nothing. */
  readonly from: JsonValue;
  readonly to: JsonValue;
  readonly file: string;
  readonly line: number;
}

/** One call of `SetUserPoolMfaConfig` on one pool. */
export interface Change {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  /** `EstimatedNumberOfUsers`. */
  readonly users: number;
  /** Users whom it could keep out, at the most: as readiness says, or all where that was not asked for or says not all. */
  readonly usersAtRisk: number;
  readonly risk: Risk;
  /** Why it has this risk: whole sentences. */
  readonly reasons: readonly string[];
  /** For a change to ON: how users may be locked out, and what settings can't tell of that. Whole sentences. */
  readonly lockout: readonly string[];
  /** Of its users, those who could still sign in; `null`: no policy asks for that, or it keeps nobody out. */
  readonly readiness: ReadinessRecord | null;
  readonly reversible: Reversible;
  /** What undoing it does not give back: whole sentences. */
  readonly lost: readonly string[];
  /** `GetUserPoolMfaConfig`'s answer before. */
  readonly before: JsonObject;
  /** The input of `SetUserPoolMfaConfig`. */
  readonly call: JsonObject;
  /** What `GetUserPoolMfaConfig` is expected to answer afterwards. */
  readonly after: JsonObject;
  /** By path, then policy; none where a change is undone. */
  readonly because: readonly Because[];
  /** Where an undone change leaves the pool otherwise than it was, all the same: whole sentences. */
  readonly remains: readonly string[];
}

/** The journal whose changes are undone. */
export interface PlanJournal {
  /** As whoever planned named it. */
  readonly file: string;
  /** Of its last line, and by it of all. */
  readonly digest: string;
}

export interface RefusedChange {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly code: RefusalCode;
  /** Every reason, in the order of the codes. */
  readonly message: string;
  /** Where users were asked whether they could still sign in; else `null`. */
  readonly readiness: ReadinessRecord | null;
}

export interface Plan {
  readonly schemaVersion: '1';
  readonly kind: 'Plan';
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly tool: { readonly name: 'mfa-drift'; readonly version: string };
  readonly organizationId: string | null;
  /** Of the audit behind it, or of what is undone. */
  readonly runId: string;
  /** Who asks: policies; or nobody, since what a journal has is undone. */
  readonly origin: 'policies' | 'rollback';
  /** Of a rollback, and of nothing else. */
  readonly journal: PlanJournal | null;
  /** Who made it, as `GetCallerIdentity` says it; `null`: not known. */
  readonly callerArn: string | null;
  /** Hosts of the endpoints that are not AWS's own, where what is planned here was read. */
  readonly endpoints: readonly string[];
  /** Everything that it goes by could be read. */
  readonly complete: boolean;
  readonly poolsRead: number;
  /** `sha256:` and hex, of the canonical JSON (RFC 8785) of the plan without this member. */
  readonly digest: string;
  readonly policies: readonly PolicyFileRecord[];
  /** In the order in which they are made. */
  readonly changes: readonly Change[];
  readonly refused: readonly RefusedChange[];
}

/** A plan before it is written down. What is carried out at once needs no digest, and so no text that has one. */
export type PlanDraft = Omit<Plan, 'digest'>;

/** The plan with its digest. A change with a text that no digest can be made of is refused, and the others stand. */
export function sealPlan(draft: PlanDraft): Plan {
  const texts = draft.changes.map((change) => ({ change, paths: pathsWithoutDigest(change) }));
  const left = texts.flatMap(({ change, paths }) => (paths.length === 0 ? [] : [refusedFor(change, paths)]));
  const refused = draft.refused.map((each) => ({ ...each, message: wellFormed(each.message) }));
  const plan = {
    ...draft,
    changes: texts.flatMap(({ change, paths }) => (paths.length === 0 ? [change] : [])),
    refused: left.length === 0 ? refused : [...refused, ...left].sort(byPlace),
  };
  return { ...plan, digest: digestOf(plan) };
}

function pathsWithoutDigest({ poolName, before, call, after, because }: Change): readonly string[] {
  const wanted = Object.fromEntries(because.map(({ path, to }) => [path, to]));
  const found = [before, call, after, wanted].flatMap((value) => illFormedPaths(value));
  return [...new Set([...found, ...illFormedPaths({ Name: poolName })])];
}

function refusedFor({ accountId, region, poolId, readiness }: Change, paths: readonly string[]): RefusedChange {
  const message = `No plan can hold the change, since half of a surrogate pair, which is no text, stands in ${wellFormed(paths.join(', '))}: put it right by hand first.`;
  return { accountId, region, poolId, code: 'ill-formed', message, readiness };
}

/**
 * The digest of a plan as it was read: a digest that it carries does not count, every other member does, also one that
 * no version knows. Throws where the value can't be written as JSON (a lone surrogate, a number that is not finite).
 */
export function digestOf(plan: object): string {
  const rest = Object.fromEntries(Object.entries(plan).filter(([name]) => name !== 'digest'));
  const canonical = canonicalize(rest);
  if (canonical === undefined) throw new TypeError('A plan must be a JSON object.');
  return `sha256:${sha256(canonical)}`;
}

/** Whether a plan, as it was read, is the one that its digest was made of. */
export function isSealed(plan: { readonly digest: string }): boolean {
  return digestOf(plan) === plan.digest;
}
