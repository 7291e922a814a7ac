/**
 * The SDK's own client, made to send each request exactly as a case writes it and to keep the answer's own text: its
 * serializer drops what its model does not know, in both directions.
 */
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/model/json.ts';
import type { Answer } from './endpoint.ts';

/** Of several calls at once it would mix up the answers: one after the other, please. */
export class RawClient {
  readonly sdk: CognitoIdentityProviderClient;
  private text = '';

  constructor(config: CognitoIdentityProviderClientConfig) {
    this.sdk = new CognitoIdentityProviderClient(config);
    this.sdk.middlewareStack.add(
      (next) => (call) => {
        if (hasBody(call)) call.request.body = JSON.stringify(call.input);
        return next(call);
      },
      { step: 'build', priority: 'high', name: 'sendAsWritten' },
    );
    this.sdk.middlewareStack.add(
      (next) => async (call) => {
        const result = await next(call);
        await this.keepText(result.response);
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'keepText' },
    );
  }

  set(input: JsonObject): Promise<Answer> {
    const command = new SetUserPoolMfaConfigCommand({ UserPoolId: undefined });
    return this.answerOf(() => this.sdk.send(Object.assign(command, { input })));
  }

  get(id: string): Promise<Answer> {
    return this.answerOf(() => this.sdk.send(new GetUserPoolMfaConfigCommand({ UserPoolId: id })));
  }

  /** The answer's `UserPool`. */
  async describe(id: string): Promise<Answer> {
    const answer = await this.answerOf(() => this.sdk.send(new DescribeUserPoolCommand({ UserPoolId: id })));
    const pool = answer.ok ? answer.body['UserPool'] : undefined;
    return isJsonObject(pool) ? { ok: true, body: pool } : answer;
  }

  private async answerOf(send: () => Promise<unknown>): Promise<Answer> {
    try {
      await send();
    } catch (error) {
      if (error instanceof Error) return { ok: false, name: error.name, message: error.message };
      throw error;
    }
    const body: JsonValue = JSON.parse(this.text);
    return { ok: true, body: isJsonObject(body) ? body : {} };
  }

  private async keepText(response: unknown): Promise<void> {
    if (typeof response !== 'object' || response === null || !('body' in response)) return;
    if (!(response.body instanceof Readable)) return;
    const bytes = await buffer(response.body);
    this.text = bytes.toString('utf8');
    response.body = bytes;
  }
}

function hasBody(call: { readonly request: unknown }): call is { readonly request: { body: unknown } } {
  return typeof call.request === 'object' && call.request !== null && 'body' in call.request;
}
