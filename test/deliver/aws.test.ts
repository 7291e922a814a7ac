/** S3 and EventBridge: what lies there after a night, and after a night that broke off, by stores in memory and by moto. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DeliveryError, type DeliveredNight } from '../../src/deliver/channel.ts';
import { eventBridgeChannel } from '../../src/deliver/channels/event-bridge.ts';
import { s3Channel } from '../../src/deliver/channels/s3.ts';
import type { FileSet } from '../../src/deliver/channels/store-set.ts';
import { openLedger } from '../../src/deliver/ledger.ts';
import { newsOf } from '../../src/domain/news/two-nights.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { failed, succeeded, type CallFailure } from '../../src/pacing/call-result.ts';
import type { BusEvent, EventBus, FileToStore, ObjectStore, StoredObject } from '../../src/ports/delivery.ts';
import { json } from '../../src/report/formats/json.ts';
import { nightMessage } from '../../src/report/news/night-message.ts';
import { run } from '../end-to-end/in-process.ts';
import { aFinding, anAccount, aPool, aResult, aUnit, textOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';
import { webServer } from './web-server.ts';

const region = 'eu-central-1';
const drift = (index: number, actual: string = 'OFF') =>
  aPool({
    poolId: `eu-west-1_${index}`,
    status: 'drifted',
    findings: [aFinding({ id: `f-${index}`, path: 'MfaConfiguration', expected: 'ON', actual })],
  });
const nightOf = (pools: number): Result =>
  aResult({
    accounts: [anAccount()],
    units: [aUnit()],
    pools: Array.from({ length: pools }, (_, index) => drift(index)),
  });

async function told(tonight: Result): Promise<DeliveredNight> {
  const news = () => newsOf(tonight, null);
  return { tonight, message: await nightMessage(tonight, null, news()), news };
}

const denied: CallFailure = {
  name: 'AccessDenied',
  code: 'AccessDenied',
  retry: 'no',
  message: 's3:PutObject: AccessDenied: Access Denied',
  remedy: 'Allow s3:PutObject to the caller.',
  requestId: null,
};

describe('s3', () => {
  const files: readonly FileToStore[] = ['a.json', 'b.csv', 'manifest.json'].map((name) => ({
    key: `p/${name}`,
    file: name,
    bytes: name.length,
    sha256: createHash('sha256').update(name).digest('base64'),
  }));

  function storeInMemory() {
    const objects = new Map<string, StoredObject>();
    const asked: string[] = [];
    const store: ObjectStore = {
      bucket: 'b',
      encryption: () => Promise.resolve(succeeded({ algorithm: 'aws:kms', keyId: 'k' })),
      putNew({ key, bytes, sha256 }, { algorithm, keyId }) {
        asked.push(`${algorithm} ${keyId}`);
        if (objects.has(key)) return Promise.resolve(succeeded(false));
        objects.set(key, { bytes, sha256, algorithm });
        return Promise.resolve(succeeded(true));
      },
      head(key) {
        const found = objects.get(key);
        return Promise.resolve(found === undefined ? failed({ ...denied, name: 'NotFound' }) : succeeded(found));
      },
    };
    return { store, objects, asked };
  }

  async function* setsOf(...sets: readonly FileSet[]) {
    yield* sets;
  }
  const pack: FileSet = { isBefore: false, files: () => Promise.resolve({ files }) };
  const deliver = async (store: ObjectStore, ...sets: readonly FileSet[]) =>
    s3Channel('s3://b/p', store, (work) => work(setsOf(...(sets.length === 0 ? [pack] : sets)))).deliver(
      await told(nightOf(1)),
    );

  describe('a night of before', () => {
    const night: FileSet = { ...pack, isBefore: true };

    test('is written where it is not, and not again where all of it is there', async () => {
      const { store, objects, asked } = storeInMemory();
      expect(await deliver(store, night)).toBe('wrote 3 objects and read them back');
      const [puts, after] = [asked.length, [...objects]];
      expect(await deliver(store, night)).toBe(
        'wrote 0 objects and read them back, 1 night of the history was there before',
      );
      expect(asked).toHaveLength(puts);
      expect([...objects]).toEqual(after);
    });

    test.each([0, 1, 2])('that broke off after %i files is completed', async (kept) => {
      const { store, objects } = storeInMemory();
      for (const { key, bytes, sha256 } of files.slice(0, kept))
        objects.set(key, { bytes, sha256, algorithm: 'aws:kms' });
      const beside = ['', ', 1 was there already', ', 2 were there already'][kept];
      const wrote = ['3 objects and read them', '2 objects and read them', '1 object and read it'][kept];
      expect(await deliver(store, night)).toBe(`wrote ${wrote} back${beside}`);
      expect([...objects.keys()]).toEqual(files.map(({ key }) => key));
    });

    test('whose last file is something else there is exit 4, and nothing of it is written', async () => {
      const { store, objects, asked } = storeInMemory();
      objects.set('p/manifest.json', { bytes: 5, sha256: 'another', algorithm: null });
      await expect(deliver(store, night)).rejects.toThrow('s3://b/p/manifest.json holds something else');
      expect(asked).toEqual([]);
    });
  });

  test('each object is written once, with the encryption of the bucket, and a repetition writes none', async () => {
    const { store, objects, asked } = storeInMemory();
    expect(await deliver(store)).toBe('wrote 3 objects and read them back');
    expect(new Set(asked)).toEqual(new Set(['aws:kms k']));
    const after = [...objects];
    expect(await deliver(store)).toBe('wrote 0 objects and read them back, 3 were there already');
    expect([...objects]).toEqual(after);
  });

  test.each([0, 1, 2])('broken off after %i objects and repeated, all are there', async (kept) => {
    const { store, objects } = storeInMemory();
    let puts = 0;
    const breaking: ObjectStore = {
      ...store,
      putNew: (file, encryption) =>
        puts++ === kept ? Promise.reject(new Error('killed')) : store.putNew(file, encryption),
    };
    await expect(deliver(breaking)).rejects.toThrow('killed');
    expect(objects.size).toBe(kept);
    expect(await deliver(store)).toContain(`wrote ${3 - kept} object`);
    expect([...objects.keys()].sort()).toEqual(files.map(({ key }) => key).sort());
  });

  test('what is there and is something else is never overwritten, and says so', async () => {
    const { store, objects } = storeInMemory();
    objects.set('p/b.csv', { bytes: 5, sha256: 'another', algorithm: null });
    await expect(deliver(store)).rejects.toThrow('s3://b/p/b.csv holds something else');
    expect(objects.get('p/b.csv')).toMatchObject({ sha256: 'another' });
    objects.set('p/b.csv', { bytes: 'b.csv'.length, sha256: 'another', algorithm: null });
    await expect(deliver(store)).rejects.toThrow('holds something else (5 bytes too, with another SHA-256)');
  });

  test('an object that was written without the encryption of the bucket is no success', async () => {
    const { store } = storeInMemory();
    const plain: ObjectStore = { ...store, putNew: (file) => store.putNew(file, { algorithm: 'AES256', keyId: null }) };
    await expect(deliver(plain)).rejects.toThrow(
      's3://b/p/a.json was written with the encryption AES256, where the bucket wants aws:kms',
    );
    expect(await deliver(store)).toContain('1 was there already');
  });

  test('a bucket that refuses is told in words, one that is not there too, and encryption that can not be asked is left to it', async () => {
    const { store } = storeInMemory();
    const refusing: ObjectStore = { ...store, putNew: () => Promise.resolve(failed(denied)) };
    await expect(deliver(refusing)).rejects.toThrow(
      's3:PutObject: AccessDenied: Access Denied. Allow s3:PutObject to the caller.',
    );
    const gone = { ...denied, name: 'NoSuchBucket', code: 'server-error' as const };
    await expect(deliver({ ...store, putNew: () => Promise.resolve(failed(gone)) })).rejects.toThrow(
      'There is no bucket b',
    );
    expect(await deliver({ ...store, encryption: () => Promise.resolve(failed(denied)) })).toContain('wrote 3 objects');
  });
});

describe('eventbridge', () => {
  function busInMemory(refusals: (event: BusEvent) => boolean = () => false) {
    const events: BusEvent[] = [];
    const sizes: number[] = [];
    const bus: EventBus = {
      bus: 'default',
      put(batch) {
        sizes.push(batch.length);
        events.push(...batch.filter((event) => !refusals(event)));
        return Promise.resolve(
          succeeded(batch.filter(refusals).map(({ id }) => ({ id, code: 'InternalFailure', message: 'later' }))),
        );
      },
    };
    return { bus, events, sizes };
  }

  async function sender(tonight: Result) {
    const folder = await temporaryFolder();
    const night = await told(tonight);
    const waiting = { notice: () => undefined, signal: new AbortController().signal };
    return async (bus: EventBus) => {
      const ledger = await openLedger(folder, 'run-1', () => new Date(), waiting);
      try {
        return await eventBridgeChannel('eventbridge', bus, ledger).deliver(night);
      } finally {
        await ledger.close();
      }
    };
  }

  test('one event for each finding, ten a request, each with its own id, and a repetition sends none', async () => {
    const { bus, events, sizes } = busInMemory();
    const send = await sender(nightOf(25));
    expect(await send(bus)).toBe('sent 25 events to the bus default');
    expect(sizes).toEqual([10, 10, 5]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(25);
    expect(JSON.parse(events[0]?.detail ?? '')).toMatchObject({ kind: 'new', finding: { id: 'f-0' } });
    expect(await send(bus)).toBe('sent 0 events to the bus default; 25 were there already');
    expect(events).toHaveLength(25);
  });

  test('what is refused is named, and only that is sent again', async () => {
    const refusing = busInMemory(({ detail }) => /"f-(?:3|17)"/.test(detail));
    const send = await sender(nightOf(20));
    await expect(send(refusing.bus)).rejects.toThrow(
      /^2 of 20 events were refused by the bus default: .*InternalFailure: later/,
    );
    expect(refusing.events).toHaveLength(18);
    const healthy = busInMemory();
    await send(healthy.bus);
    expect(healthy.events.map(({ detail }) => JSON.parse(detail).finding.id)).toEqual(['f-3', 'f-17']);
  });

  test.each([0, 1, 2])(
    'broken off at request %i and repeated, nothing is lost and only that request may come twice',
    async (at) => {
      const { bus, events } = busInMemory();
      const send = await sender(nightOf(25));
      let requests = 0;
      const breaking: EventBus = {
        ...bus,
        put: (batch) => (requests++ === at ? Promise.reject(new Error('killed')) : bus.put(batch)),
      };
      await expect(send(breaking)).rejects.toThrow('killed');
      await send(bus);
      expect(events.map(({ id }) => id)).toHaveLength(25);
      expect(new Set(events.map(({ id }) => id)).size).toBe(25);
    },
  );

  test('an event stays within its size, whatever a pool says', async () => {
    const { bus, events } = busInMemory();
    const send = await sender(aResult({ units: [aUnit()], pools: [drift(0, '😀'.repeat(200_000)), drift(1)] }));
    await send(bus);
    for (const { detail } of events) expect(Buffer.byteLength(detail)).toBeLessThan(240_000);
    expect(JSON.parse(events[0]?.detail ?? '')).toMatchObject({ isCut: true, finding: { id: 'f-0', actual: null } });
  });

  test('a request that fails whole is a delivery that failed', async () => {
    const { bus } = busInMemory();
    const send = await sender(nightOf(1));
    await expect(send({ ...bus, put: () => Promise.resolve(failed(denied)) })).rejects.toThrow(DeliveryError);
    const gone = { ...denied, name: 'ResourceNotFoundException', code: 'server-error' as const };
    await expect(send({ ...bus, put: () => Promise.resolve(failed(gone)) })).rejects.toThrow(
      'There is no event bus default there: make it, or correct its name.',
    );
  });
});

test('an answer that refuses some entries names them', async () => {
  const account = '222233334444';
  const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/a</Arn><UserId>A</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
  const entries = {
    FailedEntryCount: 1,
    Entries: [{ EventId: 'e-1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow' }],
  };
  const server = await webServer(
    { body: identity, headers: { 'content-type': 'text/xml' } },
    { body: JSON.stringify(entries), headers: { 'content-type': 'application/x-amz-json-1.1' } },
  );
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'result.json'), await textOf(json(nightOf(2))));
  await writeFile(join(folder, 'mfa-drift.yaml'), 'apiVersion: mfa-drift/v1\nkind: Config\n');
  const environment = {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 't',
    AWS_SECRET_ACCESS_KEY: 't',
    AWS_REGION: region,
  };
  const files = ['--config', join(folder, 'mfa-drift.yaml'), '--deliveries', join(folder, 'deliveries')];
  const { exitCode, stderr } = await run(
    ['deliver', join(folder, 'result.json'), ...files, '--to', 'eventbridge:audit'],
    environment,
  );
  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/1 of 2 events were refused by the bus audit: \w+ \(ThrottlingException: slow\)/);
  const [, put] = server.received;
  expect(JSON.parse(put?.body ?? '').Entries[0]).toMatchObject({
    EventBusName: 'audit',
    Source: 'mfa-drift',
    DetailType: 'MFA Drift Finding Opened',
    Resources: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_0'],
  });
});
