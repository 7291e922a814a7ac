/** Whose credentials are, as STS says it. */
import { GetCallerIdentityCommand, type GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import { accountIdPattern } from '../../domain/model/ids.ts';
import type { Attempt, CallFailure } from '../../pacing/call-result.ts';
import type { Clients } from './clients.ts';
import { FailureError, type Action } from '../failures/failures.ts';
import type { Identity } from './identity.ts';
import { textOf, unlike } from '../answers/members.ts';
import { requestsAs } from '../requests/requests.ts';
import type { Owner } from '../../ports/account-writer.ts';

const arnOfAccount = new RegExp(`^arn:[^:]+:[^:]+:[^:]*:(${accountIdPattern}):`);

/** The account that an ARN names. Throws MalformedAnswer where it is no ARN of an account. */
export function accountIn(arn: unknown): string {
  const [, accountId] = arnOfAccount.exec(textOf(arn, 'Arn')) ?? [];
  if (accountId === undefined) throw unlike('its Arn names no account');
  return accountId;
}

/** One GetCallerIdentity, with what `read` makes of whom it names. */
export function askOwner<T>(clients: Clients, identity: Identity, read: (owner: Owner) => T): Promise<Attempt<T>> {
  const client = clients.sts(identity);
  return requestsAs(identity, client, clients)(
    'sts:GetCallerIdentity',
    () => client.send(new GetCallerIdentityCommand({})),
    (answer) => read(ownerIn(answer)),
  );
}

/** Throws MalformedAnswer where the answer names nobody, or two accounts. */
export function ownerIn({
  Account: account,
  Arn: arn,
}: Pick<GetCallerIdentityCommandOutput, 'Account' | 'Arn'>): Owner {
  const accountId = textOf(account, 'Account');
  if (accountIn(arn) !== accountId) throw unlike(`it names two accounts, ${accountId} and ${arn}`);
  return { accountId, arn: textOf(arn, 'Arn') };
}

/** Throws FailureError where the credentials for one account are another's. */
export function requireAccount(wanted: string, found: string, action: Action): void {
  if (found !== wanted) throw new FailureError(foreignCredentials(wanted, found, action));
}

function foreignCredentials(wanted: string, found: string, action: Action): CallFailure {
  return {
    name: 'ForeignCredentials',
    code: 'credentials',
    retry: 'no',
    message: `${action}: the credentials for account ${wanted} are those of account ${found}`,
    remedy:
      'Check the endpoint of STS and what stands between it and here (AWS_ENDPOINT_URL_STS, proxy, gateway): it answers for another account.',
    requestId: null,
  };
}
