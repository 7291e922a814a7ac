import type { AwsCredentialIdentity } from '@smithy/types';
import { succeeded, type Attempt } from '../../pacing/call-result.ts';

/**
 * Who signs requests: one account's credentials, kept fresh. A client is made for one identity and never sees another.
 */
export interface Identity {
  /** As advice names it: `the caller`, `the audit role NAME`. No account stands in it. */
  readonly label: string;
  /** Whose credentials they are; `null` while that is not known. */
  accountId(): string | null;
  /** Resolves once credentials are at hand that last; asked before a request takes its place, since it may call AWS. */
  ready(): Promise<Attempt<void>>;
  /** The credentials to sign with; for a role it never asks the network. */
  credentials(): Promise<AwsCredentialIdentity>;
  /** Changes with the credentials, so that a late refusal of old ones doesn't throw new ones away. */
  generation(): number;
  /** The service says that the credentials of this generation have expired. */
  expire(generation: number): void;
}

/** Credentials as they are, which nobody renews. */
export function heldIdentity(credentials: AwsCredentialIdentity): Identity {
  return {
    label: 'the caller',
    accountId: () => null,
    ready: () => Promise.resolve(succeeded(undefined)),
    credentials: () => Promise.resolve(credentials),
    generation: () => 0,
    expire: () => {},
  };
}
