/** Plays many cases, one after the other, and tells each verdict as it falls. */
import { switchTable, type Switch } from '../../src/sandbox/cognito/open-questions.ts';
import type { Case } from './case.ts';
import type { Endpoint } from './endpoint.ts';
import { play, type Played } from './playing.ts';
import { judge, type Deviations, type Verdict } from './verdict.ts';

/** Ends early, between two cases, when `signal` is aborted. */
export async function* verdicts(
  cases: readonly Case[],
  endpoint: Endpoint,
  deviations: Deviations,
  signal?: AbortSignal,
): AsyncGenerator<Verdict> {
  for (const each of cases) {
    if (signal?.aborted === true) return;
    yield judge(each, await playFully(each, endpoint), deviations);
  }
}

/** Where the endpoint has switches, a case that asks is played once under each answer. */
async function playFully(each: Case, endpoint: Endpoint): Promise<Played> {
  if (each.question === undefined || !endpoint.hasSwitches) return play(each, endpoint);
  for (const answer of answersTo(each.question)) {
    const played = await play(each, endpoint, answer);
    if (played.kind === 'differs') return { kind: 'differs', how: `with ${each.question}=${answer}, ${played.how}` };
    if (played.kind !== 'holds') return played;
  }
  return { kind: 'holds' };
}

export function answersTo(question: string): readonly string[] {
  const table: readonly Switch[] = switchTable;
  return table.find(({ id }) => id === question)?.answers ?? [];
}
