/** Patches as they are shown: grouped by who gets them. */
import { agents } from '../../../domain/model/blame.ts';
import { managingTool } from '../../../domain/patch/managing-tool.ts';
import type { PatchTool } from '../../../domain/patch/members.ts';
import { needsCallToo, notesFor } from '../../../domain/patch/notes.ts';
import type { WantedState } from '../../../domain/patch/wanted-state.ts';
import { maskObject } from '../../../domain/policy/advice/masked-fields.ts';
import { managedBy } from '../../../domain/verdict/pool-record.ts';
import { amplifyPatch, cdkPatch } from './cdk.ts';
import type { PatchChoice } from './choices.ts';
import { cliPatch } from './cli.ts';
import { cloudFormationPatch } from './cloudformation.ts';
import { terraformPatch } from './terraform.ts';

interface Language {
  readonly title: string;
  readonly fence: string;
  write(wanted: WantedState): readonly string[];
}

export const languages = {
  terraform: { title: 'Terraform', fence: 'hcl', write: terraformPatch },
  cloudformation: { title: 'CloudFormation', fence: 'yaml', write: cloudFormationPatch },
  cdk: { title: 'AWS CDK', fence: 'ts', write: cdkPatch },
  amplify: { title: 'Amplify', fence: 'ts', write: amplifyPatch },
  cli: { title: 'AWS CLI', fence: 'sh', write: cliPatch },
} as const satisfies Readonly<Record<PatchTool, Language>>;

export interface ShownPatch {
  readonly tool: PatchTool;
  readonly wanted: WantedState;
  /** What to know beside it, whole sentences. */
  readonly notes: readonly string[];
  /** Texts that are carried out one after the other. */
  readonly texts: readonly { readonly fence: string; readonly lines: readonly string[] }[];
}

/** Those who get patches, each with theirs: a stack or a tag, or an account where no tag tells. */
export interface PatchOwner {
  readonly accountId: string;
  /** `null`: no tag says who manages these pools. */
  readonly managedBy: string | null;
  readonly patches: readonly ShownPatch[];
}

/** In the order of the states. @param masks external ids are not shown */
export function patchesByOwner(
  states: readonly WantedState[],
  choice: PatchChoice,
  managedTags: readonly string[],
  masks: boolean,
): readonly PatchOwner[] {
  const owners = new Map<string, { accountId: string; managedBy: string | null; patches: ShownPatch[] }>();
  for (const wanted of states) {
    const tool = choice === 'auto' ? toolOf(wanted, managedTags) : choice;
    if (tool === null) continue;
    const owner = ownerOf(wanted, managedTags);
    const key = JSON.stringify([wanted.accountId, owner]);
    const group = owners.get(key) ?? { accountId: wanted.accountId, managedBy: owner, patches: [] };
    group.patches.push(shownPatch(tool, wanted, masks));
    owners.set(key, group);
  }
  return [...owners.values()];
}

/** Tags name a stack or a team; where they say nothing, the tool is known by its own event. */
function toolOf({ tags, codeEvent }: WantedState, managedTags: readonly string[]): PatchTool | null {
  return managingTool(tags, managedTags) ?? codeEvent?.agent ?? null;
}

function ownerOf({ tags, codeEvent }: WantedState, managedTags: readonly string[]): string | null {
  return managedBy(tags, managedTags) ?? (codeEvent === undefined ? null : agents[codeEvent.agent].words);
}

export function shownPatch(tool: PatchTool, state: WantedState, masks: boolean): ShownPatch {
  const wanted = masks ? { ...state, before: maskObject(state.before), call: maskObject(state.call) } : state;
  const isMasked = masks && JSON.stringify(wanted.call) !== JSON.stringify(state.call);
  const tools = needsCallToo(tool, state) ? (['cli', tool] as const) : [tool];
  return {
    tool,
    wanted,
    notes: [
      ...notesFor(tool, state),
      ...(isMasked ? ['The external id is masked here: put in the pool’s own, or use --no-redact.'] : []),
    ],
    texts: tools.map((each) => ({ fence: languages[each].fence, lines: languages[each].write(wanted) })),
  };
}
