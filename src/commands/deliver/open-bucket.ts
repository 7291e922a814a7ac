import { endpointHosts, type DeliveryAccess } from '../../aws/delivery/access.ts';
import { objectStore } from '../../aws/delivery/s3.ts';
import type { Result } from '../../domain/result/result.ts';
import type { Channel } from '../../deliver/channel.ts';
import { s3Channel } from '../../deliver/channels/s3.ts';
import type { BucketPlace } from '../../deliver/targets.ts';
import type { Shell } from '../output/shell.ts';
import { nightFiles } from './night-files.ts';

export interface BucketContext {
  readonly tonight: Result;
  /** The folder of a history; `null`: none was named. */
  readonly history: string | null;
  readonly shell: Shell;
  /** @throws UserError where one of the hosts was not consented to */
  readonly consent: (hosts: readonly string[]) => void;
}

export function openBucket(
  name: string,
  { bucket, prefix }: BucketPlace,
  access: DeliveryAccess,
  { tonight, history, shell, consent }: BucketContext,
): Channel {
  consent(endpointHosts(access, 's3'));
  return s3Channel(name, objectStore(access, bucket), nightFiles(tonight, { prefix, history }, shell));
}
