import { visible } from '../../../escape/visible.ts';
import { wrapped } from '../../formats/table/layout.ts';
import type { TablePage } from '../../formats/table/page.ts';
import type { PlanView } from '../plan-view.ts';
import { languages, patchesByOwner, type PatchOwner, type ShownPatch } from './patches.ts';

/** Texts stand at the margin, whole, to be copied. Nothing where nobody asked. */
export function* patchBlocks(
  { patches: { states, choice, managedTags } }: Pick<PlanView, 'patches'>,
  masks: boolean,
  page: TablePage,
): Generator<string> {
  if (choice === null) return;
  const owners = patchesByOwner(states, choice, managedTags, masks);
  for (const owner of owners) {
    yield `\n${heading(owner, page)}\n`;
    for (const patch of owner.patches) yield `\n${patchLines(patch, page).join('\n')}\n`;
  }
  const shown = owners.reduce((sum, { patches }) => sum + patches.length, 0);
  if (shown < states.length) yield `\n${untold(states.length - shown, page)}\n`;
}

function heading({ managedBy, accountId }: PatchOwner, { paint }: TablePage): string {
  return paint.unknown(`to change at the source: ${visible(managedBy ?? 'by whoever manages them')}, ${accountId}`);
}

function patchLines({ tool, notes, texts }: ShownPatch, { columns }: TablePage): readonly string[] {
  return [
    ...texts.flatMap(({ lines }, index) => [...(index === 0 ? [] : ['']), ...lines]),
    ...notes.flatMap((note) =>
      wrapped(`${languages[tool].title}: ${visible(note)}`, columns - 4).map(
        (line, index) => `${index === 0 ? '  ' : '    '}${line}`,
      ),
    ),
  ];
}

function untold(pools: number, { columns }: TablePage): string {
  const which = pools === 1 ? 'One pool has' : `${pools} pools have`;
  return wrapped(
    `${which} no patch here, since no tag names a tool that manages it: --patch terraform, cloudformation, cdk, amplify or cli writes one.`,
    columns,
  ).join('\n');
}
