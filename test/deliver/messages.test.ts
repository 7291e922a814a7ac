/** Nothing that others wrote can mention, link or format in a channel, and a message fits. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newsOf } from '../../src/domain/news/two-nights.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { fitting } from '../../src/deliver/channels/webhook-channel.ts';
import { slackMessage } from '../../src/deliver/messages/slack.ts';
import { teamsMessage } from '../../src/deliver/messages/teams.ts';
import { nightMessage, type NightMessage } from '../../src/report/news/night-message.ts';
import { aFinding, aGap, aPool, aResult } from '../report/a-result.ts';
import { anyName, hostileNames, named, unprintable } from '../report/hostile.ts';
import { hugeResult } from '../report/huge-result.ts';

async function messageOf(tonight: Result, lastNight: Result | null = null): Promise<NightMessage> {
  return nightMessage(tonight, lastNight, newsOf(tonight, lastNight));
}

/** Each string of a message with the members that lead to it. */
function strings(value: unknown, path: readonly string[] = []): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, [...path, /^\d+$/.test(key) ? '#' : key]));
}

const quiet = aResult({ run: { startedAt: '2026-11-17T02:11:30.000Z' } });

/** A night with the name in every place, after a quiet one and before one. */
async function toldOf(name: string, draw: (message: NightMessage) => object) {
  const nights = [
    await messageOf(named(name), quiet),
    await messageOf(aResult({ run: named(name).head.run }), named(name)),
  ];
  return nights.flatMap((message) => strings(draw(message)));
}

/** What a channel's program finds in plain text by itself. */
const finds = /:\/\/|@\S|<\S|\]\(|www\.|javascript:|mailto:/i;

const channels = [
  ['slack', slackMessage, /^blocks\.#\.elements\.#\.elements\.#(?:\.elements\.#)?\.text$/],
  ['teams', teamsMessage, /^attachments\.#\.content\.body\.#\.inlines\.#\.text$/],
] as const;

describe.each(channels)('%s', (_name, draw, literal) => {
  test('names of others stand in literal text alone, made visible and disarmed', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async (name) => {
        const ours = await toldOf('harmless', draw);
        const told = await toldOf(name, draw);
        expect(told.length).toBeGreaterThan(40);
        const isOurs = new Set(ours.map(([, text]) => text));
        for (const [path, text] of told.filter(([, each]) => !isOurs.has(each))) {
          expect(path).toMatch(literal);
          expect(text.replaceAll('\n', '')).not.toMatch(unprintable);
          expect(text).not.toMatch(finds);
        }
      }),
      { numRuns: 60, examples: hostileNames.map((hostile): [string] => [hostile]) },
    );
  });

  test.each([
    '<!channel> <@U024BE7LH>',
    '@channel @here @everyone',
    '<https://evil.example|click>',
    '[a](https://b.example)',
  ])('%s is shown and does nothing', async (name) => {
    const pool = aPool({ status: 'drifted', poolName: name, findings: [aFinding()] });
    const [mentioned] = strings(draw(await messageOf(aResult({ pools: [pool] })))).filter(([, text]) =>
      text.includes('high ·'),
    );
    expect(mentioned?.[0]).toMatch(literal);
    expect(mentioned?.[1]).not.toMatch(finds);
  });

  test('what a notification shows is our words and numbers', async () => {
    const message = await messageOf(named('<!channel> https://evil.example'), quiet);
    expect(message.title).toBe('mfa-drift: 2 findings are new, 4 places newly unreadable');
    expect(strings(slackMessage(message)).filter(([path]) => path === 'text')).toEqual([['text', message.title]]);
  });

  test('a night with very much news fits, and says how much was left out', async () => {
    const message = await messageOf(hugeResult(3000));
    const drawn = fitting(message, 5000, draw);
    expect(Buffer.byteLength(JSON.stringify(drawn))).toBeLessThanOrEqual(5000);
    const texts = strings(drawn).map(([, text]) => text);
    const shown = texts.filter((text) => /(?:critical|high|medium|low|info) ·/.test(text)).length;
    const [left = ''] = texts.filter((text) => text.endsWith(' more')).map((text) => text.replaceAll(/\D/g, ''));
    expect(shown).toBeGreaterThan(0);
    expect(shown + Number(left)).toBe(3000);
  });
});

test('the worst is told first, and the sections say what each is', async () => {
  const pools = (['low', 'critical', 'medium'] as const).map((severity, index) =>
    aPool({
      poolId: `eu-west-1_${index}`,
      poolName: severity,
      status: 'drifted',
      findings: [aFinding({ id: `f-${index}`, severity })],
    }),
  );
  const { sections } = await messageOf(aResult({ pools, gaps: [aGap(), aGap({ accountId: '777788889999' })] }));
  expect(sections.map(({ heading }) => heading)).toEqual(['New: 3 findings', 'Newly unreadable: 2 places']);
  expect(sections[0]?.lines.map((line) => line.split(' ')[0])).toEqual(['critical', 'medium', 'low']);
  expect(sections[1]?.lines).toEqual([expect.stringContaining('ap-east-1 of 2 accounts')]);
});

test('without a night before, the message says that everything counts as new', async () => {
  const { facts } = await messageOf(aResult({ pools: [aPool({ status: 'drifted', findings: [aFinding()] })] }));
  expect(facts).toContain('compared with no earlier night, so that everything counts as new');
});
