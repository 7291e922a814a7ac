/** Plays one case against one endpoint. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '../../src/domain/model/json.ts';
import type { Case, Expectation, Operation, Step } from './case.ts';
import { covers } from './covering.ts';
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
  for (const [index, unfilled] of played.steps.entries()) {
    const step = fill(unfilled, pool.variables);
    const before = await look(step, pool);
    const answer = await call(step, pool);
    const after = await look(step, pool);
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

/** What Get says, and the description beside it where a call may have changed that. */
async function look(step: Step, pool: StagedPool): Promise<readonly [get: Answer, ...more: Answer[]]> {
  const get = await pool.get();
  return step.call === undefined ? [get] : [get, await pool.describe()];
}

async function call(step: Step, pool: StagedPool): Promise<Answer> {
  const { call: operation, input = {} } = step;
  if (operation !== undefined) return pool.call(operation, { ...(await named(operation, pool)), ...input });
  if (step.set !== undefined) return pool.set({ UserPoolId: pool.id, ...step.set });
  return step.describe === undefined ? pool.get() : pool.describe();
}

async function named(operation: Operation, pool: StagedPool): Promise<JsonObject> {
  switch (operation) {
    case 'LookupEvents':
      return {};
    case 'CreateUserPool':
      return { PoolName: pool.name };
    case 'TagResource':
    case 'UntagResource': {
      const described = await pool.describe();
      return { ResourceArn: described.ok ? (described.body['Arn'] ?? null) : null };
    }
    default:
      return { UserPoolId: pool.id };
  }
}

interface Happened {
  readonly before: readonly [get: Answer, ...more: Answer[]];
  readonly answer: Answer;
  readonly after: readonly [get: Answer, ...more: Answer[]];
}

/** What is not as expected, in words, or `null`. A refused call must leave the pool as it was. */
function missed(step: Step, expected: Expectation, { before, answer, after }: Happened): string | null {
  const { state, error } = expected;
  const [get] = after;
  if (error !== undefined) {
    if (answer.ok || answer.name !== error.name || !fitsMessage(answer.message, error.message)) {
      return `expected ${error.name}${error.message === undefined ? '' : `: ${error.message}`}, got ${show(answer)}`;
    }
    return isDeepStrictEqual(before, after)
      ? null
      : `refused, and yet the pool changed to ${after.map(show).join(', ')}`;
  }
  if (!answer.ok) return `expected it to be accepted, got ${show(answer)}`;
  const part = step.describe ?? expected.answer;
  if (part !== undefined && !covers(answer.body, part)) {
    return `expected ${JSON.stringify(part)}, got ${JSON.stringify(pick(answer.body, Object.keys(part)))}`;
  }
  const exact = step.get ?? state;
  if (exact === undefined) return null;
  const shown = step.call === undefined ? answer : get;
  if (!shown.ok || !isDeepStrictEqual(shown.body, exact))
    return `expected ${JSON.stringify(exact)}, got ${show(shown)}`;
  return isDeepStrictEqual(get, shown) ? null : `Get afterwards says ${show(get)}, not ${show(shown)}`;
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

/** What a staged pool alone has (`StagedPool.variables`). */
const ofStaged: readonly string[] = ['sub'];

/** A copy with every `${name}` filled in. Throws `CannotStage` naming the first one that has no value. */
function fill<T>(value: T, variables: Variables): T {
  const filled: T = JSON.parse(JSON.stringify(value), (_, entry: JsonValue) => {
    if (typeof entry !== 'string') return entry;
    return entry.replaceAll(/\$\{(\w+)\}/g, (match, name: string) => {
      const text = variables[name] ?? (ofStaged.includes(name) ? match : undefined);
      if (text === undefined) throw new CannotStage(`needs a value for ${name}`);
      return text;
    });
  });
  return filled;
}
