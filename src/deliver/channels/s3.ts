/** The files of a night in a bucket, and what became of them in words. */
import { counted } from '../../number-format.ts';
import type { Encryption, ObjectStore } from '../../ports/delivery.ts';
import { sentence } from '../../report/text/sentence.ts';
import { type Channel, DeliveryError } from '../channel.ts';
import { valueOf } from '../failures.ts';
import { remedyFor, storeSet, type FileSet } from './store-set.ts';

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
        const done = await storeAll(sets, store, encryption);
        const unasked = isDenied
          ? `; with which encryption was not said. ${sentence(asked.failure.message)} ${asked.failure.remedy}`
          : '';
        const said = `${told(done)}${unasked}`;
        requireAll(done, said);
        return said;
      }),
  };
}

const unsaid: Encryption = { algorithm: null, keyId: null };

interface Done {
  written: number;
  there: number;
  /** Nights of before that were there wholly. */
  nights: number;
  /** Objects that are something else there, a sentence each. */
  readonly others: string[];
  /** Nights that are spoiled on the disk, a sentence each. */
  readonly spoiled: string[];
}

/** What is spoiled, here or there, keeps no other night from being stored. */
async function storeAll(sets: AsyncIterable<FileSet>, store: ObjectStore, encryption: Encryption): Promise<Done> {
  const done: Done = { written: 0, there: 0, nights: 0, others: [], spoiled: [] };
  for await (const set of sets) {
    const made = await set.files();
    if ('spoiled' in made) {
      done.spoiled.push(made.spoiled);
      continue;
    }
    const { written, there, others } = await storeSet(made.files, store, encryption);
    const isWholeBefore = set.isBefore && there === made.files.length;
    done.written += written;
    done.nights += isWholeBefore ? 1 : 0;
    done.there += isWholeBefore ? 0 : there;
    done.others.push(...others);
  }
  return done;
}

function told({ written, there, nights }: Done): string {
  const parts = [
    `wrote ${counted(written, 'object')} and read ${written === 1 ? 'it' : 'them'} back`,
    there === 0 ? '' : `${counted(there, 'was', 'were')} there already`,
    nights === 0 ? '' : `${counted(nights, 'night')} of the history ${nights === 1 ? 'was' : 'were'} there before`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** @throws DeliveryError that says what is spoiled, what to do, and what was done all the same */
function requireAll({ others, spoiled }: Done, said: string): void {
  if (others.length + spoiled.length === 0) return;
  const remedy =
    'Somebody changed it, or another version wrote it: look at it. Where it is worth nothing, remove it and deliver the night again.';
  const parts = [...someOf(others), ...(others.length === 0 ? [] : [remedy]), ...someOf(spoiled)];
  throw new DeliveryError(`${parts.join(' ')} Everything else is there: ${sentence(said)}`);
}

const mostNamed = 3;

function someOf(problems: readonly string[]): readonly string[] {
  const more = problems.length - mostNamed;
  return [...problems.slice(0, mostNamed), ...(more > 0 ? [`And ${more} more.`] : [])];
}
