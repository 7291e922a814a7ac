/** What the policies ask to be written into one pool, and what speaks against it. */
import { isWithin } from '../../policy/exceptions.ts';
import type { Enrolment } from '../../model/enrolment.ts';
import type { JsonValue } from '../../model/json.ts';
import type { RemediationMode } from '../../settings.ts';
import type { Objection } from '../model/refusals.ts';
import type { Risk } from '../../model/risk.ts';

/** A line of a policy that asks for a value at a path of the configuration. */
export interface RequestedChange {
  readonly policy: string;
  readonly file: string;
  readonly line: number;
  readonly path: string;
  /** What is to be written: the value on which all matching policies agree; `null`: nothing is to be there. */
  readonly to: JsonValue;
  /** The policy's, or else the configuration's. */
  readonly mode: RemediationMode;
  readonly allow: readonly Risk[];
  /** The share of users that the change waits for; the policy's, or else the configuration's. */
  readonly readiness: number | null;
  /** Who enrols users without a factor, as the policy says. */
  readonly enrolment: Enrolment;
  /** What may be written in place of `to` while too few users are ready. */
  readonly meanwhile: 'OPTIONAL' | null;
  /** `to` stands in for what the policy wants, which it does not satisfy. */
  readonly isInterim: boolean;
}

/** A finding that nothing can be written for; it does not keep the others of its pool from being fixed. */
export interface NotFixable {
  readonly policy: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  /** `no-target` also stands for what is judged and never fixed: `anyOf`, `factors`, `exact`, `UserPool`. */
  readonly code: 'unresolved' | 'no-target';
}

/** A field on which the matching policies can't agree. */
export interface Disagreement {
  readonly path: string;
  readonly demands: readonly { readonly policy: string; readonly file: string; readonly line: number }[];
}

/** An exception that matches the pool and has not expired. */
export interface Protection {
  readonly code: 'held' | 'excepted';
  /** With all below them; `null`: the whole pool. */
  readonly paths: readonly string[] | null;
  readonly reason: string;
  readonly owner: string;
  /** `YYYY-MM-DD`, the last day. */
  readonly expires: string;
  readonly file: string;
  readonly line: number;
}

/** What becomes of one finding: written with its pool, or not. */
export interface RequestOutcome {
  readonly policy: string;
  readonly path: string;
  /** Of the whole change that it goes with; `null` where nothing would be written. */
  readonly risk: Risk | null;
  readonly refused: Objection['code'] | null;
  /** What is wanted waits until enough users are ready for it, and something else is there, or is written, meanwhile. */
  readonly isRollingOut: boolean;
}

/** The exception that a path is under, or that lies under the path; a hold first. */
export function protectionOf(path: string, protections: readonly Protection[]): Protection | null {
  const touching = protections.filter(({ paths }) =>
    paths?.some((covered) => isWithin(path, covered) || isWithin(covered, path)),
  );
  return touching.find(({ code }) => code === 'held') ?? touching[0] ?? null;
}

export function protectionObjection(protection: Protection, what: string): Objection {
  const { code, reason, owner, expires, file, line } = protection;
  const verb = code === 'held' ? 'holds' : 'covers';
  return {
    code,
    message: `An exception ${verb} ${what} through ${expires} (${file}:${line}, owner ${owner}: ${reason.replace(/\.$/, '')}).`,
  };
}

/** `policy prod (policies/prod.yaml:12)` */
export function lineOf({ policy, file, line }: Pick<RequestedChange, 'policy' | 'file' | 'line'>): string {
  return `policy ${policy} (${file}:${line})`;
}
