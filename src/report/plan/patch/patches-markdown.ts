import { counted } from '../../../number-format.ts';
import type { Budget } from '../../formats/markdown/budget.ts';
import { markdownCode, markdownText } from '../../text/escape/markdown.ts';
import type { PlanView } from '../plan-view.ts';
import { languages, patchesByOwner, type PatchOwner, type ShownPatch } from './patches.ts';

/** A section for everyone who manages pools, whole in itself, so that it can be sent to them. As many as fit. */
export function patchSections(
  { patches: { states, choice, managedTags }, names }: Pick<PlanView, 'patches' | 'names'>,
  masks: boolean,
  budget: Budget,
): string {
  const owners = patchesByOwner(states, choice ?? 'auto', managedTags, masks);
  const sections = owners.map((owner) => section(owner, accountName(names, owner)));
  const fitting = sections.filter((text) => budget.take(text));
  const left = sections.length - fitting.length;
  const more =
    left === 0
      ? ''
      : `\n… ${counted(left, 'more owner')} of pools: \`mfa-drift plan --patch auto\` shows what they need.\n`;
  return `${fitting.join('')}${more}`;
}

function accountName(names: PlanView['names'], { patches }: PatchOwner): string {
  const [first] = patches;
  if (first === undefined) return '';
  const { accountId, region, poolId } = first.wanted;
  return names.get(`${accountId}/${region}/${poolId}`)?.accountName ?? '';
}

function section(owner: PatchOwner, name: string): string {
  const who = owner.managedBy === null ? [] : [markdownText(owner.managedBy)];
  const account = [markdownText(name), markdownCode(owner.accountId)].filter((part) => part !== '').join(' ');
  const title = [...who, account].join(', ');
  return `\n### To change at the source: ${title}\n${owner.patches.map(patchText).join('')}`;
}

function patchText({ tool, wanted, notes, texts }: ShownPatch): string {
  const pool = [markdownText(wanted.poolName), markdownCode(wanted.region), markdownCode(wanted.poolId)].join(' ');
  return [
    '',
    `**${pool}** in ${languages[tool].title}:`,
    '',
    ...texts.flatMap(({ fence, lines }) => [...fenced(fence, lines), '']),
    ...notes.map((note) => `- ${markdownText(note)}`),
    '',
  ].join('\n');
}

/** A fence longer than any run of backticks inside of it can't be ended there (CommonMark 0.31, 4.5). */
function fenced(language: string, lines: readonly string[]): readonly string[] {
  const runs = lines.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return [`${fence}${language}`, ...lines, fence];
}
