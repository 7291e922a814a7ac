/** A history in a bucket: the files of the disk, each once, the row of a run last, by a store in memory. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historySets } from '../../src/commands/deliver/history-files.ts';
import { nightFiles } from '../../src/commands/deliver/night-files.ts';
import type { DeliveredNight } from '../../src/deliver/channel.ts';
import { s3Channel, type WithFiles } from '../../src/deliver/channels/s3.ts';
import { newsOf } from '../../src/domain/news/two-nights.ts';
import { addNight } from '../../src/history/add-night.ts';
import { tableFile } from '../../src/history/layout.ts';
import { tableNames } from '../../src/history/tables.ts';
import { failed, succeeded } from '../../src/pacing/call-result.ts';
import type { ObjectStore } from '../../src/ports/delivery.ts';
import { nightMessage } from '../../src/report/news/night-message.ts';
import { run } from '../end-to-end/in-process.ts';
import { dayOf, resultOf } from '../history/nights.ts';
import { temporaryFolder } from '../temporary.ts';

/** Three nights, which no test changes. */
let history = '';
let last: DeliveredNight;

beforeAll(async () => {
  history = await mkdtemp(join(tmpdir(), 'mfa-drift-bucket-'));
  for (const night of [0, 1, 2]) await addNight(history, resultOf(night));
  const tonight = resultOf(2);
  last = {
    tonight,
    message: await nightMessage(tonight, null, newsOf(tonight, null)),
    news: () => newsOf(tonight, null),
  };
});
afterAll(() => rm(history, { recursive: true, force: true }));

/** Keeps the bytes, answers as S3 does to who may not list the bucket, and breaks off before the object of that number, from 0. */
function bucket(breaksAt: number | null = null) {
  const objects = new Map<string, { readonly bytes: Buffer; readonly sha256: string }>();
  const asked: string[] = [];
  const denied = {
    name: 'Forbidden',
    code: 'AccessDenied',
    retry: 'no',
    message: '',
    remedy: '',
    requestId: null,
  } as const;
  const store: ObjectStore = {
    bucket: 'b',
    encryption: () => Promise.resolve(succeeded({ algorithm: null, keyId: null })),
    async putNew({ key, file, sha256 }) {
      if (objects.has(key)) return succeeded(false);
      if (objects.size === breaksAt) throw new Error('killed');
      objects.set(key, { bytes: await readFile(file), sha256 });
      return succeeded(true);
    },
    head(key) {
      asked.push(key);
      const found = objects.get(key);
      if (found === undefined) return Promise.resolve(failed(denied));
      return Promise.resolve(succeeded({ bytes: found.bytes.byteLength, sha256: found.sha256, algorithm: null }));
    },
  };
  const bytes = () => new Map([...objects].map(([key, object]) => [key, object.bytes]));
  return { store, objects, asked, bytes };
}

const deliver = (store: ObjectStore, withFiles: WithFiles) => s3Channel('s3://b/mfa', store, withFiles).deliver(last);
const nightsOf =
  (folder: string, tonight = 'run-2'): WithFiles =>
  (work) =>
    work(historySets(folder, 'mfa/history', tonight));

async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = async (file: string) => [`mfa/history/${relative(folder, file)}`, await readFile(file)] as const;
  return new Map(await Promise.all(files.map(read)));
}

const rowOf = (night: number): string => `mfa/history/runs/date=${dayOf(night)}/run-${night}.parquet`;
const filesPerNight = tableNames.length + 1;

test('every file of the history lies in the bucket as it lies on the disk, and the row of a run comes last', async () => {
  const { store, objects, bytes } = bucket();
  expect(await deliver(store, nightsOf(history))).toBe(`wrote ${3 * filesPerNight} objects and read them back`);
  expect(bytes()).toEqual(await filesIn(history));
  for (const night of [0, 1, 2]) {
    const own = [...objects.keys()].filter((key) => key.includes(`date=${dayOf(night)}`));
    expect([own.length, own.at(-1)]).toEqual([filesPerNight, rowOf(night)]);
  }
});

test('a night more adds its own files, and of the nights before asks for each object and writes none', async () => {
  const { store, bytes, asked } = bucket();
  const folder = await temporaryFolder();
  await cp(history, folder, { recursive: true });
  for (const table of tableNames) await rm(tableFile(folder, table, { runId: 'run-2', date: dayOf(2) }));
  await deliver(store, nightsOf(folder, 'run-1'));
  const before = bytes();
  expect(before.size).toBe(2 * filesPerNight);
  asked.length = 0;
  expect(await deliver(store, nightsOf(history))).toBe(
    `wrote ${filesPerNight} objects and read them back, 2 nights of the history were there before`,
  );
  expect(asked.filter((key) => before.has(key)).toSorted()).toEqual([...before.keys()].sort());
  expect(new Map([...bytes()].filter(([key]) => before.has(key)))).toEqual(before);
});

test.each([0, 7, 13])(
  'broken off before object %i and repeated, nothing is lost and no run is told before its tables',
  async (at) => {
    const { store, objects, bytes } = bucket(at);
    await expect(deliver(store, nightsOf(history))).rejects.toThrow('killed');
    const told = [0, 1, 2].filter((night) => objects.has(rowOf(night)));
    expect(
      told.map((night) => [...objects.keys()].filter((key) => key.includes(`date=${dayOf(night)}/`)).length),
    ).toEqual(told.map(() => filesPerNight));
    const again = bucket();
    for (const [key, object] of objects) again.objects.set(key, object);
    expect(bytes().size).toBe(at);
    await deliver(again.store, nightsOf(history));
    expect(again.bytes()).toEqual(await filesIn(history));
  },
);

test.each(['findings', 'runs'] as const)(
  'an object of %s that is something else there is never overwritten, and is named; the other nights are stored',
  async (table) => {
    const { store, objects } = bucket();
    const key = `mfa/history/${table}/date=${dayOf(0)}/run-0.parquet`;
    objects.set(key, { bytes: Buffer.from('other'), sha256: 'another' });
    await expect(deliver(store, nightsOf(history))).rejects.toThrow(`s3://b/${key} holds something else (5 bytes`);
    expect(objects.get(key)?.sha256).toBe('another');
    expect([...objects.keys()].filter((each) => each.includes(dayOf(0)))).toEqual([key]);
    expect([objects.has(rowOf(1)), objects.has(rowOf(2))]).toEqual([true, true]);
  },
);

/** The two nights before were stored; this is done to the bucket, and then the night of today is stored too. */
async function storedWith(spoil: (objects: ReturnType<typeof bucket>['objects']) => void) {
  const made = bucket();
  const folder = await temporaryFolder();
  await cp(history, folder, { recursive: true });
  for (const table of tableNames) await rm(tableFile(folder, table, { runId: 'run-2', date: dayOf(2) }));
  await deliver(made.store, nightsOf(folder, 'run-1'));
  spoil(made.objects);
  return made;
}

const oldTable = `mfa/history/pools/date=${dayOf(0)}/run-0.parquet`;
const oldManifest = `mfa/history/_manifests/date=${dayOf(0)}/run-0.json`;

test.each([oldTable, oldManifest])(
  'an object of a night of before that was changed there is named, though its run is told: %s',
  async (key) => {
    const { store, objects } = await storedWith((there) =>
      there.set(key, { bytes: Buffer.from('other'), sha256: 'another' }),
    );
    const delivered = deliver(store, nightsOf(history));
    await expect(delivered).rejects.toThrow(
      `s3://b/${key} holds something else (5 bytes, where the night has ${(await filesIn(history)).get(key)?.byteLength.toLocaleString('en-US')} bytes), and nothing is overwritten. ` +
        'Somebody changed it, or another version wrote it: look at it. Where it is worth nothing, remove it and deliver the night again. ' +
        `Everything else is there: wrote ${filesPerNight} objects and read them back, 7 were there already, 1 night of the history was there before.`,
    );
    expect(objects.has(rowOf(2))).toBe(true);
    // The way out that it names.
    objects.delete(key);
    expect(await deliver(store, nightsOf(history))).toContain('wrote 1 object and read it back');
    expect(objects.get(key)?.bytes).toEqual((await filesIn(history)).get(key));
  },
);

test('an object of a night of before that is there no more is written again, though its run is told', async () => {
  const { store, bytes } = await storedWith((there) => there.delete(oldTable));
  await deliver(store, nightsOf(history));
  expect(bytes()).toEqual(await filesIn(history));
});

test('of many that are something else some are named, and all are counted', async () => {
  const { store } = await storedWith((there) => {
    for (const key of [...there.keys()].slice(0, 5)) there.set(key, { bytes: Buffer.from('other'), sha256: 'another' });
  });
  const message = await deliver(store, nightsOf(history)).catch(String);
  expect(message.match(/holds something else/g)).toHaveLength(3);
  expect(message).toContain('And 2 more.');
});

test('a night that is not as it was written is not stored, and the nights before and after it are', async () => {
  const { store, objects } = bucket();
  const folder = await temporaryFolder();
  await cp(history, folder, { recursive: true });
  await writeFile(tableFile(folder, 'pools', { runId: 'run-1', date: dayOf(1) }), 'spoiled');
  await expect(deliver(store, nightsOf(folder))).rejects.toThrow(
    /the night 2026-03-02 of the history .* is not as it was written \(.*pools.* was changed\), so it was not stored\./,
  );
  expect([...objects.keys()].filter((key) => key.includes(dayOf(1)))).toEqual([]);
  expect([objects.has(rowOf(0)), objects.has(rowOf(2))]).toEqual([true, true]);
});

const shell = { env: {} } as Parameters<typeof nightFiles>[2];

test('without a history on the disk the night alone makes one in the bucket, with the same bytes', async () => {
  const { store, bytes } = bucket();
  await deliver(store, nightFiles(resultOf(2), { prefix: 'mfa/', history: null }, shell));
  const ofNight = (files: ReadonlyMap<string, Buffer>) =>
    [...files].filter(([key]) => key.startsWith('mfa/history/') && key.includes(dayOf(2))).toSorted(byKey);
  expect(ofNight(bytes())).toEqual(ofNight(await filesIn(history)));
  expect(ofNight(bytes())).toHaveLength(filesPerNight);
});

const byKey = ([one]: readonly [string, Buffer], [other]: readonly [string, Buffer]): number => (one < other ? -1 : 1);

test('what was judged anew is no night, so that its pack is stored and no history', async () => {
  const { store, objects } = bucket();
  const { head, ...records } = resultOf(0);
  const from = { runId: 'r', startedAt: '2026-03-01T02:00:00.000Z', policySetSha256: 'p' };
  const anew = { ...records, head: { ...head, run: { ...head.run, from } } };
  await deliver(store, nightFiles(anew, { prefix: '', history: null }, shell));
  expect([...objects.keys()].filter((key) => key.startsWith('history/'))).toEqual([]);
  expect(objects.has(`date=${dayOf(0)}/run=run-0/manifest.json`)).toBe(true);
});

test('--history without s3 is a mistake, said before anything is read', async () => {
  const args = ['deliver', 'nowhere.json', '--history', 'history', '--to', 'exec:true'];
  await expect(run(args, {})).rejects.toThrow('--history names the history that s3://BUCKET takes along');
});
