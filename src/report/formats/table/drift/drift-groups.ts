/** Drift by policy, and in it the pools together that drift alike: what a person mends is one thing, in however many pools. */
import { compareTexts } from '../../../../domain/model/order.ts';
import { type Finding, type PoolRecord } from '../../../../domain/result/result.ts';
import { nameOf, type PoolName } from '../../../views/overview.ts';
import { findingNotes } from './finding-notes.ts';
import { byName, firstByName, type FirstByName } from './first-by-name.ts';
import { severities, type Severity } from '../../../../domain/model/severity.ts';

/** One policy's drift; `policy` null: pools that no policy matches. */
export interface DriftGroup {
  readonly severity: Severity;
  readonly policy: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly poolCount: number;
  /** Those with the most pools first, then by the name of the first pool. */
  readonly alike: readonly AlikePools[];
}

/** Pools in which the same paths have the same values and should have the same others. */
export interface AlikePools {
  /** The first of the findings. */
  readonly findings: readonly SharedFinding[];
  readonly findingCount: number;
  readonly poolCount: number;
  /** The first of them by name. */
  readonly pools: readonly OwnPool[];
}

export interface SharedFinding {
  readonly finding: Finding;
  /** What is to be said of it in every pool; empty where the pools differ in that. */
  readonly note: string;
}

export interface OwnPool {
  readonly pool: PoolName;
  /** What is to be said of its findings and not of all pools' beside it. */
  readonly notes: readonly string[];
}

export interface DriftLimits {
  readonly poolsShown: number;
  readonly findingsShown: number;
}

export interface DriftGroups {
  pool(pool: PoolRecord): void;
  /** By severity, then by policy. */
  groups(): readonly DriftGroup[];
}

/** Beyond this many kinds of drift a policy's other pools are told without their values, so that memory stays bounded. */
const distinctKinds = 200;

interface Kind {
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  /** The first pool's notes by finding; `null` where another pool has another one. */
  readonly notes: (string | null)[];
  readonly pools: FirstByName<{ readonly pool: PoolName; readonly notes: readonly string[] }>;
}

interface Group {
  readonly severity: Severity;
  readonly policy: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly kinds: Map<string, Kind>;
}

export function newDriftGroups(limits: DriftLimits): DriftGroups {
  const groups = new Map<string, Group>();
  return {
    pool(pool) {
      for (const findings of byPolicy(pool.findings.filter(({ status }) => status === 'drift'))) {
        const [{ severity, policy, file, line }] = findings;
        const key = JSON.stringify([severity, policy]);
        const group = groups.get(key) ?? { severity, policy, file, line, kinds: new Map() };
        groups.set(key, group);
        addTo(group, pool, findings, limits);
      }
    },
    groups: () => [...groups.values()].map(finished).sort(bySeverityAndPolicy),
  };
}

type Some<T> = readonly [T, ...T[]];

function byPolicy(findings: readonly Finding[]): readonly Some<Finding>[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.policy]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function addTo(
  { kinds, file, line }: Group,
  pool: PoolRecord,
  findings: readonly Finding[],
  limits: DriftLimits,
): void {
  const exact = JSON.stringify(findings.map(({ path, expected, actual }) => [path, expected, actual]));
  const key = kinds.has(exact) || kinds.size < distinctKinds ? exact : '';
  const shown = key === '' ? [] : findings.slice(0, limits.findingsShown);
  const notes = shown.map((finding) => findingNotes(finding, { file, line }));
  const kind = kinds.get(key) ?? {
    findings: shown,
    findingCount: key === '' ? 0 : findings.length,
    notes: [...notes],
    pools: firstByName(limits.poolsShown, ({ pool: named }) => named),
  };
  kinds.set(key, kind);
  for (const [index, note] of notes.entries()) if (kind.notes[index] !== note) kind.notes[index] = null;
  kind.pools.add({ pool: nameOf(pool), notes });
}

function finished({ severity, policy, file, line, kinds }: Group): DriftGroup {
  const alike = [...kinds.values()].map(alikePools).sort(byCountThenName);
  return { severity, policy, file, line, poolCount: alike.reduce((sum, { poolCount }) => sum + poolCount, 0), alike };
}

function alikePools({ findings, findingCount, notes, pools }: Kind): AlikePools {
  return {
    findings: findings.map((finding, index) => ({ finding, note: notes[index] ?? '' })),
    findingCount,
    poolCount: pools.count(),
    pools: pools.first().map(({ pool, notes: own }) => ({
      pool,
      notes: [...new Set(own.filter((note, index) => note !== '' && notes[index] === null))],
    })),
  };
}

function byCountThenName(one: AlikePools, other: AlikePools): number {
  const [first, second] = [one.pools[0], other.pools[0]];
  if (one.poolCount !== other.poolCount || first === undefined || second === undefined)
    return other.poolCount - one.poolCount;
  return byName(first.pool, second.pool);
}

function bySeverityAndPolicy(one: DriftGroup, other: DriftGroup): number {
  const severity = severities.indexOf(one.severity) - severities.indexOf(other.severity);
  if (severity !== 0) return severity;
  if (one.policy !== null && other.policy !== null) return compareTexts(one.policy, other.policy);
  return Number(one.policy === null) - Number(other.policy === null);
}
