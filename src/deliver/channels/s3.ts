/** The files of a night in a bucket: each is written once, never over another, and read back. */
import { counted } from '../../number-format.ts';
import type { CallFailure } from '../../pacing/call-result.ts';
import type { Encryption, FileToStore, ObjectStore, StoredObject } from '../../ports/delivery.ts';
import { sentence } from '../../report/text/sentence.ts';
import { type Channel, DeliveryError } from '../channel.ts';
import { valueOf } from '../failures.ts';

/** Files that belong together. */
export interface FileSet {
  /** The last of them: where it is there as it is to be, the others were written and read back before it. `null`: each is asked for. */
  readonly proof: FileToStore | null;
  /** In their order. */
  files(): Promise<readonly FileToStore[]>;
}

/** Makes the files, hands them to the work in their order, and removes them after. */
export type WithFiles = <T>(work: (sets: AsyncIterable<FileSet>) => Promise<T>) => Promise<T>;

export function s3Channel(name: string, store: ObjectStore, withFiles: WithFiles): Channel {
  return {
    name,
    deliver: () =>
      withFiles(async (sets) => {
        const asked = await store.encryption();
        // Where that may not be asked, the bucket does as it does.
        const isDenied = !asked.ok && asked.failure.code === 'AccessDenied';
        const encryption = isDenied ? unsaid : valueOf(asked, remedyFor(store));
        const counts = { written: 0, there: 0, nights: 0 };
        for await (const set of sets) await storeSet(set, store, encryption, counts);
        const unasked = isDenied
          ? `; with which encryption was not said. ${sentence(asked.failure.message)} ${asked.failure.remedy}`
          : '';
        return `${told(counts)}${unasked}`;
      }),
  };
}

interface Counts {
  written: number;
  there: number;
  /** Of the history, that were proved. */
  nights: number;
}

function told({ written, there, nights }: Counts): string {
  const parts = [
    `wrote ${counted(written, 'object')} and read ${written === 1 ? 'it' : 'them'} back`,
    there === 0 ? '' : `${counted(there, 'was', 'were')} there already`,
    nights === 0 ? '' : `${counted(nights, 'night')} of the history ${nights === 1 ? 'was' : 'were'} there before`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

async function storeSet(set: FileSet, store: ObjectStore, encryption: Encryption, counts: Counts): Promise<void> {
  if (set.proof !== null && (await isThere(set.proof, store))) {
    counts.nights += 1;
    return;
  }
  for (const file of await set.files()) {
    const isWritten = valueOf(await store.putNew(file, encryption), remedyFor(store));
    const found = valueOf(await store.head(file.key), remedyFor(store));
    requireSame(file, found, store);
    if (isWritten) requireEncrypted(file, found, encryption, store);
    counts[isWritten ? 'written' : 'there'] += 1;
  }
}

/** Who may not list the bucket is denied what is not there (S3 API reference, HeadObject): that is to be written then. */
async function isThere(file: FileToStore, store: ObjectStore): Promise<boolean> {
  const found = await store.head(file.key);
  if (found.ok) requireSame(file, found.value, store);
  return found.ok;
}

const unsaid: Encryption = { algorithm: null, keyId: null };

function requireSame(file: FileToStore, found: StoredObject, { bucket }: ObjectStore): void {
  const isSame = found.bytes === file.bytes && (found.sha256 === null || found.sha256 === file.sha256);
  if (isSame) return;
  throw new DeliveryError(
    `s3://${bucket}/${file.key} holds something else (${counted(found.bytes ?? 0, 'byte')}, where the night has ${counted(file.bytes, 'byte')}), and nothing is overwritten. Another version wrote it, or somebody changed it: look at it, or deliver to another prefix.`,
  );
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

function remedyFor({ bucket }: ObjectStore) {
  return ({ name }: CallFailure): string | null => {
    if (name === 'NoSuchBucket') return `There is no bucket ${bucket}: make it, or correct its name.`;
    if (name === 'ConditionalRequestConflict') return 'Somebody else writes the same object: deliver again.';
    if (name.startsWith('KMS.'))
      return 'Allow the caller kms:GenerateDataKey and kms:Decrypt on the key of the bucket.';
    return null;
  };
}
