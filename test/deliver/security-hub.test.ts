/** Security Hub: what a night imports, updates and archives, by a hub in memory and by moto, which nobody here wrote. */
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { securityHubChannel } from '../../src/deliver/channels/security-hub.ts';
import type { DeliveredNight } from '../../src/deliver/channel.ts';
import { newsOf } from '../../src/domain/news/two-nights.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/model/json.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { failed, succeeded, type CallFailure } from '../../src/pacing/call-result.ts';
import { systemClock } from '../../src/pacing/clock.ts';
import type { FindingsHub, RefusedEntry } from '../../src/ports/delivery.ts';
import { json } from '../../src/report/formats/json.ts';
import { nightMessage } from '../../src/report/news/night-message.ts';
import { run } from '../end-to-end/in-process.ts';
import { aFinding, aGap, anAccount, aPool, aResult, aUnit, textOf, type Records } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';
import { webServer } from './web-server.ts';

const accountId = '222233334444';
const region = 'eu-central-1';

/**
 * Keeps what AWS's does: by id, a later import replacing an earlier one, and what is not later by its `UpdatedAt` ignored (user guide,
 * "BatchImportFindings for finding providers").
 */
function hubInMemory(answers: { readonly refused?: readonly RefusedEntry[]; readonly failure?: CallFailure } = {}) {
  const findings = new Map<string, JsonObject>();
  const imports: JsonObject[][] = [];
  const hub: FindingsHub = {
    accountId,
    region,
    importFindings(batch) {
      if (answers.failure !== undefined) return Promise.resolve(failed(answers.failure));
      const plain = batch.map((finding) => plainOf(finding));
      imports.push(plain);
      for (const finding of plain) {
        const known = findings.get(word(finding['Id']));
        if (word(finding['UpdatedAt']) > word(known?.['UpdatedAt']))
          findings.set(word(finding['Id']), { ...known, ...finding });
      }
      return Promise.resolve(succeeded(answers.refused ?? []));
    },
    activeFindings(token) {
      const all = [...findings.values()];
      const start = Number(token ?? 0);
      const next = start + 2 < all.length ? String(start + 2) : null;
      return Promise.resolve(succeeded({ items: all.slice(start, start + 2), next }));
    },
  };
  return { hub, imports, states: () => Object.fromEntries([...findings].map(([id, each]) => [id, stateOf(each)])) };
}

function plainOf(value: object): JsonObject {
  const plain = JSON.parse(JSON.stringify(value)) as JsonValue;
  if (!isJsonObject(plain)) throw new Error('a finding is an object');
  return plain;
}

function word(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function stateOf({ RecordState: state, Compliance: compliance }: JsonObject): string {
  return `${word(state)} ${isJsonObject(compliance) ? word(compliance['Status']) : ''}`;
}

const units = [aUnit(), aUnit({ accountId: '444455556666', region: 'ap-east-1' })];

function night(records: Records): Result {
  return aResult({ accounts: [anAccount(), anAccount({ id: '444455556666' })], units, ...records });
}

/** The night after. */
const later = { run: { finishedAt: '2026-11-19T02:14:01.000Z' } };

async function deliver(hub: FindingsHub, tonight: Result): Promise<string> {
  const news = () => newsOf(tonight, null);
  const told: DeliveredNight = { tonight, message: await nightMessage(tonight, null, news()), news };
  return securityHubChannel('securityhub', hub).deliver(told);
}

const drift = (id: string, poolId = 'eu-west-1_Ab12Cd34E') =>
  aPool({ poolId, status: 'drifted', findings: [aFinding({ id })] });

describe('night after night', () => {
  const first = night({ pools: [drift('f-1'), drift('f-2', 'eu-west-1_Zz')], gaps: [aGap()] });

  test('what stands is active, a gap is not available, and the same night again changes nothing', async () => {
    const { hub, states, imports } = hubInMemory();
    expect(await deliver(hub, first)).toBe(`imported 3 findings into account ${accountId}, ${region}`);
    const after = states();
    expect(Object.values(after).sort()).toEqual(['ACTIVE FAILED', 'ACTIVE FAILED', 'ACTIVE NOT_AVAILABLE']);
    await deliver(hub, first);
    expect(states()).toEqual(after);
    expect(imports[1]).toEqual(imports[0]);
  });

  test('what is not there any more is archived, though no night between was delivered, and of its pool nothing is claimed', async () => {
    const { hub, states } = hubInMemory();
    await deliver(hub, first);
    const said = await deliver(hub, night({ pools: [aPool(), drift('f-2', 'eu-west-1_Zz')], ...later }));
    expect(said).toContain('2 of them archived since they are there no more');
    expect(states()).toMatchObject({ 'mfa-drift/f-1': 'ARCHIVED NOT_AVAILABLE', 'mfa-drift/f-2': 'ACTIVE FAILED' });
    expect(Object.values(states()).filter((state) => state.startsWith('ACTIVE'))).toHaveLength(1);
  });

  test('what stood in an account that left the organization is archived with it, and nothing is claimed of it', async () => {
    const { hub, states } = hubInMemory();
    await deliver(hub, first);
    const left = { accounts: [anAccount({ id: '444455556666' })], units: units.slice(1), gaps: [aGap()], ...later };
    expect(await deliver(hub, aResult(left))).toContain('2 of them archived since they are there no more');
    expect(states()).toMatchObject({
      'mfa-drift/f-1': 'ARCHIVED NOT_AVAILABLE',
      'mfa-drift/f-2': 'ARCHIVED NOT_AVAILABLE',
    });
    expect(Object.values(states()).filter((state) => state.startsWith('ACTIVE'))).toHaveLength(1);
  });

  test('after a later night an older one says nothing any more, whatever the hub would make of it', async () => {
    const { hub, states, imports } = hubInMemory();
    await deliver(hub, night({ pools: [drift('f-2', 'eu-west-1_Zz')], ...later }));
    const after = states();
    expect(await deliver(hub, first)).toBe('has a later night, of 2026-11-19T02:14:01.000Z, so nothing was imported');
    expect(states()).toEqual(after);
    expect(imports).toHaveLength(1);
  });

  test('one that is archived is', async () => {
    const { hub } = hubInMemory();
    await deliver(hub, night({ pools: [drift('f-1')] }));
    expect(await deliver(hub, night({ pools: [aPool()], ...later }))).toBe(
      `imported 1 finding into account ${accountId}, ${region}, 1 of them archived since it is there no more`,
    );
  });

  test.each<[string, Records]>([
    [
      'whose pool could not be read',
      { pools: [aPool({ status: 'unreadable' }), aPool({ poolId: 'eu-west-1_Zz', status: 'unreadable' })] },
    ],
    ['whose region could not be read', { units: [aUnit({ status: 'gap' })] }],
    [
      'that the run did not look at',
      { units: [], run: { scope: { accounts: 'ids', filters: { account: ['1'] }, regions: 'enabled' } } },
    ],
  ])('nothing is archived %s', async (_what, records) => {
    const { hub, states } = hubInMemory();
    await deliver(hub, first);
    await deliver(hub, night(records));
    expect(states()).toMatchObject({ 'mfa-drift/f-1': 'ACTIVE FAILED', 'mfa-drift/f-2': 'ACTIVE FAILED' });
  });

  test('a delivery that broke off after any batch, repeated, ends as one that did not', async () => {
    const many = night({ pools: Array.from({ length: 250 }, (_, index) => drift(`f-${index}`, `eu-west-1_${index}`)) });
    const whole = hubInMemory();
    await deliver(whole.hub, many);
    for (let broken = 1; broken <= 3; broken += 1) {
      const { hub, states } = hubInMemory();
      let calls = 0;
      const breaking: FindingsHub = {
        ...hub,
        importFindings(batch) {
          calls += 1;
          return calls === broken ? Promise.reject(new Error('killed')) : hub.importFindings(batch);
        },
      };
      await expect(deliver(breaking, many)).rejects.toThrow('killed');
      await deliver(hub, many);
      expect(states()).toEqual(whole.states());
    }
  });
});

test("what belongs to the customer is never sent, and the severity stands in the provider's fields", async () => {
  const { hub, imports } = hubInMemory();
  await deliver(hub, night({ pools: [drift('f-1')] }));
  const [[finding = {}] = []] = imports;
  for (const name of ['Workflow', 'Note', 'UserDefinedFields', 'VerificationState', 'Severity', 'Types'])
    expect(finding).not.toHaveProperty(name);
  expect(finding).toMatchObject({ AwsAccountId: accountId, FindingProviderFields: { Severity: { Label: 'HIGH' } } });
});

test('where nobody may read the hub, what stands is imported all the same, and it is said that nothing was archived', async () => {
  const { hub, states } = hubInMemory();
  const denied: CallFailure = {
    name: 'AccessDeniedException',
    code: 'AccessDenied',
    retry: 'no',
    message: 'securityhub:GetFindings: AccessDeniedException: no',
    remedy: 'Allow securityhub:GetFindings to the caller.',
    requestId: null,
  };
  const closed: FindingsHub = { ...hub, activeFindings: () => Promise.resolve(failed(denied)) };
  await expect(deliver(closed, night({ pools: [drift('f-1'), drift('f-2', 'eu-west-1_Zz')] }))).rejects.toThrow(
    `imported 2 findings into account ${accountId}, ${region}, but what is there no more was not archived. securityhub:GetFindings: AccessDeniedException: no. Allow securityhub:GetFindings to the caller.`,
  );
  expect(states()).toEqual({ 'mfa-drift/f-1': 'ACTIVE FAILED', 'mfa-drift/f-2': 'ACTIVE FAILED' });
});

test('a hub that fails for another reason than a denial is told nothing until it answers', async () => {
  const { hub, imports } = hubInMemory();
  const broken: CallFailure = {
    name: 'InternalException',
    code: 'server-error',
    retry: 'no',
    message: 'x',
    remedy: 'Later.',
    requestId: null,
  };
  const failing: FindingsHub = { ...hub, activeFindings: () => Promise.resolve(failed(broken)) };
  await expect(deliver(failing, night({ pools: [drift('f-1')] }))).rejects.toThrow('x. Later.');
  expect(imports).toEqual([]);
});

test('findings that are refused are named, with why', async () => {
  const refused = Array.from({ length: 7 }, (_, index) => ({
    id: `mfa-drift/f-${index}`,
    code: 'InvalidInput',
    message: 'too long',
  }));
  const { hub } = hubInMemory({ refused });
  await expect(deliver(hub, night({ pools: [drift('f-1')] }))).rejects.toThrow(
    'mfa-drift/f-4 (InvalidInput: too long), and 2 more. Deliver the night again, and all of them are sent again.',
  );
});

const enable = `Enable Security Hub in ${region} of account ${accountId}`;

/** A front of AWS that answers Security Hub as it is told, and STS as moto does. */
test.each([
  [
    'AccessDeniedException',
    403,
    'securityhub:BatchImportFindings: AccessDeniedException',
    'Allow securityhub:BatchImportFindings to the caller',
    `securityhub:${accountId}`,
  ],
  ['InvalidAccessException', 401, 'GetFindings: InvalidAccessException', enable, `securityhub:${accountId}`],
  ['InvalidAccessException', 401, 'GetAdministratorAccount: InvalidAccessException', enable, 'securityhub'],
  ['TooManyRequestsException', 429, 'TooManyRequestsException', 'Run again when the account is quieter', 'securityhub'],
])('%s is exit 4 in words', async (name, status, words, remedy, target) => {
  const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${accountId}:user/a</Arn><UserId>A</UserId><Account>${accountId}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
  const server = await webServer(
    { body: identity, headers: { 'content-type': 'text/xml' } },
    {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
      body: JSON.stringify({ Message: 'no' }),
    },
  );
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'result.json'), await textOf(json(night({ pools: [drift('f-1')] }))));
  await writeFile(join(folder, 'mfa-drift.yaml'), 'apiVersion: mfa-drift/v1\nkind: Config\n');
  const environment = {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
  };
  const args = ['deliver', join(folder, 'result.json'), '--config', join(folder, 'mfa-drift.yaml'), '--to', target];
  const { exitCode, stderr } = await run(args, environment, { clock: quick });
  expect(exitCode).toBe(4);
  expect(stderr).toContain(words);
  expect(stderr).toContain(remedy);
});

/** Ten minutes of throttling pass at once. */
let elapsedMs = 0;
const quick = {
  ...systemClock,
  now: () => systemClock.now() + elapsedMs,
  sleep: (ms: number) => {
    elapsedMs += ms;
    return Promise.resolve();
  },
};

test('an endpoint that is neither AWS nor this machine needs consent before a finding is sent there', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'result.json'), await textOf(json(night({ pools: [drift('f-1')] }))));
  await writeFile(join(folder, 'mfa-drift.yaml'), 'apiVersion: mfa-drift/v1\nkind: Config\n');
  const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${accountId}:user/a</Arn><UserId>A</UserId><Account>${accountId}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
  const server = await webServer({ body: identity, headers: { 'content-type': 'text/xml' } });
  const environment = {
    AWS_ENDPOINT_URL: server.url,
    AWS_ENDPOINT_URL_SECURITYHUB: 'https://hub.example',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
  };
  const args = [
    'deliver',
    join(folder, 'result.json'),
    '--config',
    join(folder, 'mfa-drift.yaml'),
    '--to',
    'securityhub',
  ];
  const { exitCode, stderr } = await run(args, environment, { clock: quick });
  expect(exitCode).toBe(4);
  expect(stderr).toContain('not delivered to securityhub: Requests go to hub.example');
  expect(stderr).toContain('--allow-endpoint hub.example');
  expect(server.received).toHaveLength(1);
});
