import type { JsonObject } from '../domain/model/json.ts';

/** The services that the sandbox plays, by the names that they sign with. */
export const serviceNames = ['sts', 'organizations', 'account', 'cognito-idp', 'cloudtrail'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** An operation's refusal: becomes the error answer of the service's protocol. Thrown by operations, caught once in `dispatch`. */
export class ServiceFailure extends Error {
  override readonly name: string;
  readonly status: number;
  /** Members that the error shape has beside its message, such as `Reason` of Organizations. */
  readonly members: JsonObject;

  constructor(name: string, message: string, status = 400, members: JsonObject = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.members = members;
  }
}
