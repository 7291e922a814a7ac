/** From what a change was made, as far as an event tells. */
import type { Agent, Principal } from '../model/blame.ts';

/** What of an event tells it. */
export interface AgentFacts {
  readonly userAgent: string;
  readonly sourceAddress: string;
  /** The service that called in somebody's name; `''`: none. */
  readonly invokedBy: string;
  /** `sessionCredentialFromConsole`. */
  readonly isFromConsole: boolean;
  readonly who: Principal;
}

interface Sign {
  readonly agent: Agent;
  readonly source: string;
  says(facts: AgentFacts): boolean;
}

const userAgent = (pattern: RegExp) => (facts: AgentFacts) => pattern.test(facts.userAgent);

/** CloudFormation calls in the name of who deploys, and leaves its own name in place of agent and address. */
function isCloudFormation({ userAgent: agent, sourceAddress, invokedBy }: AgentFacts): boolean {
  return [agent, sourceAddress, invokedBy].some((text) => /^(?:[\w-]+\.)?cloudformation\.amazonaws\.com$/.test(text));
}

/**
 * The first that says yes. CloudShell's commands have the console's credentials, so that the agent goes before them; the
 * consoles' own servers call through SDKs, so that they go before those.
 */
export const agentSigns: readonly Sign[] = [
  {
    agent: 'mfa-drift',
    source: 'the application id that this program sends (src/aws/session/clients.ts)',
    says: userAgent(/\bapp\/mfa-drift\b/),
  },
  {
    agent: 'cdk',
    source: 'CloudFormation, by the execution role of the CDK bootstrap template (AWS CDK guide, Bootstrapping)',
    says: (facts) => isCloudFormation(facts) && /^cdk-\w+-cfn-exec-role-\d{12}-[\w-]+$/.test(facts.who.name ?? ''),
  },
  {
    agent: 'cloudformation',
    source: 'published events of other services; none of Cognito was found',
    says: isCloudFormation,
  },
  {
    agent: 'terraform',
    source: 'published events of the AWS provider 5 (APN/1.0 HashiCorp/1.0 Terraform/… terraform-provider-aws/…)',
    says: userAgent(/\bterraform-provider-aws\/|\b(?:Terraform|OpenTofu)\/\d/),
  },
  {
    agent: 'cli',
    source: 'CloudTrail user guide, examples of events (aws-cli/2.13.5 Python/3.11.4 …)',
    says: userAgent(/^\[?aws-cli\//),
  },
  {
    agent: 'console',
    source: 'CloudTrail user guide, record contents: sessionCredentialFromConsole; console.amazonaws.com; browsers',
    says: (facts) =>
      facts.isFromConsole || /^\[?(?:Mozilla\/\d|(?:console|signin)\.amazonaws\.com)/.test(facts.userAgent),
  },
  {
    agent: 'sdk',
    source: 'AWS SDKs and Tools reference guide, user agents',
    says: userAgent(/^\[?(?:aws-sdk-|Boto3\/|Botocore\/)/),
  },
];

/** `null`: nothing tells. */
export function agentOf(facts: AgentFacts): Agent | null {
  return agentSigns.find((sign) => sign.says(facts))?.agent ?? null;
}
