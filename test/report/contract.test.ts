/** What every format in the registry keeps, whatever the result holds. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockWarnings } from '../../src/domain/result/clock-warnings.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { formatNames, formats } from '../../src/report/registry.ts';
import { aFinding, aGap, anAccount, aPool, aResult, textOf } from './a-result.ts';
import { everything } from './everything.ts';
import { anyName, hostileNames, named, unprintable } from './hostile.ts';
import { plainOptions } from './plain-options.ts';

// A caller of any name has no account; the importing one is told.
const options = { ...plainOptions, securityHub: { accountId: '123456789012', region: null } };

describe.each(formatNames)('%s', (name) => {
  const onlyGaps = (): Result => aResult({ accounts: [anAccount()], gaps: [aGap(), aGap({ region: 'eu-west-1' })] });

  test('says that a clock is wrong, or that nobody knows', async () => {
    for (const [aheadMs, words] of [
      [90 * 86_400_000, 'is 90 days behind AWS'],
      [null, 'could not be had'],
    ] as const) {
      const text = await textOf(formats[name](aResult({ warnings: clockWarnings(aheadMs) }), options));
      expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
    }
  });

  test.each([
    ['an empty organization', aResult],
    ['only gaps', onlyGaps],
    ['everything', everything],
  ])('says something of %s and ends in one newline', async (_name, result) => {
    const text = await textOf(formats[name](result(), options));
    expect(text.trim()).not.toBe('');
    expect(text).toMatch(/\S\r?\n$/);
  });

  test('says of a pool that no policy matches whether that is new, and since when it is not', async () => {
    const told = (change: 'new' | 'persisting'): Promise<string> => {
      const finding = aFinding({ policy: null, path: '', file: null, line: null, column: null, change });
      const since = change === 'new' ? '2026-11-18T02:11:30.000Z' : '2026-11-01T02:11:30.000Z';
      const pool = aPool({ status: 'uncovered', policies: [], findings: [{ ...finding, since }] });
      return textOf(formats[name](aResult({ pools: [pool], resolved: [] }), options));
    };
    const [fresh, old] = [await told('new'), await told('persisting')];
    const without = (text: string): string => text.replace(/.*1 (?:finding )?(?:new|persist).*/g, '');
    expect(without(fresh)).not.toBe(without(old));
  });

  test('gives the same bytes for the same result', async () => {
    const once = await textOf(formats[name](everything(), options));
    expect(await textOf(formats[name](everything(), options))).toBe(once);
  });

  test('shows a gap where nothing drifts', async () => {
    const clean = await textOf(formats[name](aResult({ accounts: [anAccount()] }), options));
    const text = await textOf(formats[name](onlyGaps(), options));
    expect(text).not.toBe(clean);
    expect(text).toMatch(/AccessDenied/);
  });

  test('prints no character that a terminal or a log would act on, whatever the names', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async (hostile) => {
        const text = await textOf(formats[name](named(hostile), options));
        expect(text).not.toMatch(unprintable);
        expect(text).not.toMatch(/##(?:\[|vso\[)/);
        expect(text).toMatch(/\S\r?\n$/);
      }),
      { numRuns: 60, examples: hostileNames.map((hostile): [string] => [hostile]) },
    );
  });
});

test.each(formatNames.filter((name) => name !== 'github'))(
  '%s begins no line with a workflow command',
  async (name) => {
    for (const hostile of hostileNames) {
      expect(await textOf(formats[name](named(hostile), options))).not.toMatch(/^\s*::/m);
    }
  },
);

describe('what is shared', () => {
  const secrets = /topsecret-id|wanted-secret/;

  test.each(formatNames.filter((name) => name !== 'json' && name !== 'ndjson'))(
    '%s masks the external id of an SMS role unless it is told not to',
    async (name) => {
      expect(await textOf(formats[name](everything(), options))).not.toMatch(secrets);
    },
  );

  test('json and ndjson keep it: they are the data', async () => {
    for (const name of ['json', 'ndjson'] as const) {
      expect(await textOf(formats[name](everything(), options))).toMatch(secrets);
    }
  });
});
