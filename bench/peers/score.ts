/** What a tool says of each kind of pool, held against the truth. The question that all can be asked: is MFA ON? */
import { kinds, type Kind, type TruePool } from './fleet.ts';

/** `unknown`: it says itself that it can't say. */
export type Verdict = 'on' | 'not-on' | 'unknown';

export interface Statement {
  readonly verdict: Verdict;
  /** Its own words, without names. */
  readonly words: string;
}

/** By place: `account/region/pool`, or `account/region` or `account` for what is said of everything there. */
export type Said = ReadonlyMap<string, Statement>;

export interface Score {
  readonly right: number;
  /** Among them every verdict about a pool of which nothing could be known. */
  readonly wrong: number;
  readonly cannotSay: number;
  readonly silent: number;
  /** How often it said which words, most often first. */
  readonly words: readonly (readonly [words: string, times: number])[];
}

type Outcome = Exclude<keyof Score, 'words'>;

export function scores(pools: readonly TruePool[], said: Said): ReadonlyMap<Kind, Score> {
  const all = Object.keys(kinds) as Kind[];
  return new Map(
    all.map((kind) => [
      kind,
      scoreOf(
        kind,
        pools.filter((pool) => pool.kind === kind),
        said,
      ),
    ]),
  );
}

/** Places in an answer that are no pool, region or account of the organization: a parser that misreads shows here. */
export function strangers(pools: readonly TruePool[], said: Said): readonly string[] {
  const known = new Set(pools.flatMap(placesOf));
  return [...said.keys()].filter((place) => !known.has(place));
}

function scoreOf(kind: Kind, pools: readonly TruePool[], said: Said): Score {
  const statements = pools.map((pool) => placesOf(pool).flatMap((place) => said.get(place) ?? [])[0]);
  const outcomes = statements.map((statement) => outcomeOf(kind, statement));
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  return {
    right: count('right'),
    wrong: count('wrong'),
    cannotSay: count('cannotSay'),
    silent: count('silent'),
    words: tally(statements.map((statement) => statement?.words ?? '(nothing)')),
  };
}

/** From the pool outwards: what is said of the pool itself counts first. */
function placesOf({ accountId, region, poolId }: TruePool): readonly string[] {
  return [`${accountId}/${region}/${poolId}`, `${accountId}/${region}`, accountId];
}

function outcomeOf(kind: Kind, statement: Statement | undefined): Outcome {
  if (statement === undefined) return 'silent';
  if (statement.verdict === 'unknown') return 'cannotSay';
  return statement.verdict === truths[kind] ? 'right' : 'wrong';
}

/** `null`: nothing can be known, so that every verdict is a guess. */
const truths: Readonly<Record<Kind, Verdict | null>> = {
  off: 'not-on',
  optional: 'not-on',
  totp: 'on',
  sms: 'on',
  // DescribeUserPool says the mode too.
  'mfa-denied': 'on',
  denied: null,
  unlisted: null,
  unreachable: null,
};

function tally(words: readonly string[]): Score['words'] {
  const times = new Map<string, number>();
  for (const each of words) times.set(each, (times.get(each) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a);
}
