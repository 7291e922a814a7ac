import {
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AccountWriter } from '../remediate/ports.ts';
import type { Clients } from './clients.ts';
import type { Identity } from './identity.ts';
import { MalformedAnswer } from './malformed-answer.ts';
import { requestAs } from './requests.ts';

/** Clients for one account's changes; they make one attempt each, so that no write is repeated behind our back. */
export function accountWriter(clients: Clients, identity: Identity): AccountWriter {
  return {
    ready: () => identity.ready(),
    owner() {
      const client = clients.sts(identity);
      return requestAs(identity, client, clients.clockOffset, 'sts:GetCallerIdentity', async () => {
        const { Account: accountId } = await client.send(new GetCallerIdentityCommand({}));
        if (accountId === undefined) throw new MalformedAnswer('the answer names no account', { isDamaged: false });
        return accountId;
      });
    },
    set(region, input) {
      const client = clients.cognito(identity, region);
      return requestAs(identity, client, clients.clockOffset, 'cognito-idp:SetUserPoolMfaConfig', async () => {
        // A plan that names members which the SDK's model does not know was refused long before.
        await client.send(new SetUserPoolMfaConfigCommand(input as unknown as SetUserPoolMfaConfigCommandInput));
      });
    },
  };
}
