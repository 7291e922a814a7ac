import {
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AccountWriter } from '../../ports/account-writer.ts';
import { rawAnswer } from '../answers/answer-text.ts';
import type { Clients } from '../session/clients.ts';
import type { Identity } from '../session/identity.ts';
import { askOwner } from '../session/owner.ts';
import { requestsAs } from './requests.ts';

/** Clients for one account's changes; they make one attempt each, so that no write is repeated behind our back. */
export function accountWriter(clients: Clients, identity: Identity): AccountWriter {
  return {
    ready: () => identity.ready(),
    generation: () => identity.generation(),
    owner: () => askOwner(clients, identity, (owner) => owner),
    set(region, input) {
      const client = clients.cognito(identity, region);
      // A plan that names members which the SDK's model does not know was refused long before.
      const command = new SetUserPoolMfaConfigCommand(input as unknown as SetUserPoolMfaConfigCommandInput);
      return requestsAs(identity, client, clients)(
        'cognito-idp:SetUserPoolMfaConfig',
        () => client.send(command),
        // What it says is of no account, since the pool is read back; but it must come from Cognito.
        (output) => void rawAnswer(output),
      );
    },
  };
}
