/** `mfa-drift deliver`, as its user runs it: messages, their words when they fail, and what a repetition does. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/domain/result/result.ts';
import { systemClock } from '../../src/pacing/clock.ts';
import { json } from '../../src/report/formats/json.ts';
import { run } from '../end-to-end/in-process.ts';
import { hastened } from '../hastened.ts';
import { aFinding, aGap, anAccount, aPool, aResult, aUnit, textOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';
import { webServer, type Answer } from './web-server.ts';

const clock = hastened(systemClock);

const drifting = aPool({ status: 'drifted', findings: [aFinding()] });
const accounts = [anAccount(), anAccount({ id: '444455556666' })];
const lastNight = aResult({
  accounts,
  units: [aUnit()],
  pools: [aPool()],
  run: { startedAt: '2026-11-17T02:11:30.000Z' },
});
const tonight = aResult({ accounts, units: [aUnit()], pools: [drifting], gaps: [aGap()] });

/** A folder with two nights, and `deliver` of the second in it. */
async function nights(now: Result = tonight) {
  const folder = await temporaryFolder();
  const file = (name: string) => join(folder, name);
  await writeFile(file('last.json'), await textOf(json(lastNight)));
  await writeFile(file('tonight.json'), await textOf(json(now)));
  const state = ['--deliveries', file('deliveries'), '--config', file('mfa-drift.yaml')];
  await writeFile(file('mfa-drift.yaml'), 'apiVersion: mfa-drift/v1\nkind: Config\n');
  return {
    file,
    deliver: (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
      run(['deliver', file('tonight.json'), '--baseline', file('last.json'), ...state, ...args], env, { clock }),
  };
}

const variables = { slack: 'MFA_DRIFT_SLACK_WEBHOOK', teams: 'MFA_DRIFT_TEAMS_WEBHOOK', webhook: 'MFA_DRIFT_WEBHOOK' };
const webhooks = Object.entries(variables);

describe.each(webhooks)('%s', (name, variable) => {
  async function told(...answers: readonly Answer[]) {
    const [{ deliver, file }, server] = [await nights(), await webServer(...answers)];
    const address = `${server.url}/services/T000/B000/secret?sig=a%2Fb`;
    return { file, server, deliver: () => deliver({ [variable]: address }, '--to', name) };
  }

  test('two deliveries of one run at once send one message, and the second says who is at it', async () => {
    let answer = (): void => undefined;
    const after = new Promise<void>((resolve) => (answer = resolve));
    const { server, deliver } = await told({ after });
    const first = deliver();
    await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(1);
    const second = await deliver();
    expect(second.exitCode).toBe(4);
    expect(second.stderr).toMatch(/is held by a run that is still going .*leave the night to that run/);
    answer();
    expect(await first).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await deliver()).stdout).toContain('so nothing was sent');
    expect(server.received).toHaveLength(1);
  });

  test('one message tells what is new since last night, and a repetition sends none', async () => {
    const { server, deliver } = await told({});
    const title = 'mfa-drift: 1 finding is new, 1 place newly unreadable';
    expect(await deliver()).toEqual({ exitCode: 0, stdout: `${name}: sent "${title}"\n`, stderr: '' });
    const again = await deliver();
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).toMatch(/has it since \d{4}-.*, so nothing was sent\n$/);
    expect(server.received).toHaveLength(1);
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = server.received;
    expect(path).toBe('/services/T000/B000/secret?sig=a%2Fb');
    expect(headers['content-type']).toBe('application/json');
    expect(body).toContain(title);
    expect(body).toContain('SoftwareTokenMfaConfiguration.Enabled is false; prod-customers wants true');
    expect(JSON.parse(body)).toBeTypeOf('object');
  });

  test.each<[string, Answer, string]>([
    ['an address that is gone', { status: 404, body: 'no_service' }, 'HTTP 404, no_service'],
    ['a refusal', { status: 403, body: 'invalid_token' }, 'HTTP 403, invalid_token'],
    ['a message that is refused', { status: 400, body: 'invalid_payload' }, 'HTTP 400, invalid_payload'],
    ['a redirection', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, 'HTTP 302'],
    ['throttling that does not end', { status: 429, headers: { 'retry-after': '1' }, body: 'slow' }, 'HTTP 429, slow'],
  ])(
    '%s is exit 4 in words, tells no address, and the next attempt sends it as for the first time',
    async (...given) => {
      const [, answer, words] = given;
      const { file, server, deliver } = await told(
        ...(answer.status === 429 ? Array<Answer>(5).fill(answer) : [answer]),
        {},
      );
      const { exitCode, stdout, stderr } = await deliver();
      expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
      expect(stderr).toContain(`not delivered to ${name}: `);
      expect(stderr).toContain(words);
      expect(stderr).toMatch(/\nexit 4: 1 of 1 delivery failed \(\w+\)\n$/);
      const kept = await readFile(join(file('deliveries'), (await readdir(file('deliveries')))[0] ?? ''), 'utf8');
      for (const text of [stderr, kept]) expect(text).not.toContain('secret');
      const sent = server.received.length;
      expect(await deliver()).toMatchObject({ exitCode: 0 });
      expect(server.received).toHaveLength(sent + 1);
      expect(server.received.at(-1)?.body).not.toContain('sent again');
    },
  );

  test('who is busy is asked again', async () => {
    const { server, deliver } = await told({ status: 429, headers: { 'retry-after': '2' } }, { status: 503 }, {});
    expect(await deliver()).toMatchObject({ exitCode: 0 });
    expect(server.received).toHaveLength(3);
  });

  test('an answer that is lost is not tried again by itself, and the next attempt says that it may be the second', async () => {
    const { server, deliver } = await told({ isLost: true }, {});
    const lost = await deliver();
    expect(lost.exitCode).toBe(4);
    expect(lost.stderr).toContain('it is not known whether the message arrived');
    expect(server.received).toHaveLength(1);
    expect(await deliver()).toMatchObject({ exitCode: 0 });
    expect(server.received[1]?.body).toContain('sent again: it is not known whether it arrived the first time');
    await deliver();
    expect(server.received).toHaveLength(2);
  });

  test('who can not be reached is exit 4 in words', async () => {
    const { deliver } = await nights();
    const ended = await deliver({ [variable]: 'http://127.0.0.1:1/secret' }, '--to', name);
    expect(ended.exitCode).toBe(4);
    expect(ended.stderr).toContain(`not delivered to ${name}: it could not be reached (ECONNREFUSED).`);
    expect(ended.stderr).not.toContain('secret');
  });

  test('without its address, or with one that others could read, nothing is begun', async () => {
    const { deliver } = await nights();
    await expect(deliver({}, '--to', name)).rejects.toThrow(`set ${variable} to the address`);
    await expect(deliver({ [variable]: 'http://hooks.example/secret' }, '--to', name)).rejects.toThrow(
      new RegExp(`^${name}: what ${variable} holds is no https:// address\\.$`),
    );
  });

  test('another variable may be named, and an address in its place is refused and not repeated', async () => {
    const [{ deliver }, server] = [await nights(), await webServer({})];
    expect(await deliver({ TEAM_A: server.url }, '--to', `${name}:TEAM_A`)).toMatchObject({ exitCode: 0 });
    expect(server.received).toHaveLength(1);
    await expect(deliver({}, '--to', `${name}:https://hooks.example/secret`)).rejects.toThrow(
      /^(?!.*example).*takes the name of an environment variable/,
    );
  });
});

test('an interruption at any step, repeated: every message arrives, and only one that was under way may arrive twice', async () => {
  const [{ deliver, file }, server] = [await nights(), await webServer({})];
  const env = { A: `${server.url}/a`, B: `${server.url}/b`, C: `${server.url}/c` };
  const all = ['A', 'B', 'C'].flatMap((variable) => ['--to', `webhook:${variable}`]);
  await deliver(env, ...all);
  const [ledger = ''] = await readdir(file('deliveries'));
  const lines = (await readFile(join(file('deliveries'), ledger), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(6);
  for (let kept = 0; kept <= lines.length; kept += 1) {
    const before = server.received.length;
    await mkdir(file(`after-${kept}`));
    const text = `${lines.slice(0, kept).join('\n')}\n{"at":"2026-11-18T07:00:00.000Z","ev`;
    await writeFile(join(file(`after-${kept}`), ledger), kept === 0 ? '' : text);
    const args = [...all, '--deliveries', file(`after-${kept}`)];
    expect(await deliver(env, ...args)).toMatchObject({ exitCode: 0 });
    const sent = server.received.slice(before);
    // A line for each beginning and each end: what ended is not sent again.
    expect(sent.map(({ path }) => path)).toEqual(['/a', '/b', '/c'].slice(Math.floor(kept / 2)));
    const isUncertain = kept % 2 === 1;
    expect(sent.map(({ body }) => body.includes('sent again'))).toEqual(
      sent.map((_, index) => isUncertain && index === 0),
    );
    const ids = new Set(server.received.map(({ headers }) => headers['idempotency-key']));
    expect(ids.size).toBe(3);
    await deliver(env, ...args);
    expect(server.received).toHaveLength(before + sent.length);
  }
});

test('one that fails keeps none of the others from its turn', async () => {
  const [{ deliver }, server] = [await nights(), await webServer({})];
  const env = { GONE: 'http://127.0.0.1:1/', MFA_DRIFT_TEAMS_WEBHOOK: server.url };
  const ended = await deliver(env, '--to', 'slack:GONE', '--to', 'teams');
  expect(ended).toMatchObject({ exitCode: 4, stdout: expect.stringContaining('teams: sent') });
  expect(ended.stderr).toContain('exit 4: 1 of 2 deliveries failed (slack:GONE)');
});

test('a night without news sends nothing, whatever drifts', async () => {
  const [{ file, deliver }, server] = [await nights(), await webServer({})];
  const ended = await deliver({ MFA_DRIFT_WEBHOOK: server.url }, '--to', 'webhook', '--baseline', file('tonight.json'));
  expect(ended).toMatchObject({ exitCode: 0, stdout: 'webhook: nothing is new, so nothing was sent\n' });
  expect(server.received).toEqual([]);
});

test('what Teams says with an answer of 200 is heard', async () => {
  const body = 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429';
  const [{ deliver }, server] = [await nights(), await webServer({ body })];
  const ended = await deliver({ MFA_DRIFT_TEAMS_WEBHOOK: server.url }, '--to', 'teams');
  expect(ended.exitCode).toBe(4);
  expect(ended.stderr).toContain('HTTP error 429');
});

describe('exec', () => {
  test('a line of JSON for each piece of news, each with an id that stays', async () => {
    const { deliver, file } = await nights();
    const to = `exec:cat > ${file('told.ndjson')}`;
    expect(await deliver({}, '--to', to)).toEqual({ exitCode: 0, stdout: 'exec:cat: took 2 lines\n', stderr: '' });
    const lines = async () =>
      (await readFile(file('told.ndjson'), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    const first = await lines();
    expect(first).toMatchObject([
      { kind: 'new', runId: 'run-1', pool: { poolName: 'customers' }, finding: { severity: 'high' } },
      { kind: 'unreadable', gap: { region: 'ap-east-1' } },
    ]);
    expect(first[0].pool.config).toBeUndefined();
    expect(await deliver({}, '--to', to)).toMatchObject({ stdout: expect.stringContaining('so it was not run') });
    await deliver({}, '--to', to, '--deliveries', file('elsewhere'));
    expect(await lines()).toEqual(first);
  });

  test.each([
    ['exit 3', 'exit code 3'],
    ['no-such-command', 'exit code 127'],
    ['kill -9 $$', 'SIGKILL'],
  ])('%s is exit 4 in words, and is run again', async (command, words) => {
    const { deliver } = await nights();
    for (let times = 0; times < 2; times += 1) {
      const { exitCode, stderr } = await deliver({}, '--to', `exec:${command} 2>/dev/null`);
      expect(exitCode).toBe(4);
      expect(stderr).toContain(`the command ended with ${words}`);
    }
  });

  test('one that does not read its input and ends with 0 has taken it', async () => {
    expect(await (await nights()).deliver({}, '--to', 'exec:true')).toMatchObject({ exitCode: 0 });
  });

  test('what stands behind the name of the program is told nowhere', async () => {
    const ended = await (await nights()).deliver({}, '--to', 'exec:false --token s3cret');
    expect(JSON.stringify(ended)).not.toContain('s3cret');
  });
});

test.each([
  ['slak', '"slak" is nothing that can be delivered to'],
  ['https://hooks.example/secret', '"https" is nothing'],
  ['exec:', 'there is no command'],
])('%s is no target', async (target, words) => {
  const { deliver } = await nights();
  await expect(deliver({}, '--to', target)).rejects.toThrow(words);
});

test('a shard is not a night', async () => {
  const { deliver } = await nights(aResult({ run: { shard: { index: 1, count: 2 } } }));
  await expect(deliver({}, '--to', 'exec:true')).rejects.toThrow('The result is shard 1 of 2');
});

test('without a target nothing is done', async () => {
  await expect((await nights()).deliver({})).rejects.toThrow('Say where to deliver: --to TARGET');
});
