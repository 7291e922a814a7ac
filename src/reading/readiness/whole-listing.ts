/** Lists a pool from end to end and draws uniformly on the way, so that no more users than may be asked are kept. */
import type { UserReader } from '../../ports/user-reader.ts';
import { candidate, Register, shuffle, type DrawableUser, type Draw, type Random } from './draw.ts';

/** A pool with fewer users is asked whole. */
export const wholeBelow = 2000;

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
  let before = 0;
  for (let token: string | null = ''; token !== null;) {
    goOn();
    const page = await reader.listUsers('', token === '' ? null : token);
    for (const user of register.take(page.users)) {
      keepOne(kept, candidate(user, 0), before, most, random);
      before += 1;
    }
    token = page.next;
  }
  const isWhole = register.size < wholeBelow;
  return {
    design: isWhole ? 'counted' : 'whole-listing',
    candidates: shuffle(kept, random),
    clusters: 1,
    population: register.listed.local,
    listed: register.listed,
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
