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

/** The answers to a question that the cases which ask it can't tell from another one, at an endpoint with switches. */
export async function confused(
  question: string,
  cases: readonly Case[],
  endpoint: Endpoint,
): Promise<readonly string[]> {
  const asking = cases.filter((each) => each.question === question);
  const wrong: string[] = [];
  for (const answer of answersTo(question)) {
    const seen: (readonly string[])[] = [];
    for (const each of asking) seen.push(await takenFor(each, answer, endpoint));
    const common = answersTo(question).filter((name) => seen.every((names) => names.includes(name)));
    if (seen.length === 0 || common.length !== 1 || common[0] !== answer) wrong.push(answer);
  }
  return wrong;
}

/** The answers to a case's question that an endpoint with this very answer could be taken for. */
async function takenFor(each: Case, answer: string, endpoint: Endpoint): Promise<readonly string[]> {
  const blind = { ...endpoint, stage: (played: Case) => endpoint.stage(played, { [each.question ?? '']: answer }) };
  const played = await play(each, blind);
  return played.kind === 'answered' ? played.answers : [];
}
