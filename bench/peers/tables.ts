import type { Measured } from './measured.ts';
import { kinds, type Kind } from './fleet.ts';
import type { PeerCounts } from './peer.ts';
import type { Score } from './score.ts';

export interface PeerResult extends PeerCounts {
  readonly name: string;
  readonly version: string;
  readonly took: Omit<Measured, 'runs'>;
  /** Of each of its processes. */
  readonly exitCodes: readonly number[];
  readonly scores: readonly (readonly [Kind, Score])[];
  /** Places that it named, and that are not in the organization. */
  readonly strangers: readonly string[];
}

/** For the terminal. */
export function summary({ name, version, took, exitCodes, calls, throttled, scores, strangers }: PeerResult): string {
  const { cpuMs, wallMs, peakMb, processes } = took;
  const all = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const each = Object.entries(calls).map(([call, count]) => `${call} ${count}`);
  return [
    `${name} (${version})`,
    `  ${seconds(cpuMs)} s of processor, ${seconds(wallMs)} s, ${Math.round(peakMb)} MB in at most ${processes} processes, exit codes ${tally(exitCodes)}`,
    `  ${all} calls, ${throttled} throttled: ${each.join(', ')}`,
    ...scores.map(([kind, score]) => `  ${kinds[kind]}: ${outcomes(score)}; ${words(score)}`),
    ...(strangers.length === 0 ? [] : [`  not in the organization: ${strangers.join(', ')}`]),
    '',
  ].join('\n');
}

export function outcomes({ right, wrong, cannotSay, silent }: Score): string {
  const parts = Object.entries({ right, wrong, "can't say": cannotSay, silent }).filter(([, count]) => count > 0);
  return parts.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

function words({ words: said }: Score): string {
  return said.map(([text, times]) => `${times} × ${text}`).join(', ');
}

/** `0`, or `0 (19 times), 3 (once)`. */
export function tally(exitCodes: readonly number[]): string {
  const codes = [...new Set(exitCodes)].sort((a, b) => a - b);
  if (codes.length === 1) return String(codes[0]);
  return codes.map((code) => `${code} × ${exitCodes.filter((each) => each === code).length}`).join(', ');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
