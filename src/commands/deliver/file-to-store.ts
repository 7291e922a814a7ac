import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { FileToStore } from '../../ports/delivery.ts';

/** A file as it is on the disk now, which is never held in memory. */
export async function fileToStore(key: string, file: string): Promise<FileToStore> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { key, file, bytes: (await stat(file)).size, sha256: hash.digest('base64') };
}
