/**
 * Answers that are no plain success, as the SDK itself reads them: error classes, metadata, and what they tell of the
 * clock. The client has nobody's identity and no connection; the answer that came is played to it again, so that nothing
 * is ever sent twice.
 */
import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  type CognitoIdentityProviderClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-cognito-identity-provider';
import type { HttpResponse } from '@smithy/core/protocols';
import type { Command, RequestSigner } from '@smithy/types';
import { keepAnswerText } from '../answers/answer-text.ts';
import type { ClockOffset } from '../requests/requests.ts';

/** As `CognitoIdentityProviderClient.send` takes it. */
export type CognitoCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Command<
  ServiceInputTypes,
  Input,
  ServiceOutputTypes,
  Output,
  CognitoIdentityProviderClientResolvedConfig
>;

export interface Refusals {
  /**
   * What the SDK makes of the answer to a command: its output, where that is a success after all. Rejects with its error.
   *
   * @param offset of the clock that the request was signed with; afterwards, what the answer tells of it
   */
  read<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: CognitoCommand<Input, Output>,
    response: HttpResponse,
    offset: ClockOffset,
  ): Promise<Output>;
}

const unsigned: RequestSigner = { sign: (request) => Promise.resolve(request) };
const nobody = { accessKeyId: 'nobody', secretAccessKey: 'nothing' };

/** Offsets that differ by less are of one clock: the SDK minds four minutes. */
const sameClockMs = 60_000;

/** @param config as clients have it otherwise */
export function newRefusals(config: CognitoIdentityProviderClientConfig): Refusals {
  let client: CognitoIdentityProviderClient | null = null;

  /** Whether a refusal is the clock's fault is asked against the offset before it, and a client learns from each answer. */
  function clientAt(offsetMs: number): CognitoIdentityProviderClient {
    if (client !== null && Math.abs(client.config.systemClockOffset - offsetMs) < sameClockMs) return client;
    client = new CognitoIdentityProviderClient({
      ...config,
      credentials: nobody,
      signer: unsigned,
      systemClockOffset: offsetMs,
    });
    client.middlewareStack.use(keepAnswerText);
    return client;
  }

  return {
    async read(command, response, offset) {
      const reading = clientAt(offset.ms);
      command.middlewareStack.add(() => () => Promise.resolve({ response }), {
        step: 'deserialize',
        priority: 'low',
        name: 'replayAnswer',
      });
      try {
        // With options of its own a command's own middleware counts, and nothing comes from the client's cache.
        return await reading.send(command, {});
      } finally {
        offset.ms = reading.config.systemClockOffset;
      }
    },
  };
}
