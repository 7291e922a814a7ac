/** Which tool manages a pool as code, as far as its tags tell. */
import type { Tags } from '../model/observation.ts';
import type { ManagedTool } from './members.ts';

/**
 * The first row whose words a tag has, in its key or value. Sources: AWS CloudFormation and Amplify Hosting user guides
 * (`aws:cloudformation:*`, `amplify:*`, which these services set); all others are what teams write.
 */
const signs: readonly { readonly tool: ManagedTool; readonly says: RegExp }[] = [
  { tool: 'amplify', says: /\bamplify\b/i },
  { tool: 'cdk', says: /\b(?:aws[-_ ]?)?cdk\b/i },
  { tool: 'terraform', says: /\b(?:terraform|opentofu|terragrunt)\b/i },
  { tool: 'cloudformation', says: /\b(?:cloudformation|serverless|sam)\b/i },
];

/** `null`: no tag names a tool that a change can be written for. */
export function managingTool(tags: Tags, managedTags: readonly string[]): ManagedTool | null {
  const telling = Object.entries(tags).filter(([key]) => managedTags.includes(key) || isOfService(key));
  const texts = telling.flatMap(([key, value]) => [key, ...(isOfService(key) ? stackWords(key, value) : [value])]);
  return signs.find(({ says }) => texts.some((text) => says.test(text)))?.tool ?? null;
}

function isOfService(key: string): boolean {
  return key.startsWith('aws:cloudformation:') || key.startsWith('amplify:');
}

/** A stack may be called anything; only Amplify's own begin with its name. */
function stackWords(key: string, value: string): readonly string[] {
  return key === 'aws:cloudformation:stack-name' && value.startsWith('amplify-') ? [value] : [];
}
