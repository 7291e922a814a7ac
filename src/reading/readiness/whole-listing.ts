/** Lists a pool from end to end and draws uniformly on the way, so that no more users than may be asked are kept. */
import { gapMeanings, type Failure } from '../../domain/model/observation.ts';
import type { UserPage, UserReader } from '../../ports/user-reader.ts';
import { candidate, Register, shuffle, type DrawableUser, type Draw, type Random } from './draw.ts';
import { UnreadUsers } from './unread-users.ts';

/** A pool with fewer users is asked whole. */
const wholeBelow = 2000;

/**
 * A page may be empty and not the last, or name whom another named; so many in a row are no listing, but go round. Tokens
 * would tell it sooner (`ListingBounds`), and of millions of users take half as much memory as the names.
 */
const mostPagesOfNobody = 100;

/** @param goOn throws where it takes too long */
export async function drawFromListing(
  reader: UserReader,
  random: Random,
  keep: number,
  goOn: () => void,
): Promise<Draw> {
  const register = new Register();
  const kept: DrawableUser[] = [];
  const most = Math.max(keep, wholeBelow);
  let [before, pagesOfNobody] = [0, 0];
  let token: string | null = null;
  do {
    goOn();
    const known = register.size;
    const page: UserPage = await reader.listUsers('', token);
    for (const user of register.take(page.users)) {
      keepOne(kept, candidate(user, 0), before, most, random);
      before += 1;
    }
    pagesOfNobody = register.size === known ? pagesOfNobody + 1 : 0;
    token = page.next;
    if (token !== null && pagesOfNobody === mostPagesOfNobody) throw new UnreadUsers(endless());
  } while (token !== null);
  const isWhole = register.size < wholeBelow;
  return {
    design: isWhole ? 'counted' : 'whole-listing',
    candidates: shuffle(kept, random),
    clusters: 1,
    population: register.listed.local,
    listed: register.listed,
  };
}

function endless(): Failure {
  return {
    code: 'page-loop',
    message: `cognito-idp:ListUsers: ${mostPagesOfNobody} pages in a row named nobody new`,
    remedy: gapMeanings['page-loop'].help,
  };
}

/** Vitter's algorithm R: of `before` + 1 users each is kept with the same chance. */
function keepOne(kept: DrawableUser[], user: DrawableUser, before: number, most: number, random: Random): void {
  if (kept.length < most) {
    kept.push(user);
    return;
  }
  const place = Math.floor(random() * (before + 1));
  if (place < most) kept[place] = user;
}
