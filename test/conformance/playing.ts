/** Plays one case against one endpoint. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '../../src/domain/model/json.ts';
import type { Case, Expectation, Step } from './case.ts';
import { CannotStage, type Answer, type Endpoint, type StagedPool, type Variables } from './endpoint.ts';

export type Played =
  | { readonly kind: 'holds' }
  /** The case asks what no source measures; this is the answer of the endpoint. */
  | { readonly kind: 'answered'; readonly question: string; readonly answers: readonly string[]; readonly seen: string }
  | { readonly kind: 'differs'; readonly how: string }
  | { readonly kind: 'not-played'; readonly why: string };

/** With `chosen`, the endpoint has been switched to that answer to the case's question and must behave so. */
export async function play(original: Case, endpoint: Endpoint, chosen: string | null = null): Promise<Played> {
  let pool: StagedPool;
  let filled: Case;
  try {
    filled = {
      ...original,
      ...fill({ given: original.given ?? {}, steps: original.steps }, variablesFor(original, endpoint)),
    };
    const { question } = original;
    pool = await endpoint.stage(filled, question !== undefined && chosen !== null ? { [question]: chosen } : {});
  } catch (error) {
    if (error instanceof CannotStage) return { kind: 'not-played', why: error.message };
    throw error;
  }
  try {
    return await playSteps(filled, pool, chosen);
  } finally {
    await pool.remove();
  }
}

async function playSteps(played: Case, pool: StagedPool, chosen: string | null): Promise<Played> {
  let found: readonly string[] | null = null;
  let seen = '';
  for (const [index, step] of played.steps.entries()) {
    const before = await pool.get();
    const answer = await call(step, pool);
    const after = await pool.get();
    const misses = (expected: Expectation) => missed(step, expected, { before, answer, after });
    if (step.answers === undefined) {
      const how = misses(step);
      if (how !== null) return { kind: 'differs', how: `step ${index + 1}: ${how}` };
    } else {
      const possible = Object.entries(step.answers).filter(([name]) => chosen === null || name === chosen);
      found = possible.filter(([, expected]) => misses(expected) === null).map(([name]) => name);
      seen = show(answer);
      if (found.length === 0) {
        return { kind: 'differs', how: `step ${index + 1}: none of the plausible answers, but ${seen}` };
      }
    }
  }
  if (found === null || played.question === undefined || chosen !== null) return { kind: 'holds' };
  return { kind: 'answered', question: played.question, answers: found, seen };
}

function call(step: Step, pool: StagedPool): Promise<Answer> {
  if (step.set !== undefined) return pool.set({ UserPoolId: pool.id, ...step.set });
  return step.describe === undefined ? pool.get() : pool.describe();
}

interface Happened {
  readonly before: Answer;
  readonly answer: Answer;
  readonly after: Answer;
}

/** What is not as expected, in words, or `null`. A refused call must leave the pool as it was. */
function missed(step: Step, { state, error }: Expectation, { before, answer, after }: Happened): string | null {
  if (error !== undefined) {
    if (answer.ok || answer.name !== error.name || !fitsMessage(answer.message, error.message)) {
      return `expected ${error.name}${error.message === undefined ? '' : `: ${error.message}`}, got ${show(answer)}`;
    }
    return isDeepStrictEqual(before, after) ? null : `refused, and yet the pool changed to ${show(after)}`;
  }
  if (!answer.ok) return `expected it to be accepted, got ${show(answer)}`;
  if (step.describe !== undefined) {
    const found = pick(answer.body, Object.keys(step.describe));
    if (isDeepStrictEqual(found, step.describe)) return null;
    return `expected ${JSON.stringify(step.describe)}, got ${JSON.stringify(found)}`;
  }
  const exact = step.get ?? state;
  if (exact === undefined) return null;
  if (!isDeepStrictEqual(answer.body, exact)) return `expected ${JSON.stringify(exact)}, got ${show(answer)}`;
  return isDeepStrictEqual(after, answer) ? null : `Get afterwards says ${show(after)}, not ${show(answer)}`;
}

function fitsMessage(message: string, expected: string | undefined): boolean {
  const pattern = expected === undefined ? null : /^\/(?<source>.*)\/$/.exec(expected)?.groups?.['source'];
  if (pattern === null) return true;
  return pattern === undefined ? message === expected : new RegExp(pattern).test(message);
}

function pick(whole: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => names.includes(name)));
}

function show(answer: Answer): string {
  return answer.ok ? JSON.stringify(answer.body) : `${answer.name}: ${answer.message}`;
}

function variablesFor(played: Case, endpoint: Endpoint): Variables {
  return played.given?.region === undefined
    ? endpoint.variables
    : { ...endpoint.variables, region: played.given.region };
}

/** A copy with every `${name}` filled in. Throws `CannotStage` naming the first one that has no value. */
function fill<T>(value: T, variables: Variables): T {
  const filled: T = JSON.parse(JSON.stringify(value), (_, entry: JsonValue) => {
    if (typeof entry !== 'string') return entry;
    return entry.replaceAll(/\$\{(\w+)\}/g, (_match, name: string) => {
      const text = variables[name];
      if (text === undefined) throw new CannotStage(`needs a value for ${name}`);
      return text;
    });
  });
  return filled;
}
