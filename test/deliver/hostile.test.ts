/** Names of others, through every channel that is read by a program: whole, and without anything that a terminal acts on. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nightFiles } from '../../src/commands/deliver/night-files.ts';
import type { DeliveredNight } from '../../src/deliver/channel.ts';
import { eventBridgeChannel } from '../../src/deliver/channels/event-bridge.ts';
import { exec } from '../../src/deliver/channels/exec.ts';
import { securityHubChannel } from '../../src/deliver/channels/security-hub.ts';
import { s3Channel } from '../../src/deliver/channels/s3.ts';
import { webhook } from '../../src/deliver/channels/webhook.ts';
import { openLedger } from '../../src/deliver/ledger.ts';
import type { Post } from '../../src/deliver/web.ts';
import { newsOf } from '../../src/domain/news/two-nights.ts';
import type { FileToStore } from '../../src/ports/delivery.ts';
import { failed, succeeded } from '../../src/pacing/call-result.ts';
import { nightMessage } from '../../src/report/news/night-message.ts';
import { hostileNames, named, unprintable } from '../report/hostile.ts';
import { temporaryFolder } from '../temporary.ts';

async function nightOf(name: string): Promise<DeliveredNight> {
  const tonight = named(name);
  const news = () => newsOf(tonight, null);
  return { tonight, message: await nightMessage(tonight, null, news()), news };
}

async function openedLedger(folder: string) {
  const waiting = { notice: () => undefined, signal: new AbortController().signal };
  const ledger = await openLedger(folder, 'run-1', () => new Date(), waiting);
  onTestFinished(() => ledger.close());
  return ledger;
}

test.each(hostileNames)('exec: %j runs nothing, and each line is one document', async (name) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'd'));
  const file = join(folder, 'lines');
  const ledger = await openedLedger(join(folder, 'd'));
  const channel = exec({
    name: 'exec',
    command: 'cat > "$LINES"',
    ledger,
    signal: new AbortController().signal,
    env: { LINES: file, PATH: process.env['PATH'] },
  });
  await channel.deliver(await nightOf(name));
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  for (const line of lines) {
    expect(JSON.parse(line)).toBeTypeOf('object');
    expect(line).not.toMatch(unprintable);
  }
});

test.each(hostileNames)('eventbridge: %j is a value of the detail, and steers no type or source', async (name) => {
  const types: string[] = [];
  const details: string[] = [];
  const bus = {
    bus: 'default',
    put: (events: readonly { readonly type: string; readonly detail: string }[]) => {
      types.push(...events.map(({ type }) => type));
      details.push(...events.map(({ detail }) => detail));
      return Promise.resolve(succeeded([]));
    },
  };
  const ledger = await openedLedger(await temporaryFolder());
  await eventBridgeChannel('eventbridge', bus, ledger).deliver(await nightOf(name));
  expect(details.length).toBeGreaterThan(0);
  expect(types.filter((type) => !/^MFA Drift Finding (?:Opened|Resolved)$/.test(type))).toEqual([]);
  for (const detail of details) {
    expect(JSON.parse(detail)).toBeTypeOf('object');
    expect(detail).not.toMatch(unprintable);
  }
});

test.each(hostileNames)('securityhub: %j stands in texts that nothing acts on', async (name) => {
  const imported: object[] = [];
  const hub = {
    accountId: '222233334444',
    region: 'eu-central-1',
    activeFindings: () => Promise.resolve(succeeded({ items: [], next: null })),
    importFindings: (batch: readonly object[]) => {
      imported.push(...batch);
      return Promise.resolve(succeeded([]));
    },
  };
  await securityHubChannel('securityhub', hub).deliver(await nightOf(name));
  expect(imported.length).toBeGreaterThan(0);
  for (const finding of imported) {
    const { AwsAccountId: account } = JSON.parse(JSON.stringify(finding));
    expect(account).toBe('222233334444');
    const { Title: title, Description: description } = JSON.parse(JSON.stringify(finding));
    for (const text of [title, description]) expect(text).not.toMatch(unprintable);
  }
});

test.each([...hostileNames, '<!channel> @here', '<http://e|click> [x](http://e) [y](//e)'])(
  'webhook: %j is a value of one line, and neither mentions nor links where that is handed on',
  async (name) => {
    const bodies: string[] = [];
    const post: Post = (_address, { body }) => {
      bodies.push(body);
      return Promise.resolve(new Response('ok'));
    };
    const address = new URL('https://hooks.example/');
    const ledger = await openedLedger(await temporaryFolder());
    await webhook({ name: 'webhook', address, post, ledger }).deliver(await nightOf(name));
    const [body = ''] = bodies;
    expect(JSON.parse(body)).toBeTypeOf('object');
    expect(body).not.toMatch(unprintable);
    const { facts, sections } = JSON.parse(body) as Pick<DeliveredNight['message'], 'facts' | 'sections'>;
    const told = [...facts, ...sections.flatMap(({ lines }) => lines)];
    expect(told.filter((line) => /:\/\/|@\S|<\S|\]\(/.test(line))).toEqual([]);
  },
);

const notThere = {
  name: 'NotFound',
  code: 'server-error',
  retry: 'no',
  message: '',
  remedy: '',
  requestId: null,
} as const;

test.each(hostileNames)(
  's3: %j is in no key that leads elsewhere, and nothing of a request is made of it',
  async (name) => {
    const files = new Map<string, FileToStore>();
    const store = {
      bucket: 'b',
      encryption: () => Promise.resolve(succeeded({ algorithm: null, keyId: null })),
      putNew(file: FileToStore) {
        files.set(file.key, file);
        return Promise.resolve(succeeded(true));
      },
      head(key: string) {
        const file = files.get(key);
        if (file === undefined) return Promise.resolve(failed(notThere));
        return Promise.resolve(succeeded({ bytes: file.bytes, sha256: file.sha256, algorithm: null }));
      },
    };
    const { tonight, ...night } = await nightOf(name);
    const run = { ...tonight.head.run, id: name };
    const spoiled = { ...tonight, head: { ...tonight.head, run } };
    const shell = { env: {} } as Parameters<typeof nightFiles>[2];
    const channel = s3Channel('s3://b/p', store, nightFiles(spoiled, { prefix: 'p', history: null }, shell));
    await channel.deliver({ ...night, tonight: spoiled });
    expect(files.size).toBeGreaterThan(5);
    const below = /^p\/date=\d{4}-\d\d-\d\d\/run=[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.=@+-]+)+$/;
    expect([...files.keys()].filter((key) => !below.test(key))).toEqual([]);
  },
);
