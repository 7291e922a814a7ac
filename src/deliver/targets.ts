/** Where to deliver, as a user writes it. */
import { closest } from 'fastest-levenshtein';
import { UserError } from '../errors.ts';

interface Form {
  /** As help and documentation show it. */
  readonly form: string;
  readonly what: string;
}

/** Every kind of target by the word that it begins with. */
export const targetForms = {
  slack: { form: 'slack[:VARIABLE]', what: 'an incoming webhook of Slack; its address is in MFA_DRIFT_SLACK_WEBHOOK' },
  teams: { form: 'teams[:VARIABLE]', what: 'a workflow of Microsoft Teams; its address is in MFA_DRIFT_TEAMS_WEBHOOK' },
  webhook: { form: 'webhook[:VARIABLE]', what: 'JSON by POST to the address in MFA_DRIFT_WEBHOOK' },
  securityhub: {
    form: 'securityhub[:ACCOUNT][/REGION]',
    what: "AWS Security Hub: imports what stands, archives what is resolved (default: its administrator's account)",
  },
  s3: {
    form: 's3://BUCKET[/PREFIX]',
    what: 'the evidence pack with result and page, and the history: each object is written once and read back',
  },
  eventbridge: {
    form: 'eventbridge[:BUS]',
    what: 'an event for each finding that opened or was resolved (default: the bus default)',
  },
  exec: {
    form: 'exec:COMMAND',
    what: 'a command of your own, with a line of JSON for each piece of news on its standard input',
  },
} as const satisfies Readonly<Record<string, Form>>;
export type TargetKind = keyof typeof targetForms;

export interface Target {
  readonly kind: TargetKind;
  /** As lines tell it. */
  readonly name: string;
  /** What stands behind the word, without the colon; '' where nothing does. */
  readonly rest: string;
}

/** @throws UserError for what is no target */
export function parseTarget(text: string): Target {
  const [word = ''] = text.split(':');
  const kinds = Object.keys(targetForms);
  if (!isKind(word)) {
    const forms = Object.values<Form>(targetForms).map(({ form }) => form);
    throw new UserError(
      `${JSON.stringify(word)} is nothing that can be delivered to. Write ${forms.join(', ')}. Did you mean ${closest(word, kinds)}?`,
    );
  }
  const rest = text.slice(word.length + 1);
  return { kind: word, name: word === 'exec' ? programOf(rest) : text, rest };
}

/** What stands behind a program's name may be nobody's business. */
function programOf(command: string): string {
  return `exec:${command.trim().split(/\s/, 1)[0] ?? ''}`;
}

function isKind(word: string): word is TargetKind {
  return Object.hasOwn(targetForms, word);
}

/** `null`: not said. */
export interface HubPlace {
  readonly accountId: string | null;
  readonly region: string | null;
}

/** @throws UserError for what is no account and no region */
export function hubPlace({ rest }: Target): HubPlace {
  const [, accountId = null, region = null] = /^(?:(\d{12})(?:\/|$))?([a-z]{2,}(?:-[a-z]+)+-\d+)?$/.exec(rest) ?? [];
  if (rest === '' || (accountId ?? region) !== null) return { accountId, region };
  throw new UserError(
    `securityhub:${rest} names no account and no region. Write securityhub, securityhub:111122223333, securityhub:eu-west-1 or securityhub:111122223333/eu-west-1.`,
  );
}

export interface BucketPlace {
  readonly bucket: string;
  /** '' for none. */
  readonly prefix: string;
}

/** @throws UserError for what is no bucket. Source: S3 user guide, "General purpose bucket naming rules". */
export function bucketPlace({ name, rest }: Target): BucketPlace {
  const [, bucket, prefix = ''] = /^\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(rest) ?? [];
  if (bucket !== undefined) return { bucket, prefix };
  throw new UserError(`${name} names no bucket. Write s3://BUCKET or s3://BUCKET/PREFIX.`);
}

/** @throws UserError for what is neither the name nor the ARN of a bus */
export function busOf({ name, rest }: Target): string {
  if (rest === '') return 'default';
  if (/^(?:arn:[a-z-]+:events:[a-z0-9-]+:\d{12}:event-bus\/)?[/.\w-]{1,256}$/.test(rest)) return rest;
  throw new UserError(`${name} names no event bus. Write eventbridge, eventbridge:NAME or eventbridge:ARN.`);
}

/**
 * The variable that holds the address of a webhook.
 *
 * @throws UserError where an address stands in its place
 */
export function variableOf({ kind, rest }: Target, usual: string): string {
  if (rest === '') return usual;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(rest)) return rest;
  throw new UserError(
    `${kind}:… takes the name of an environment variable, and no address: addresses of webhooks are secrets. Put it into ${usual}, and write ${kind}.`,
  );
}
