/**
 * Reads of Cognito by one identity in one region. The first of an operation in a region goes through a client, whose
 * stack makes the template (`templates.ts`); after that a request is the template with a new body, signed by the SDK's own
 * signer with the same identity. The text of a plain 200 is the answer; all else is read by the SDK (`refusals.ts`).
 */
import type {
  CognitoIdentityProviderClient,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-cognito-identity-provider';
import { HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import type { MetadataBearer, RequestSigner } from '@smithy/types';
import { answerOfText } from '../answers/answer-text.ts';
import { bodyText } from '../answers/body.ts';
import type { AnyClient, ClockOffset } from '../requests/requests.ts';
import type { Handler } from '../connection/http.ts';
import type { CognitoCommand, Refusals } from './refusals.ts';
import { requestFrom, type RequestTemplate, type RequestTemplates } from './templates.ts';

export interface CognitoReader extends AnyClient {
  /** Resolves with an object for `rawAnswer`; rejects as a client does. */
  ask<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    operation: string,
    command: new (input: Input) => CognitoCommand<Input, Output>,
    input: Input,
  ): Promise<MetadataBearer>;
}

export interface ReaderParts {
  readonly region: string;
  readonly signer: RequestSigner;
  /** Makes the client of the same identity. */
  readonly client: () => CognitoIdentityProviderClient;
  readonly handler: Handler;
  readonly templates: RequestTemplates;
  readonly refusals: Refusals;
  readonly clockOffset: ClockOffset;
}

export function cognitoReader(parts: ReaderParts): CognitoReader {
  const { region, signer, handler, templates, refusals, clockOffset } = parts;
  let made: CognitoIdentityProviderClient | null = null;
  /** As the last client or refusal of these told it. */
  let toldOffsetMs: number | null = null;

  async function byClient(send: (client: CognitoIdentityProviderClient) => Promise<MetadataBearer>) {
    const client = (made ??= parts.client());
    try {
      return await send(client);
    } finally {
      toldOffsetMs = client.config.systemClockOffset;
    }
  }

  async function sendAs(template: RequestTemplate, input: object, offsetMs: number): Promise<HttpResponse> {
    const request = await signer.sign(requestFrom(template, JSON.stringify(input)), {
      signingDate: new Date(Date.now() + offsetMs),
      ...template.signing,
    });
    return (await handler.handle(HttpRequest.isInstance(request) ? request : new HttpRequest(request))).response;
  }

  return {
    config: new ReaderConfig(region, () => toldOffsetMs ?? clockOffset.ms),
    async ask(operation, command, input) {
      const template = templates.of(region, operation);
      if (template === null) return byClient((client) => client.send(new command(input)));
      const offset = { ms: clockOffset.ms };
      const response = await sendAs(template, input, offset.ms);
      if (response.statusCode === 200) return answerOfText(bodyText(response.body), metadataOf(response));
      try {
        return await refusals.read(new command(input), response, offset);
      } finally {
        toldOffsetMs = offset.ms;
      }
    },
  };
}

/** A class, since an accessor in a literal makes a slow object, of which there is one a unit. */
class ReaderConfig {
  readonly region: () => Promise<string>;
  private readonly offsetMs: () => number;

  constructor(region: string, offsetMs: () => number) {
    this.region = () => Promise.resolve(region);
    this.offsetMs = offsetMs;
  }

  get systemClockOffset(): number {
    return this.offsetMs();
  }
}

function metadataOf({ statusCode, headers }: HttpResponse): MetadataBearer['$metadata'] {
  const requestId = headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id'];
  return { httpStatusCode: statusCode, ...(requestId === undefined ? {} : { requestId }) };
}
