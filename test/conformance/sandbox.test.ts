import { describe, expect, it } from 'vitest';
import { readCases } from './case.ts';
import { confused, verdicts } from './conformance.ts';
import { isOfRules } from './rules-endpoint.ts';
import { sandboxEndpoint } from './sandbox-endpoint.ts';

const cases = readCases(new URL('cases', import.meta.url).pathname);

describe('the sandbox, over HTTP and through the SDK’s own client,', () => {
  it.each(cases.map((each) => [each.id, each] as const))('keeps %s', async (id, each) => {
    const told = [];
    for await (const verdict of verdicts([each], sandboxEndpoint, new Map())) told.push(verdict);
    expect(told).toEqual([{ id, word: 'holds', detail: '' }]);
  });

  const asked = new Set(cases.filter((each) => !isOfRules(each)).flatMap(({ question }) => question ?? []));
  it.each([...asked])('tells the answers to %s apart', async (question) => {
    expect(await confused(question, cases, sandboxEndpoint)).toEqual([]);
  });
});
