/** The command line of `npm run conformance`. */
import { parseArgs } from 'node:util';
import { UserError } from '../../src/errors.ts';
import type { Variables } from './endpoint.ts';

/** An emulator on this machine. */
export interface Emulator {
  readonly name: string;
  readonly url: string;
}

export interface Settings {
  /** Whose table is printed, in this order; none: no table. */
  readonly emulators: readonly Emulator[];
  /** `null`: AWS's own; with no profile either, the sandbox. */
  readonly endpointUrl: string | null;
  readonly profile: string | null;
  readonly region: string | null;
  readonly deviations: string | null;
  /** Ids of cases; none: all. */
  readonly cases: readonly string[];
  readonly yes: boolean;
  readonly help: boolean;
  readonly variables: Variables;
}

export const usage = `Usage: npm run conformance -- [options]

Plays the conformance cases against the sandbox, or against another endpoint of Amazon Cognito.

  --endpoint-url URL     an emulator, such as moto
  --profile NAME         a real account, by a profile of the AWS CLI; makes one throwaway pool at a time
  --region REGION        default: the profile's, or AWS_REGION
  --deviations FILE      what is known to be otherwise at this endpoint
  --case ID              only this case; repeatable
  --sms-role-arn ARN     a role that Cognito may send SMS with, for the cases that need one,
  --sms-external-id ID     and the external id that its trust policy asks for
  --ses-source-arn ARN   a verified SES identity, for the cases that need a sender of one's own
  --lambda-arn ARN       a function in the region, for the case that needs a trigger
  --users                also make users in the throwaway pools, for the cases that need some; nobody gets a message
  --emulator NAME=URL    print a table of who keeps which rule, a column for each; repeatable
  --yes                  do not ask before pools are made

Exit codes: 0 as expected, 1 something is not, or nothing could be played.
`;

/** Throws a `UserError` for flags that there are not or that don't go together. */
export function settingsFrom(args: readonly string[]): Settings {
  const { values } = parsed(args);
  const variables = Object.entries({
    smsRoleArn: values['sms-role-arn'],
    smsExternalId: values['sms-external-id'],
    sesSourceArn: values['ses-source-arn'],
    lambdaArn: values['lambda-arn'],
    users: values.users === true ? 'made-up' : undefined,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    endpointUrl: values['endpoint-url'] ?? null,
    profile: values.profile ?? null,
    region: values.region ?? null,
    deviations: values.deviations ?? null,
    cases: values.case ?? [],
    emulators: (values.emulator ?? []).map(toEmulator),
    yes: values.yes ?? false,
    help: values.help ?? false,
    variables: Object.fromEntries(variables),
  };
}

function toEmulator(text: string): Emulator {
  const [, name, url] = /^([^=]+)=(http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\/?)$/.exec(text) ?? [];
  if (name !== undefined && url !== undefined) return { name, url };
  throw new UserError(`"${text}" is no emulator on this machine. --emulator is like moto=http://127.0.0.1:5000`);
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        'endpoint-url': string,
        profile: string,
        region: string,
        deviations: string,
        case: { type: 'string', multiple: true },
        emulator: { type: 'string', multiple: true },
        'sms-role-arn': string,
        'sms-external-id': string,
        'ses-source-arn': string,
        'lambda-arn': string,
        users: flag,
        yes: flag,
        help: flag,
      },
    });
  } catch (error) {
    if (error instanceof Error) throw new UserError(`${error.message}\n\n${usage}`, { cause: error });
    throw error;
  }
}
