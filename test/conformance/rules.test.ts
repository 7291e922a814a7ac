import { describe, expect, it } from 'vitest';
import { allRules, ruleTable, type RuleTable } from '../../src/sandbox/cognito/rules/rules.ts';
import { switchTable, type Switch } from '../../src/sandbox/cognito/open-questions.ts';
import { eventRules } from '../../src/sandbox/cloudtrail/event-rules.ts';
import { lifeRules, lifeTable, type LifeTable } from '../../src/sandbox/cognito/life/rules.ts';
import { tagRules } from '../../src/sandbox/cognito/tag-rules.ts';
import { userRules } from '../../src/sandbox/cognito/user-rules.ts';
import { readCases, type Case } from './case.ts';
import { answersTo, confused } from './conformance.ts';
import { play } from './playing.ts';
import { isOfRules, rulesEndpoint } from './rules-endpoint.ts';

const cases = readCases(new URL('cases', import.meta.url).pathname);
/** Users and events are the server's: sandbox.test.ts plays those. */
const ofRules = cases.filter(isOfRules);

/** Every way in which the sandbox plays a case of its rules: once, or once under each answer to its question. */
const plays = ofRules.flatMap((each) =>
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

function lifeWithout(id: string): LifeTable {
  const keep = <Each extends { readonly id: string }>(rules: readonly Each[]) => rules.filter((rule) => rule.id !== id);
  const { create, update, effects, delete: deletion } = lifeTable;
  return { create: keep(create), update: keep(update), effects: keep(effects), delete: keep(deletion) };
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

describe('every rule about the life of a pool is held by a case that names it', () => {
  it.each(lifeRules.map(({ id }) => id))('without %s a case fails', async (id) => {
    const naming = plays.filter(([, each]) => each.rules.includes(id));
    const endpoint = rulesEndpoint(ruleTable, lifeWithout(id));
    const results = await Promise.all(naming.map(([, each, answer]) => play(each, endpoint, answer)));
    expect(results.map(({ kind }) => kind)).toContain('differs');
  });
});

describe('the cases', () => {
  it('have ids of their own', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it('name rules that there are', () => {
    const ofServer = [...tagRules, ...userRules, ...eventRules];
    const known = [...allRules(), ...lifeRules, ...ofServer].map(({ id }) => id);
    const named = cases.flatMap(({ rules }) => rules);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
    expect(ofServer.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual([]);
  });

  it.each(switchTable.map((each): [string, Switch] => [each.id, each]))(
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

  const ofTheRules = switchTable.filter(({ id }) => ofRules.some(({ question }) => question === id));
  it.each(ofTheRules.map(({ id }) => id))('tell the answers to %s apart', async (id) => {
    expect(await confused(id, ofRules, rulesEndpoint())).toEqual([]);
  });
});
