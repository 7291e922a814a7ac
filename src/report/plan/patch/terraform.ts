import { terraformSettings, type Setting } from '../../../domain/patch/source-settings.ts';
import type { WantedState } from '../../../domain/patch/wanted-state.ts';
import { comment, hclQuoted, identifier, poolInComment } from './quoted.ts';
import { inBlocks, isBlock, isRemoved, type Block } from './tree.ts';

/** The arguments of the pool's resource, as HCL. */
export function terraformPatch(wanted: WantedState): readonly string[] {
  const parts = inBlocks(terraformSettings(wanted));
  return [
    `# ${poolInComment(wanted)}`,
    `resource "aws_cognito_user_pool" "${identifier(wanted.poolName, '_')}" {`,
    ...parts.flatMap((part) => (isBlock(part) ? blockLines(part) : [`  ${argument(part)}`])),
    '}',
  ];
}

function blockLines(block: Block): readonly string[] {
  if (isRemoved(block)) return [`  # take out: ${block.name} { … }`];
  return ['', `  ${block.name} {`, ...block.settings.map((setting) => `    ${argument(setting)}`), '  }'];
}

function argument(setting: Setting): string {
  const { name, value } = setting;
  if (value === null) return `# take out: ${name} (${comment(setting)})`;
  return `${name} = ${hclQuoted(value)} # ${comment(setting)}`;
}
