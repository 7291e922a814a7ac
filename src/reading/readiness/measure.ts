/** Measures the readiness of one pool: draws users, asks them, and looks at fixed sizes of the sample whether that is enough. */
import pLimit from 'p-limit';
import type { Enrolment } from '../../domain/model/enrolment.ts';
import { branchOf, type PoolFacts } from '../../domain/readiness/decision-list.ts';
import { errorInAll, isEnough, looksFor } from '../../domain/readiness/looks.ts';
import {
  branchCounts,
  byReading,
  outcomeCounts,
  shareOf,
  type AskedUser,
  type Measurement,
  type Sample,
} from '../../domain/readiness/measurement.ts';
import type { UserReader } from '../../ports/user-reader.ts';
import type { DrawableUser, Draw, Random } from './draw.ts';
import { drawFromClusters } from './prefix-clusters.ts';
import { drawFromListing } from './whole-listing.ts';

export interface Measuring {
  readonly pool: PoolFacts;
  readonly enrolment: Enrolment;
  /** The share that a change waits for; `null`: none does. */
  readonly line: number | null;
  /** `EstimatedNumberOfUsers`; `null`: not said. */
  readonly estimatedUsers: number | null;
  /** `null`: a pool of fewer than 2,000 users is asked whole, any other 500 users. */
  readonly maxReads: number | null;
  /** `null`: as long as a listing of 200,000 users would take, or longer where there is no other way. */
  readonly maxTimeMs: number | null;
  /** Pages of `ListUsers` that may be asked for in a second. */
  readonly pagesPerSecond: number;
  readonly random: Random;
  readonly now: () => number;
}

/** Listing took longer than it may. */
export class OutOfTime extends Error {}

const usualReads = 500;
const usersOfAPage = 60;
/** More are sampled by clusters where no time is given. */
const mostToList = 200_000;
/** Pages are asked for in so many seconds, which with the reads of factors after them make less than a minute. */
const secondsOfPages = 47;
const lanes = 32;

export async function measureReadiness(reader: UserReader, measuring: Measuring): Promise<Measurement> {
  const counting = new CountingReader(reader);
  const { draw, fellBack } = await drawUsers(counting, measuring);
  const measured = await sampleUsers(counting, draw, measuring);
  const billed = reader.billedReads?.() ?? 0;
  return { ...measured, fellBack, pages: counting.pages, reads: counting.reads, billed };
}

class CountingReader implements UserReader {
  pages = 0;
  reads = 0;

  private readonly reader: UserReader;

  constructor(reader: UserReader) {
    this.reader = reader;
  }

  listUsers(prefix: string, token: string | null) {
    this.pages += 1;
    return this.reader.listUsers(prefix, token);
  }

  expects(users: number) {
    this.reader.expects?.(users);
  }

  authFactors(name: string) {
    this.reads += 1;
    return this.reader.authFactors(name);
  }
}

async function drawUsers(reader: UserReader, measuring: Measuring): Promise<{ draw: Draw; fellBack: string | null }> {
  const { random, estimatedUsers, maxReads, pagesPerSecond } = measuring;
  const list = () => drawFromListing(reader, random, maxReads ?? usualReads, deadline(measuring));
  // Where nobody says how many there are, they are listed.
  const users = estimatedUsers ?? 0;
  if (canBeListed(users, measuring)) return { draw: await list(), fellBack: null };
  const draw = await drawFromClusters(reader, random, secondsOfPages * pagesPerSecond, users);
  if (!('untrusted' in draw)) return { draw, fellBack: null };
  return { draw: await list(), fellBack: draw.untrusted };
}

function canBeListed(users: number, { maxTimeMs, pagesPerSecond }: Measuring): boolean {
  if (maxTimeMs === null) return users <= mostToList;
  return (users / usersOfAPage / pagesPerSecond) * 1000 <= maxTimeMs;
}

function deadline({ maxTimeMs, now }: Measuring): () => void {
  const end = now() + (maxTimeMs ?? Infinity);
  return () => {
    if (now() > end) throw new OutOfTime();
  };
}

async function sampleUsers(reader: CountingReader, draw: Draw, measuring: Measuring): Promise<Measured> {
  const { maxReads, line, pool } = measuring;
  const isWhole = draw.design === 'counted' && draw.candidates.length <= (maxReads ?? Infinity);
  const most = isWhole ? draw.candidates.length : Math.min(draw.candidates.length, maxReads ?? usualReads);
  const looks = isWhole ? [most] : looksFor(most);
  reader.expects(most);
  const answers: AskedUser[] = [];
  let asked = 0;
  let measured = measuredFrom(draw, answers, asked, isWhole, looks.length, measuring);
  for (const size of looks) {
    answers.push(...(await ask(reader, draw.candidates.slice(asked, size), pool)));
    asked = size;
    measured = measuredFrom(draw, answers, asked, isWhole, looks.length, measuring);
    if (isEnough(measured.shares['as-written'], line)) break;
  }
  return measured;
}

type Measured = Omit<Measurement, 'fellBack' | 'pages' | 'reads' | 'billed'>;

/** Users who were deleted since they were listed count no more where all were asked. */
function measuredFrom(
  draw: Draw,
  answers: readonly AskedUser[],
  asked: number,
  isWhole: boolean,
  looks: number,
  { pool, enrolment }: Measuring,
): Measured {
  const design = draw.design === 'counted' && !isWhole ? 'whole-listing' : draw.design;
  const population = isWhole ? draw.population - (asked - answers.length) : draw.population;
  const sample: Sample = { design, population, clusters: draw.clusters, answers };
  return {
    design,
    enrolment,
    pool,
    population,
    listed: draw.listed,
    asked: answers.length,
    branches: branchCounts(answers),
    outcomes: byReading((reading) => outcomeCounts(answers, pool, reading)),
    shares: byReading((reading) => shareOf(sample, { pool, enrolment, reading }, errorInAll / looks)),
  };
}

async function ask(
  reader: UserReader,
  candidates: readonly DrawableUser[],
  pool: PoolFacts,
): Promise<readonly AskedUser[]> {
  const limit = pLimit(lanes);
  const answered = await Promise.all(
    candidates.map((user) =>
      limit(async () => {
        const factors = await reader.authFactors(user.name);
        return factors === null ? [] : [{ branch: branchOf({ ...user, ...factors }, pool), cluster: user.cluster }];
      }),
    ),
  );
  return answered.flat();
}
