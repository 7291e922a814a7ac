import { randomUUID } from 'node:crypto';

/**
 * What the SDK's own retry strategies say with every request (AWS SDKs and tools reference guide, "Retry behavior"); for
 * the client each of ours is a call of one attempt, since trying again is the scheduler's.
 */
export function newRequestHeaders(): Record<string, string> {
  return { 'amz-sdk-invocation-id': randomUUID(), 'amz-sdk-request': 'attempt=1; max=1' };
}
