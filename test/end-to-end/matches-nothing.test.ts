/** What matches nothing, in an organization of which something is always unread. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { account, fleet, hrAccount, management, shopAccount } from '../reading/fleets.ts';
import { temporaryFolder } from '../temporary.ts';
import { run } from './in-process.ts';

const withoutRole = { roles: { MfaDriftAudit: null } };

/** Three accounts are not read, one is; `match` and `exceptions` of the one policy there is. */
async function warnings(match: string, exceptions = '', flags: readonly string[] = []): Promise<readonly string[]> {
  const closed = ['444444444444', '555555555555'].map((id) => account({ id, unit: '/Closed', ...withoutRole }));
  const accounts = [account({ id: management }), shopAccount(), hrAccount(withoutRole), ...closed];
  const sandbox = await startSandbox({ fleet: fleetFrom(fleet({ accounts })) });
  onTestFinished(() => sandbox.close());
  const folder = await temporaryFolder();
  const files = ['mfa-drift.yaml', 'policy.yaml', 'exceptions.yaml'].map((name) => join(folder, name));
  const [configuration = '', policy = '', excepted = ''] = files;
  await writeFile(configuration, 'apiVersion: mfa-drift/v1\nkind: Config\naccounts: { organization: true }\n');
  await writeFile(
    policy,
    `apiVersion: mfa-drift/v1\nkind: Policy\nname: p\nmatch: ${match}\nexpect: { MfaConfiguration: 'ON' }\n`,
  );
  await writeFile(excepted, `apiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions: [${exceptions}]\n`);
  const sources = ['--config', configuration, '--policies', policy, '--policies', excepted];
  const { stdout } = await run(['audit', ...sources, '--report', 'json', ...flags], sandbox.environment);
  const result = JSON.parse(stdout) as { readonly warnings: readonly { readonly code: string; message: string }[] };
  return result.warnings.flatMap(({ code, message }) => (/-(?:unused|idle)$/.test(code) ? [message] : []));
}

test('a pool that nobody has: 3 accounts were not read, and it may be there', async () => {
  expect(await warnings('{ pools: ["custmoers-*"] }')).toEqual([
    'policy p: pools "custmoers-*" matched nothing in what was read (3 accounts were not)',
  ]);
}, 60_000);

test('a name or a tag that no account has is told for certain: the list of accounts is enough', async () => {
  expect(await warnings('{ accounts: ["*-prod", "*-prdo"], accountTags: { env: [prod, prd] } }')).toEqual([
    'policy p: accounts "*-prdo" matches no account',
    'policy p: accountTags.env "prd" matches no account',
  ]);
}, 60_000);

test('a pool is told for certain where no account that it could be in is unread', async () => {
  expect(await warnings('{ organizationalUnits: ["/Workloads/Prod"], pools: ["custmoers-*"] }')).toEqual([
    'policy p: pools "custmoers-*" matches no pool',
  ]);
}, 60_000);

test('an exception that matches a pool and excuses nothing is told, with what was not read', async () => {
  const exception = `{ match: { pools: [customers] }, paths: [EmailMfaConfiguration], reason: r, owner: o, expires: ${soon()} }`;
  expect(await warnings('{}', exception)).toEqual([
    'the exception of o matches 1 pool and excuses nothing: no finding of theirs is one that it covers in what was read (3 accounts were not)',
  ]);
}, 60_000);

test('nothing is told of a run that a flag has narrowed', async () => {
  expect(await warnings('{ pools: ["custmoers-*"] }', '', ['--region', 'eu-west-1'])).toEqual([]);
}, 60_000);

function soon(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
}
