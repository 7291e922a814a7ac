/** Which accounts the configuration takes in: any `include` block (none: all), and no `exclude` block. */
import type { Account } from '../../model/observation.ts';
import { compileSelector, nowhere } from './selector-compilation.ts';
import { select, type MatchAnswer } from './selection.ts';
import type { Candidate } from './selector-keys.ts';
import type { Selector } from './selectors.ts';

/** `unknown`: the answer rests on a name, unit or tag of the account that could not be read. */
export function selectAccount(
  account: Account,
  include: readonly Selector[],
  exclude: readonly Selector[],
): MatchAnswer {
  const candidate: Candidate = { account, region: null, pool: null, subject: null };
  const ask = (selector: Selector): MatchAnswer => select(compileSelector(selector, nowhere), candidate).answer;
  const included = include.length === 0 ? 'yes' : anyOf(include.map(ask));
  const excluded = anyOf(exclude.map(ask));
  if (included === 'no' || excluded === 'yes') return 'no';
  return included === 'yes' && excluded === 'no' ? 'yes' : 'unknown';
}

function anyOf(answers: readonly MatchAnswer[]): MatchAnswer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}
