/** Files that belong together, in a bucket: each is written once, never over another, and read back. */
import { counted } from '../../number-format.ts';
import type { CallFailure } from '../../pacing/call-result.ts';
import type { Encryption, FileToStore, ObjectStore, StoredObject } from '../../ports/delivery.ts';
import { DeliveryError } from '../channel.ts';
import { valueOf } from '../failures.ts';

export interface FileSet {
  /** A night of the history that was told before, so that all of it should be there. */
  readonly isBefore: boolean;
  /** In their order: where the last is there, the others were before it. `spoiled`: why none can be stored, and what to do. */
  files(): Promise<{ readonly files: readonly FileToStore[] } | { readonly spoiled: string }>;
}

/** What became of a set. */
export interface StoredSet {
  readonly written: number;
  /** Before, as they are to be. */
  readonly there: number;
  /** Objects that are something else there, a sentence each; nothing was written after the first was found. */
  readonly others: readonly string[];
}

/**
 * Every object is asked for, since whoever wrote it is not the only one who can write there.
 *
 * @throws DeliveryError where the bucket refuses
 */
export async function storeSet(
  files: readonly FileToStore[],
  store: ObjectStore,
  encryption: Encryption,
): Promise<StoredSet> {
  const found = await Promise.all(files.map(async (file) => ({ file, object: await store.head(file.key) })));
  // Who may not list the bucket is denied what is not there (S3 API reference, HeadObject): that is to be written then.
  const there = found.flatMap(({ file, object }) => (object.ok ? [{ file, object: object.value }] : []));
  const others = there.flatMap(({ file, object }) => otherIn(file, object, store));
  const done = { written: 0, there: there.length - others.length, others };
  for (const { file, object } of found) {
    if (done.others.length > 0) break;
    if (!object.ok) await writeNew(file, store, encryption, done);
  }
  return done;
}

/** Somebody else may have written it in the meantime. */
async function writeNew(
  file: FileToStore,
  store: ObjectStore,
  encryption: Encryption,
  done: { written: number; there: number; others: readonly string[] },
): Promise<void> {
  const isWritten = valueOf(await store.putNew(file, encryption), remedyFor(store));
  const object = valueOf(await store.head(file.key), remedyFor(store));
  done.others = otherIn(file, object, store);
  if (done.others.length > 0) return;
  if (isWritten) requireEncrypted(file, object, encryption, store);
  done[isWritten ? 'written' : 'there'] += 1;
}

/** A store that keeps no SHA-256 tells by the length alone. */
function otherIn(file: FileToStore, { bytes, sha256 }: StoredObject, { bucket }: ObjectStore): readonly string[] {
  if (bytes === file.bytes && (sha256 === null || sha256 === file.sha256)) return [];
  const how =
    bytes === file.bytes
      ? `${counted(bytes, 'byte')} too, with another SHA-256`
      : `${counted(bytes ?? 0, 'byte')}, where the night has ${counted(file.bytes, 'byte')}`;
  return [`s3://${bucket}/${file.key} holds something else (${how}), and nothing is overwritten.`];
}

/** Of what was written now: what lay there already may be older than what the bucket wants today. */
function requireEncrypted(
  { key }: FileToStore,
  found: StoredObject,
  { algorithm: wanted }: Encryption,
  { bucket }: ObjectStore,
): void {
  if (wanted === null || found.algorithm === wanted) return;
  throw new DeliveryError(
    `s3://${bucket}/${key} was written with the encryption ${found.algorithm ?? 'none'}, where the bucket wants ${wanted}: look at what stands between here and S3.`,
  );
}

export function remedyFor({ bucket }: ObjectStore) {
  return ({ name }: CallFailure): string | null => {
    if (name === 'NoSuchBucket') return `There is no bucket ${bucket}: make it, or correct its name.`;
    if (name === 'ConditionalRequestConflict') return 'Somebody else writes the same object: deliver again.';
    if (name.startsWith('KMS.'))
      return 'Allow the caller kms:GenerateDataKey and kms:Decrypt on the key of the bucket.';
    return null;
  };
}
