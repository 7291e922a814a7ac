/**
 * Lists of tens of thousands, right and wrong: what is done for an entry must not grow with the list. Processor time is
 * measured, since that of the clock is other tests' too; each of these took from 20 seconds to many minutes.
 */
import { expect, it } from 'vitest';
import { complaintsAbout, policy, policySet } from '../policy-set.ts';

const entries = 20_000;
const seconds = 8;

function lines(one: (index: number) => string): string {
  return Array.from({ length: entries }, (_, index) => one(index)).join('');
}

function processorSeconds(work: () => void): number {
  const { user } = process.cpuUsage();
  work();
  return (process.cpuUsage().user - user) / 1e6;
}

const rest = 'expect: { MfaConfiguration: "ON" }\n';

it.each([
  ['globs, a line each', `${policy('p')}match:\n  pools:\n${lines((i) => `    - "cust-${i}-*"\n`)}${rest}`],
  ['globs in one line', `${policy('p')}match: { pools: [${lines((i) => `"cust-${i}-*", `)}] }\n${rest}`],
  ['tags', `${policy('p')}match:\n  poolTags:\n${lines((i) => `    t${i}: [x]\n`)}${rest}`],
  ['policies', lines((i) => `---\n${policy(`p${i}`)}${rest}`)],
])('%s are read in time that grows with their number', (_name, text) => {
  expect(processorSeconds(() => policySet(text))).toBeLessThan(seconds);
});

it.each([
  ['numbers, a line each', `${policy('p')}match:\n  pools:\n${lines((i) => `    - ${i}\n`)}${rest}`, /must be a text/],
  ['numbers in one line', `${policy('p')}match: { pools: [${lines((i) => `${i}, `)}] }\n${rest}`, /must be a text/],
  ['unknown keys', `${policy('p')}${lines((i) => `k${i}: 1\n`)}${rest}`, /is not a key/],
  ['repeated keys', `${policy('p')}${lines(() => 'severity: low\n')}${rest}`, /stands here a second time/],
  ['unquoted globs', `${policy('p')}match:\n  pools:\n${lines((i) => `    - *a${i}\n`)}${rest}`, /for an alias/],
])('so are complaints about %s, and they are no longer than that', (_name, text, said) => {
  let shown = '';
  expect(processorSeconds(() => void (shown = complaintsAbout(text)))).toBeLessThan(seconds);
  expect(shown).toMatch(said);
  expect(shown).toMatch(/\n… and [\d,]+ more\n[\d]+ errors in 1 file; nothing was read or changed\.\n$/);
  expect(shown.length).toBeLessThan(100_000);
});

/** A call takes no more arguments than this, about; there are more complaints. */
const mostArguments = 130_000;

it.each([
  ['unknown keys', `${policy('p')}${Array.from({ length: mostArguments }, (_, i) => `k${i}: 1\n`).join('')}${rest}`],
  ['repeated keys', `${policy('p')}${'severity: low\n'.repeat(mostArguments)}${rest}`],
])('more complaints about %s than a call takes arguments are counted', (_name, text) => {
  expect(complaintsAbout(text)).toMatch(/… and 1\d\d,\d{3} more\n1\d{5} errors in 1 file/);
});
