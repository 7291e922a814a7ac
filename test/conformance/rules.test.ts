import { describe, expect, it } from 'vitest';
import { allRules, ruleTable, type RuleTable } from '../../src/sandbox/cognito/rules/rules.ts';
import { switchTable, type Switch } from '../../src/sandbox/cognito/open-questions.ts';
import { readCases, type Case } from './case.ts';
import { answersTo } from './conformance.ts';
import { play } from './playing.ts';
import { rulesEndpoint } from './rules-endpoint.ts';

const cases = readCases(new URL('cases', import.meta.url).pathname);
/** Questions about users and events, of which the cases know nothing: test/sandbox/users.test.ts and events.test.ts ask them. */
const ofUsers: readonly string[] = ['prefix-of-sub', 'user-pool-id-in-events'];
const switches = switchTable.filter(({ id }) => !ofUsers.includes(id));

/** Every way in which the sandbox plays a case: once, or once under each answer to its question. */
const plays = cases.flatMap((each) =>
  (each.question === undefined ? [null] : answersTo(each.question)).map((answer): [string, Case, string | null] => [
    each.id,
    each,
    answer,
  ]),
);

function without(id: string): RuleTable {
  const keep = <Rule extends { readonly id: string }>(rules: readonly Rule[]) => rules.filter((rule) => rule.id !== id);
  return {
    types: keep(ruleTable.types),
    constraints: keep(ruleTable.constraints),
    refusals: keep(ruleTable.refusals),
    effects: keep(ruleTable.effects),
    answers: keep(ruleTable.answers),
  };
}

describe('the sandbox keeps every case', () => {
  it.each(plays)('%s', async (_id, each, answer) => {
    expect(await play(each, rulesEndpoint(), answer)).toEqual({ kind: 'holds' });
  });
});

describe('every rule is held by a case that names it', () => {
  it.each(allRules().map(({ id }) => id))('without %s a case fails', async (id) => {
    const naming = plays.filter(([, each]) => each.rules.includes(id));
    const endpoint = rulesEndpoint(without(id));
    const results = await Promise.all(naming.map(([, each, answer]) => play(each, endpoint, answer)));
    expect(results.map(({ kind }) => kind)).toContain('differs');
  });
});

describe('the cases', () => {
  it('have ids of their own', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it('name rules that there are', () => {
    const known = allRules().map(({ id }) => id);
    expect(cases.flatMap(({ rules }) => rules).filter((id) => !known.includes(id))).toEqual([]);
  });

  it.each(switches.map((each): [string, Switch] => [each.id, each]))(
    'ask %s with every plausible answer',
    (id, { answers }) => {
      const asked = cases
        .filter(({ question }) => question === id)
        .flatMap(({ steps }) => steps.map((step) => step.answers));
      const complete = asked.filter((each) => each !== undefined).map((each) => Object.keys(each).sort());
      expect(complete).not.toEqual([]);
      for (const names of complete) expect(names).toEqual([...answers].sort());
    },
  );

  it.each(switches.map((each): [string, Switch] => [each.id, each]))(
    'tell the answers to %s apart',
    async (id, { answers }) => {
      const asking = cases.filter(({ question }) => question === id);
      for (const answer of answers) {
        const seen = await Promise.all(asking.map((each) => playAs(each, answer)));
        expect(seen.reduce((left, right) => left.filter((name) => right.includes(name)))).toEqual([answer]);
      }
    },
  );
});

/** The answers to a case's question that an endpoint with this very answer could be taken for. */
async function playAs(each: Case, answer: string): Promise<readonly string[]> {
  const switched = rulesEndpoint();
  const blind = { ...switched, stage: (played: Case) => switched.stage(played, { [each.question ?? '']: answer }) };
  const played = await play(each, blind);
  return played.kind === 'answered' ? played.answers : [];
}
