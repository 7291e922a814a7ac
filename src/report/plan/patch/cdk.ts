import type { JsonValue } from '../../../domain/model/json.ts';
import { cdkSettings, cloudFormationSettings, type Setting } from '../../../domain/patch/source-settings.ts';
import type { WantedState } from '../../../domain/patch/wanted-state.ts';
import { comment, identifier, poolInComment, quoted } from './quoted.ts';
import { inBlocks, isBlock, isChanged, isRemoved, type Block } from './tree.ts';

/** Props of the pool's `UserPool`, and overrides of the `CfnUserPool` inside it, as TypeScript. */
export function cdkPatch(wanted: WantedState): readonly string[] {
  const { props, overrides } = cdkSettings(wanted);
  return [
    `// ${poolInComment(wanted)}`,
    `const userPool = new UserPool(this, ${quoted(identifier(wanted.poolName, ''))}, {`,
    ...inBlocks(props).map((part) => `  ${isBlock(part) ? blockProp(part) : prop(part)}`),
    '});',
    ...(overrides.length === 0 ? [] : ['const cfnUserPool = userPool.node.defaultChild as CfnUserPool;']),
    ...overrideLines(overrides),
  ];
}

/** The override of the construct that Amplify makes: `amplify/backend.ts`. */
export function amplifyPatch(wanted: WantedState): readonly string[] {
  return [
    `// ${poolInComment(wanted)}`,
    'const { cfnUserPool } = backend.auth.resources.cfnResources;',
    ...overrideLines(cloudFormationSettings(wanted)),
  ];
}

const words: Readonly<Record<string, (value: JsonValue) => string>> = {
  mfa: (value) => (value === 'ON' ? 'Mfa.REQUIRED' : value === 'OPTIONAL' ? 'Mfa.OPTIONAL' : 'Mfa.OFF'),
  smsRole: (value) => `Role.fromRoleArn(this, "SmsRole", ${quoted(value)})`,
  passkeyUserVerification: (value) => `PasskeyUserVerification.${value === 'required' ? 'REQUIRED' : 'PREFERRED'}`,
};

function prop(setting: Setting): string {
  const { name, value } = setting;
  if (value === null) return `// take out: ${name} (${comment(setting)})`;
  return `${name}: ${(words[name] ?? quoted)(value)}, // ${comment(setting)}`;
}

function blockProp(block: Block): string {
  const inside = block.settings.map(({ name, value }) => `${name}: ${quoted(value)}`).join(', ');
  const was = block.settings.map(({ name, was: before }) => `${name}: ${quoted(before)}`).join(', ');
  return `${block.name}: { ${inside} }, // ${isChanged(block) ? `now { ${was} }` : 'stays'}`;
}

function overrideLines(settings: readonly Setting[]): readonly string[] {
  return inBlocks(settings).map((part) =>
    isBlock(part)
      ? `cfnUserPool.${l1Name(part.name)} = ${objectText(part)}; // ${isChanged(part) ? 'changes' : 'stays'}`
      : `cfnUserPool.${l1Name(part.name)} = ${part.value === null ? 'undefined' : quoted(part.value)}; // ${comment(part)}`,
  );
}

function objectText(block: Block): string {
  if (isRemoved(block)) return 'undefined';
  const members = inBlocks(block.settings.filter(({ value }) => value !== null)).map(
    (part) => `${l1Name(part.name)}: ${isBlock(part) ? objectText(part) : quoted(part.value)}`,
  );
  return `{ ${members.join(', ')} }`;
}

/** CloudFormation's name as the CDK generates it. */
function l1Name(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`.replace(/ID$/, 'Id');
}
