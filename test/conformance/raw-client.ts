/**
 * The SDK's own client, made to send each request exactly as a case writes it and to keep the answer's own text: its
 * serializer drops what its model does not know, in both directions.
 */
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  AdminGetUserAuthFactorsCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUsersCommand,
  SetUserPoolMfaConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/model/json.ts';
import type { Operation } from './case.ts';
import type { Answer } from './endpoint.ts';

/** Where the client of one service and that of another are told the same. */
export type ClientConfig = Pick<
  CognitoIdentityProviderClientConfig,
  'endpoint' | 'region' | 'credentials' | 'profile' | 'maxAttempts'
>;

/** Of several calls at once it would mix up the answers: one after the other, please. */
export class RawClient {
  readonly sdk: CognitoIdentityProviderClient;
  private readonly trail: CloudTrailClient;
  private text = '';

  constructor(config: ClientConfig) {
    this.sdk = new CognitoIdentityProviderClient(config);
    this.trail = new CloudTrailClient(config);
    const keepText = this.keepText.bind(this);
    this.sdk.middlewareStack.add(sendAsWritten, written);
    this.sdk.middlewareStack.add(keeping(keepText), kept);
    this.trail.middlewareStack.add(sendAsWritten, written);
    this.trail.middlewareStack.add(keeping(keepText), kept);
  }

  destroy(): void {
    this.sdk.destroy();
    this.trail.destroy();
  }

  call(operation: Operation, input: JsonObject): Promise<Answer> {
    return this.answerOf(() => this.send(operation, input));
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

  private send(operation: Operation, input: JsonObject): Promise<unknown> {
    const { sdk, trail } = this;
    const none = { UserPoolId: undefined };
    switch (operation) {
      case 'CreateUserPool':
        return sdk.send(Object.assign(new CreateUserPoolCommand({ PoolName: undefined }), { input }));
      case 'UpdateUserPool':
        return sdk.send(Object.assign(new UpdateUserPoolCommand(none), { input }));
      case 'DeleteUserPool':
        return sdk.send(Object.assign(new DeleteUserPoolCommand(none), { input }));
      case 'TagResource':
        return sdk.send(Object.assign(new TagResourceCommand({ ResourceArn: undefined, Tags: {} }), { input }));
      case 'UntagResource':
        return sdk.send(Object.assign(new UntagResourceCommand({ ResourceArn: undefined, TagKeys: [] }), { input }));
      case 'ListUsers':
        return sdk.send(Object.assign(new ListUsersCommand(none), { input }));
      case 'AdminGetUser':
        return sdk.send(Object.assign(new AdminGetUserCommand({ ...none, Username: undefined }), { input }));
      case 'AdminGetUserAuthFactors':
        return sdk.send(Object.assign(new AdminGetUserAuthFactorsCommand({ ...none, Username: undefined }), { input }));
      case 'AdminSetUserMFAPreference':
        return sdk.send(
          Object.assign(new AdminSetUserMFAPreferenceCommand({ ...none, Username: undefined }), { input }),
        );
      case 'LookupEvents':
        return trail.send(Object.assign(new LookupEventsCommand({}), { input }));
    }
  }

  private async answerOf(send: () => Promise<unknown>): Promise<Answer> {
    this.text = '';
    try {
      await send();
    } catch (error) {
      if (error instanceof Error) return { ok: false, name: error.name, message: error.message };
      throw error;
    }
    const body: JsonValue = this.text === '' ? {} : JSON.parse(this.text);
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

const written = { step: 'build', priority: 'high', name: 'sendAsWritten' } as const;
const kept = { step: 'deserialize', priority: 'low', name: 'keepText' } as const;

function sendAsWritten<Call extends { readonly input: object; readonly request: unknown }, Result>(
  next: (call: Call) => Result,
): (call: Call) => Result {
  return (call) => {
    if (hasBody(call)) call.request.body = JSON.stringify(call.input);
    return next(call);
  };
}

function keeping(keep: (response: unknown) => Promise<void>) {
  return <Call, Result extends { readonly response: unknown }>(next: (call: Call) => Promise<Result>) =>
    async (call: Call): Promise<Result> => {
      const result = await next(call);
      await keep(result.response);
      return result;
    };
}

function hasBody(call: { readonly request: unknown }): call is { readonly request: { body: unknown } } {
  return typeof call.request === 'object' && call.request !== null && 'body' in call.request;
}
