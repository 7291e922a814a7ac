/** Numbers as people read them, the same everywhere. */

let grouped: Intl.NumberFormat | null = null;

/** `12,406`. Node needs a third of its own start to begin to group, and most commands have nothing to group. */
export function wholeNumber(value: number): string {
  if (Math.abs(value) < 1000) return String(value);
  grouped ??= new Intl.NumberFormat('en-US');
  return grouped.format(value);
}

/** `2m 31s`, `1h 04m`, `0.8s` */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${pad(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
}

/** How long ago: a duration, from two days on in days. */
export function age(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  return days < 2 ? duration(ms) : `${days} days`;
}

/** `1 pool`, `23 pools` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${wholeNumber(count)} ${count === 1 ? one : many}`;
}

/** `93.1 %`. What is short of all is not rounded to all, nor what there is to nothing. */
export function percent(share: number): string {
  const rounded = tenths(share, Math.round);
  if (rounded === '100.0' && share < 1) return '99.9+ %';
  return rounded === '0.0' && share > 0 ? 'under 0.1 %' : `${rounded} %`;
}

interface ShareWithin {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** `93.1 % (95 %: 91.2 % to 94.7 %)`, the ends rounded outwards; one number where nothing is uncertain. */
export function percents({ share, low, high }: ShareWithin): string {
  if (low === high) return percent(share);
  return `${percent(share)} (95 %: ${tenths(low, Math.floor)} % to ${tenths(high, Math.ceil)} %)`;
}

/** What a division left of a share is no reason to go on to the next tenth. */
function tenths(share: number, round: (value: number) => number): string {
  return (round(Number((share * 1000).toPrecision(12))) / 10).toFixed(1);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
