/** A plan as reports show it: with the names that its file leaves out, and what to do next. */
import { placeKey, type PoolPlace } from '../../domain/model/observation.ts';
import { readingDifferences, type Difference } from '../../domain/model/mfa/config-diff.ts';
import { isReady } from '../../domain/readiness/record.ts';
import type { Because, Change, Plan } from '../../domain/remediation/model/plan.ts';
import type { WantedState } from '../../domain/patch/wanted-state.ts';
import type { Warning } from '../../domain/result/warning.ts';
import type { JsonValue } from '../../domain/model/json.ts';
import { maskFinding } from '../../result/redact.ts';
import type { PatchChoice } from './patch/choices.ts';
import { commandLine } from '../text/shell-words.ts';

export interface PlanView {
  readonly plan: Plan;
  readonly file: string;
  /** Flags that `apply` needs beside the plan and its digest. */
  readonly applyFlags: readonly string[];
  /** Why `apply` would write nothing at all, as whole sentences; `null`: the plan keeps the limits. */
  readonly overLimit: string | null;
  readonly warnings: readonly Warning[];
  /** By `ACCOUNT/REGION/POOL`. */
  readonly names: ReadonlyMap<string, ShownNames>;
  /** What can be written where pools are managed as code. */
  readonly patches: PlanPatches;
}

export interface PlanPatches {
  readonly states: readonly WantedState[];
  /** `null`: nobody asked, and only a page for others shows what their tools would need. */
  readonly choice: PatchChoice | null;
  readonly managedTags: readonly string[];
}

/** Of a plan whose pools nobody asks to change at their source. */
export const noPatches: PlanPatches = { states: [], choice: null, managedTags: [] };

export interface ShownNames {
  /** `null`: not known. */
  readonly accountName: string | null;
  readonly poolName: string;
}

/** One member of the configuration that a change moves, and the lines that ask for it; none: a consequence. */
export interface Move {
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
  readonly because: readonly Because[];
}

export function namesOf(names: PlanView['names'], place: PoolPlace): ShownNames {
  return names.get(placeKey(place)) ?? { accountName: null, poolName: '' };
}

/** A change that is undone: nobody asks for it but whoever wants the state before. */
export function isUndoing({ because }: Pick<Change, 'because'>): boolean {
  return because.length === 0;
}

/** What is written in place of what is wanted, until enough users are ready for that. */
export function isWaiting({ readiness }: Pick<Change, 'readiness'>): boolean {
  return readiness !== null && !isReady(readiness);
}

/** What is asked for first, by path, then what follows from it. */
export function movesOf(
  { before, after, because }: Pick<Change, 'before' | 'after' | 'because'>,
  masks: boolean,
): readonly Move[] {
  const paths = [...new Set(because.map(({ path }) => path))];
  const asked = paths.flatMap((path): readonly Move[] => {
    const lines = because.filter((line) => line.path === path);
    const [first] = lines;
    return first === undefined ? [] : [{ path, from: first.from, to: first.to, because: lines }];
  });
  const consequences = readingDifferences(before, after)
    .filter(({ path }) => !paths.some((other) => isRelated(path, other)))
    .map((difference) => ({ ...difference, because: [] }));
  return [...asked, ...consequences].map((move) => ({ ...move, ...shown(move, masks) }));
}

function isRelated(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function shown({ path, from, to }: Difference, masks: boolean): Pick<Move, 'from' | 'to'> {
  if (!masks) return { from, to };
  const masked = maskFinding({ path, expected: to, actual: from });
  return { from: masked.actual, to: masked.expected };
}

/** Blocks that are there and stay as they are, other than the mode. */
export function keptBlocks({ before, after }: Pick<Change, 'before' | 'after'>): readonly string[] {
  const moved = readingDifferences(before, after).map(({ path }) => path.split('.')[0]);
  return Object.keys(before)
    .filter((name) => name !== 'MfaConfiguration' && Object.hasOwn(after, name) && !moved.includes(name))
    .sort();
}

export const undoneWords = {
  full: 'can be undone',
  partial: 'undone in part',
  no: "can't be undone",
} as const satisfies Record<Change['reversible'], string>;

/** The command line that carries out exactly this plan. */
export function applyCommand({ plan, file, applyFlags }: PlanView): string {
  return commandLine(['mfa-drift', 'apply', file, '--digest', plan.digest, ...applyFlags]);
}
