/**
 * Draws groups of users by the first digits of their `sub`, each with the same chance, lists these whole, and draws users out
 * of all that were listed: so each user has the same chance, whatever the digits say. Users whose `sub` begins alike may
 * have signed up at one time and be alike in other things too, which the variance between groups shows.
 */
import type { UserReader } from '../../ports/user-reader.ts';
import { candidate, Register, shuffle, type DrawableUser, type Draw, type Random } from './draw.ts';
import { frameOf } from './prefix-frame.ts';

/** A group with more is no group, but a pool of its own. */
const mostPagesOfOne = 100;
const usersOfAPage = 60;
const lanes = 8;
/** Drawn whatever that takes: of fewer nobody knows how much groups differ. */
const fewestGroups = 30;

/** Why the design is not to be trusted with this pool, as a sentence. */
export interface Untrusted {
  readonly untrusted: string;
}

const unanswered = 'The service does not answer prefixes of sub as it does other filters.';

/** @param pages as many of `ListUsers` as may be asked for, about */
export async function drawFromClusters(
  reader: UserReader,
  random: Random,
  pages: number,
  estimatedUsers: number,
): Promise<Draw | Untrusted> {
  const frame = await frameOf(reader);
  if (frame === null) return { untrusted: unanswered };
  // Those that are being listed when the budget is spent are listed to their end.
  const unfinished = (lanes / 2) * (estimatedUsers / usersOfAPage / frame.leaves.length);
  const drawing = new Drawing(reader, shuffle([...frame.leaves], random), pages - frame.calls - unfinished);
  await Promise.all(Array.from({ length: lanes }, () => drawing.work()));
  return drawing.flaw === null
    ? drawnFrom(drawing, frame.leaves.length, random, estimatedUsers)
    : { untrusted: drawing.flaw };
}

class Drawing {
  readonly register = new Register();
  readonly candidates: DrawableUser[] = [];
  drawn = 0;
  flaw: string | null = null;
  private spent = 0;
  private readonly reader: UserReader;
  private readonly order: readonly string[];
  private readonly budget: number;

  constructor(reader: UserReader, order: readonly string[], budget: number) {
    this.reader = reader;
    this.order = order;
    this.budget = budget;
  }

  /** Lists one group after the other; one that was begun is listed to its end, or large groups would be left out more often. */
  async work(): Promise<void> {
    while (this.mayBegin()) {
      const prefix = this.order[this.drawn];
      if (prefix === undefined) return;
      this.drawn += 1;
      await this.list(prefix, this.drawn - 1);
    }
  }

  private mayBegin(): boolean {
    return this.drawn < fewestGroups || this.spent < this.budget;
  }

  /** Asks for nothing where there is a flaw. */
  private async list(prefix: string, cluster: number): Promise<void> {
    let token: string | null = null;
    for (let pages = 0; pages === 0 || token !== null; pages += 1) {
      if (pages === mostPagesOfOne) this.flaw = 'Too many users have a sub that begins alike.';
      if (this.flaw !== null) return;
      this.spent += 1;
      const page = await this.reader.listUsers(prefix, token);
      if (page.users.some(({ sub }) => sub?.startsWith(prefix) !== true)) this.flaw = unanswered;
      for (const user of this.register.take(page.users)) this.candidates.push(candidate(user, cluster));
      token = page.next;
    }
  }
}

/** What the groups add up to is compared with the service's own estimate, which is one too. */
function drawnFrom(drawing: Drawing, leaves: number, random: Random, estimatedUsers: number): Draw | Untrusted {
  const { register, drawn, candidates } = drawing;
  const scale = leaves / drawn;
  const users = register.size * scale;
  if (users < estimatedUsers / 2 || users > estimatedUsers * 2) {
    return {
      untrusted: `By prefixes of sub the pool would have about ${Math.round(users)} users, and by its own estimate ${estimatedUsers}.`,
    };
  }
  // They may all be in groups that were not drawn, and a share of nobody would have no width.
  if (candidates.length === 0) return { untrusted: 'None of the users that were found by prefixes of sub is local.' };
  return {
    design: 'prefix-clusters',
    candidates: shuffle(candidates, random),
    clusters: drawn,
    population: Math.round(register.listed.local * scale),
    listed: register.listed,
  };
}
