/**
 * What refusals say about the rate that the service allows. Plain arithmetic; the caller brings the time.
 *
 * From one refusal to the next a token bucket is drained from empty to empty, so that what it served in between, over the
 * time that it took, is the rate at which it fills: the pace goes a little below that. Requests that are refused at
 * random would so lower it for ever. They give themselves away at a low pace, where as large a share of them is refused
 * while less is served; the pace then rises again, for as long as that share does not rise with it.
 */

/** A pace as it goes on: it starts at `from`, returns to `plateau`, lingers there, and looks further. */
export interface Setback {
  readonly atMs: number;
  readonly from: number;
  readonly plateau: number;
}

/** To this part of itself the pace falls at the first refusal, which says nothing about the rate. */
const firstCut = 0.8;
/** To this part of the rate that was served: what is left fills the bucket again. */
const cut = 0.92;
/** So many answers tell a rate; so few refusals do, where they are more than half of what was answered. */
const enough = 16;
const enoughRefused = 4;
/** Of few answers most may be refused by chance, and from no pace at all there is no way back: it falls no deeper at once. */
const deepest = 1 / 3;
/** So small a part of the quota is no burden to whoever else uses it, while at most a third is refused. */
const modest = 1 / 8;
const tolerated = 1 / 3;
/** So many answers tell a share from another, but for this much. */
const many = 32;
const uncertainty = 0.1;

/** What requests came to since the pace was last changed. */
interface Trial {
  readonly sinceMs: number;
  sent: number;
  served: number;
  refused: number;
}

/** What a trial says: of so many answers this share was refused, and so many a second were served. */
interface Findings {
  readonly answers: number;
  readonly share: number;
  readonly rate: number;
}

export class Setbacks {
  private readonly fullPerSecond: number;
  /** `null` until something is refused. */
  private trial: Trial | null = null;
  /** Served a second in the first trial after the pace was full. */
  private servedFirst: number | null = null;
  /** The share that is refused at any pace, once it is known. */
  private background: number | null = null;

  constructor(fullPerSecond: number) {
    this.fullPerSecond = fullPerSecond;
  }

  sent(): void {
    if (this.trial !== null) this.trial.sent += 1;
  }

  /**
   * An answer to what was sent at `sentMs`, while the pace is `perSecond`. Returns how it goes on, or `null`: as it did.
   * Refusals of one volley are one.
   */
  answered(sentMs: number, nowMs: number, wasRefused: boolean, perSecond: number): Setback | null {
    const { trial } = this;
    if (trial === null) return wasRefused ? this.begin(nowMs, firstCut * perSecond, perSecond) : null;
    if (sentMs <= trial.sinceMs) return null;
    trial[wasRefused ? 'refused' : 'served'] += 1;
    const found = findings(trial, nowMs, perSecond);
    if (!wasRefused || !isTelling(trial, found)) return null;
    if (perSecond >= this.fullPerSecond) this.servedFirst = null;
    if (this.background === null) return this.assess(found, nowMs, perSecond);
    return found.answers < many ? null : this.setbackBeside(this.background, found, nowMs, perSecond);
  }

  private assess({ answers, share, rate }: Findings, nowMs: number, perSecond: number): Setback | null {
    const low = modest * this.fullPerSecond;
    const fellWithThePace = this.servedFirst !== null && rate <= this.servedFirst / 2;
    if (rate * cut >= low || share > tolerated || !fellWithThePace) {
      this.servedFirst ??= rate;
      return this.begin(nowMs, cut * rate, rate);
    }
    if (perSecond > low * 1.3) return this.begin(nowMs, low);
    if (answers < many) return null;
    this.background = share;
    return this.begin(nowMs, 2 * low);
  }

  /** Twice the pace, as long as no larger share is refused than at any. */
  private setbackBeside(background: number, { share, rate }: Findings, nowMs: number, perSecond: number): Setback {
    if (share <= background + uncertainty) return this.begin(nowMs, Math.min(2 * perSecond, this.fullPerSecond));
    this.background = null;
    this.servedFirst = rate;
    return this.begin(nowMs, cut * rate, rate);
  }

  private begin(nowMs: number, from: number, plateau = from / cut): Setback {
    this.trial = { sinceMs: nowMs, sent: 0, served: 0, refused: 0 };
    return { atMs: nowMs, from, plateau };
  }
}

function findings({ sinceMs, sent, served, refused }: Trial, nowMs: number, perSecond: number): Findings {
  const answers = served + refused;
  const share = refused / answers;
  const sentPerSecond = (sent / Math.max(nowMs - sinceMs, 1)) * 1000;
  const rate = Math.max(sentPerSecond * (1 - share), perSecond * leastPart(share));
  return { answers, share, rate };
}

/** What of the pace the service surely allows: half where half was served, though not all of it may have been asked for. */
function leastPart(share: number): number {
  return share <= 0.5 ? 0.9 * (1 - share) : deepest;
}

function isTelling({ refused }: Trial, { answers, share }: Findings): boolean {
  return answers >= enough || (refused >= enoughRefused && share > 0.5);
}
