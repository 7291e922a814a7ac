import { cloudFormationSettings, type Setting } from '../../../domain/patch/source-settings.ts';
import type { WantedState } from '../../../domain/patch/wanted-state.ts';
import { comment, identifier, poolInComment, yamlQuoted } from './quoted.ts';
import { inBlocks, isBlock, isRemoved, type Block } from './tree.ts';

/** The properties of the pool's resource, as YAML. */
export function cloudFormationPatch(wanted: WantedState): readonly string[] {
  const { tags, poolName } = wanted;
  const logicalId = tags['aws:cloudformation:logical-id'] ?? '';
  return [
    `# ${poolInComment(wanted)}`,
    'Resources:',
    `  ${identifier(logicalId === '' ? poolName : logicalId, '')}:`,
    '    Type: AWS::Cognito::UserPool',
    '    Properties:',
    ...propertyLines(cloudFormationSettings(wanted), '      '),
  ];
}

function propertyLines(settings: readonly Setting[], indent: string): readonly string[] {
  return inBlocks(settings).flatMap((part) => (isBlock(part) ? blockLines(part, indent) : [line(part, indent)]));
}

function blockLines(block: Block, indent: string): readonly string[] {
  if (isRemoved(block)) return [`${indent}# take out: ${block.name}`];
  return [`${indent}${block.name}:`, ...propertyLines(block.settings, `${indent}  `)];
}

function line(setting: Setting, indent: string): string {
  const { name, value } = setting;
  if (value === null) return `${indent}# take out: ${name} (${comment(setting)})`;
  return `${indent}${name}: ${yamlQuoted(value)} # ${comment(setting)}`;
}
