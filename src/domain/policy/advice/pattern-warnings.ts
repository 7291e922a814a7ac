/** Patterns on names and texts of people, where RE2 takes a construct otherwise than the engine that its writer may know. */
import { warningAt, type Warning } from '../../result/warning.ts';
import { withInner, type Expectation, type ValueExpectation } from '../expect/expectations.ts';
import { isJsonObject } from '../../model/json.ts';
import type { CompiledSelector } from '../match/selectors.ts';
import type { Policy } from '../policy.ts';

/** Fields in which letters beyond ASCII may stand: names, tags, subjects, messages. All others are ids, ARNs and words of AWS. */
const namesAndTexts = /(?:\.Name|\.UserPoolTags\..+|Subject|Message)$/;

interface Sign {
  readonly found: RegExp;
  readonly says: string;
}

/** Source: github.com/google/re2, doc/syntax.txt; run against RE2JS 2.10, JavaScript, Python 3.11 and PCRE2 (docs/policy-language.md). */
const signs: readonly Sign[] = [
  { found: /\\[wW]/, says: '\\w is only A-Z, a-z, 0-9 and _: no é' },
  { found: /\\[dD]/, says: '\\d is only 0-9' },
  { found: /\\[bB]/, says: '\\b stands at ASCII letters only: none after the é of café' },
  { found: /\\[sS]/, says: '\\s is no no-break space' },
  { found: /\[:\^?\w+:\]/, says: 'classes such as [:alpha:] are ASCII' },
  {
    found: /\(\?[a-zA-Z]*i[\s\S]*(?:\\w|[kKsS]|a-z|A-Z)/,
    says: '(?i) takes the Kelvin sign (U+212A) for k, and the long s (U+017F) for s',
  },
];

export function patternWarnings(policy: Policy): readonly Warning[] {
  const expectations = [...policy.expectations, ...selecting(policy.match)];
  return [...withInner(expectations)].flatMap((one) => (one.kind === 'value' ? warningsOf(one, policy) : []));
}

function selecting({ keys, exclude }: CompiledSelector): readonly Expectation[] {
  const own = keys.flatMap(({ test }) => (test.kind === 'expectations' ? test.expectations : []));
  return [...own, ...exclude.flatMap(selecting)];
}

function warningsOf({ path, location, wanted }: ValueExpectation, { name }: Policy): readonly Warning[] {
  const pattern = isJsonObject(wanted) ? wanted['pattern'] : undefined;
  if (typeof pattern !== 'string' || !namesAndTexts.test(path)) return [];
  const plain = pattern.replaceAll(/\\Q[\s\S]*?(?:\\E|$)|\\\\|\$?\$\{[^}]*\}/g, '');
  const told = signs.filter(({ found }) => found.test(plain)).map(({ says }) => says);
  if (told.length === 0) return [];
  const message = `${name} asks ${path} by a pattern that RE2 reads otherwise than many engines: ${told.join('; ')}. \\pL is every letter, \\pN every number`;
  return [warningAt(location, 'pattern-differs', message)];
}
