import type { ResultHead } from '../../../domain/result/result.ts';
import { counted } from '../../../number-format.ts';
import { isHeld, type ChangeGroup, type ChangeGroups } from '../../views/change-groups.ts';
import { visible } from '../../../escape/visible.ts';
import { groupLines } from '../../plan/apply-report-table.ts';
import { remediationInWords } from '../../text/remediation-words.ts';
import { wrapped } from './layout.ts';
import type { TablePage } from './page.ts';

const indent = '  ';

function isHeldGroup({ pools: [first] }: ChangeGroup): boolean {
  return first !== undefined && isHeld(first);
}

/** What `--remediate` did: each pool that is not said to be held already, as `apply` says it, with the journal that undoes it. */
export function* changesSection(
  { summary: { remediation } }: ResultHead,
  changes: ChangeGroups,
  page: TablePage,
): Generator<string> {
  const words = remediation === null ? '' : remediationInWords(remediation);
  if (remediation === null || words === '') return;
  yield '';
  yield* wrapped(`CHANGES  ${visible(words)}`, page.columns);
  const { journal } = remediation;
  if (journal !== null) {
    yield `${indent}journal: ${visible(journal.file)}`;
    yield `${indent}  ${visible(journal.digest)}`;
  }
  const [held, groups] = [changes.groups().filter(isHeldGroup), changes.groups().filter((each) => !isHeldGroup(each))];
  for (const { count } of held) yield `${indent}${counted(count, 'pool is', 'pools are')} held, as said under HELD`;
  const view = { origin: 'policies', names: changes.names() } as const;
  const inner = { ...page, columns: page.columns - indent.length };
  for (const { pools, count } of groups) {
    yield '';
    for (const line of groupLines(view, pools, false, inner)) yield `${indent}${line}`;
    const left = count - pools.length;
    if (left > 0)
      yield `${indent}  … ${counted(left, 'more pool')} of which the same is said; all of them: --report json=FILE`;
  }
}
