/**
 * What a result says of who changed a pool last, as AWS CloudTrail tells it. How it is found out stands in
 * `domain/blame`; where it is told, in words, in `report/text/blame-words.ts`.
 */
import type { Failure } from './observation.ts';

/** The events of Cognito that can change the MFA of a pool; of those of one second, the first is the last word. */
export const changeEventNames = ['SetUserPoolMfaConfig', 'UpdateUserPool', 'CreateUserPool'] as const;
export type ChangeEventName = (typeof changeEventNames)[number];

/** From what a change was made; `managesAsCode`: its next deployment undoes what others change. */
export const agents = {
  terraform: { words: 'Terraform', managesAsCode: true },
  cdk: { words: 'AWS CDK', managesAsCode: true },
  cloudformation: { words: 'CloudFormation', managesAsCode: true },
  console: { words: 'the AWS console', managesAsCode: false },
  cli: { words: 'the AWS CLI', managesAsCode: false },
  sdk: { words: 'an AWS SDK', managesAsCode: false },
  'mfa-drift': { words: 'mfa-drift itself', managesAsCode: false },
} as const satisfies Readonly<Record<string, { readonly words: string; readonly managesAsCode: boolean }>>;
export type Agent = keyof typeof agents;
export const agentNames = Object.keys(agents) as readonly Agent[];
export type CodeAgent = { [Name in Agent]: (typeof agents)[Name]['managesAsCode'] extends true ? Name : never }[Agent];
export const codeAgents: readonly CodeAgent[] = agentNames.filter(isCodeAgent);

export function isCodeAgent(agent: Agent | null): agent is CodeAgent {
  return agent !== null && agents[agent].managesAsCode;
}

/** `federated`: known by the name of a session alone. `service`: AWS itself. */
export const principalKinds = ['role', 'user', 'root', 'federated', 'service', 'unknown'] as const;

/** Who signed a request. */
export interface Principal {
  readonly kind: (typeof principalKinds)[number];
  /** Of the role, the user or the service. */
  readonly name: string | null;
  /** Whoever assumed the role calls it so: often an e-mail address, so that it is masked in what is shared. */
  readonly session: string | null;
  readonly arn: string | null;
}

/** One event of CloudTrail. */
export interface BlamedEvent {
  readonly id: string;
  readonly name: ChangeEventName;
  /** ISO 8601, UTC; CloudTrail counts whole seconds. */
  readonly at: string;
  readonly who: Principal;
  /** `null`: nothing in it tells. */
  readonly agent: Agent | null;
  /** A SetUserPoolMfaConfig that named the pool and nothing else, which the service obeys as OFF. */
  readonly namesOnlyPool: boolean;
}

/** Whether the last change could be named, and why not; docs/blame.md is written from it. */
export const blameMeanings = {
  named: 'The event is the last that can have changed the pool.',
  masked: 'Later events of the account and region, or all of them, hide the id of their pool.',
  capped: 'More events came than pages are read, and the last change may be among those that were not.',
  older:
    'There is no such event, and the pool was last changed more than 90 days ago, which is as far as CloudTrail goes back.',
  'not-found': 'There is no such event in 90 days, and nothing tells that the change is older.',
  denied: 'The role that audits may not ask CloudTrail.',
  unread: 'CloudTrail could not be asked.',
} as const;
export type BlameOutcome = keyof typeof blameMeanings;
export const blameOutcomes = Object.keys(blameMeanings) as readonly BlameOutcome[];

/** Two runs between which a pool changed, by when they began; ISO 8601, UTC. */
export interface Nights {
  /** `null`: none that is known had seen the pool before. */
  readonly after: string | null;
  readonly by: string;
}

export interface Blame {
  readonly outcome: BlameOutcome;
  /** `null` but for `named`. */
  readonly event: BlamedEvent | null;
  /** Of `denied` and `unread`. */
  readonly failure: Failure | null;
  /** `null`: no earlier run tells. */
  readonly nights: Nights | null;
}

/** An event of a tool that manages pools as code: it has changed this one, and will again. */
export interface CodeEvent {
  readonly agent: CodeAgent;
  readonly at: string;
  readonly eventId: string;
}

/** Who manages the pool as code, told by such an event: `Terraform (CloudTrail, 2026-11-20)`. */
export function managedByEvent({ agent, at }: CodeEvent): string {
  return `${agents[agent].words} (CloudTrail, ${at.slice(0, 10)})`;
}
