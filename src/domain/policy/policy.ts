/** Policies and exceptions, compiled from their files. */
import type { Expectation } from './expect/expectations.ts';
import type { Enrolment } from '../model/enrolment.ts';
import type { FurtherRead } from '../model/api/reads.ts';
import type { GapCode } from '../model/observation.ts';
import type { CompiledSelector } from './match/selectors.ts';
import type { RemediationMode } from '../settings.ts';
import type { Severity } from '../model/severity.ts';
import type { PolicyFileRecord, SourceLocation } from '../model/source-files.ts';
import type { Warning } from '../result/warning.ts';
import type { Risk } from '../model/risk.ts';

/** Members of what each further read answers, sorted; where there is any, the read is needed. */
export type FurtherMembers = Readonly<Record<FurtherRead, readonly string[]>>;

export interface Policy {
  /** Unique in the set. */
  readonly name: string;
  readonly description: string | null;
  readonly severity: Severity;
  readonly controls: readonly string[];
  readonly match: CompiledSelector;
  readonly expectations: readonly Expectation[];
  /** What `match` or `expect` ask for. */
  readonly members: FurtherMembers;
  /** The reads that `expect` needs. */
  readonly expects: readonly FurtherRead[];
  /** `null`: the configuration's. */
  readonly mode: RemediationMode | null;
  readonly allow: readonly Risk[] | null;
  /** The share of users that a change to ON waits for; `null`: the configuration's. */
  readonly readiness: number | null;
  /** Who enrols users without a factor. */
  readonly enrolment: Enrolment;
  /** What is written in place of ON until then. */
  readonly meanwhile: 'OPTIONAL' | null;
  /** Of the name. */
  readonly location: SourceLocation;
}

export interface PolicyException {
  readonly match: CompiledSelector;
  /** Names; `null`: all policies. */
  readonly policies: readonly string[] | null;
  /** Accepts gaps of these codes instead of excusing drift; `null`: it excuses drift. */
  readonly gaps: readonly GapCode[] | null;
  /** Covered with all below them; `null`: every path. */
  readonly paths: readonly string[] | null;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string | null;
  /** `YYYY-MM-DD`; it holds through that day, UTC. */
  readonly expires: string;
  /** It only stops fixes; the drift stays drift. */
  readonly hold: boolean;
  readonly members: FurtherMembers;
  readonly location: SourceLocation;
}

export interface PolicySet {
  /** By name. */
  readonly policies: readonly Policy[];
  /** In the order of files and lines. */
  readonly exceptions: readonly PolicyException[];
  /** What any of them asks for. */
  readonly members: FurtherMembers;
  readonly files: readonly PolicyFileRecord[];
  /** Hex, over what the files say, without comments, layout and file names. */
  readonly sha256: string;
  /** What is suspicious without being wrong. */
  readonly warnings: readonly Warning[];
}
