import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readinessSchema } from '../../src/report/documents/readiness-document.ts';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import { member, smallFleet } from '../sandbox/small-fleet.ts';
import { temporaryFolder } from '../temporary.ts';

const poolId = 'eu-west-1_Customers';
const arn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/${poolId}`;

/** Twelve local users: 6 with TOTP, 3 whose only attribute recovers the account, 2 with neither, 1 with a passkey alone. */
const directory = [
  {
    name: 'zaphodbeeblebrox',
    count: 6,
    factors: ['SOFTWARE_TOKEN_MFA' as const],
    preferred: 'SOFTWARE_TOKEN_MFA' as const,
  },
  { name: 'fordprefect', count: 3, attributes: ['email' as const] },
  { name: 'slartibartfast', count: 2, attributes: [] },
  { name: 'marvintheandroid', firstFactors: ['WEB_AUTHN' as const] },
  { name: 'tricia', status: 'EXTERNAL_PROVIDER' },
  { name: 'agrajag', enabled: false },
  { name: 'deepthought', status: 'UNCONFIRMED' },
];
const names =
  /zaphod|fordpref|slarti|marvin|tricia|agrajag|deepthought|@example\.com|\+1555|"sub|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a/i;

function fleet(changes: Partial<FleetDocument> = {}, pool: object = {}): FleetDocument {
  const small = smallFleet({
    roles: { MfaDriftAudit: { like: 'audit-role' }, MfaDriftReadiness: { like: 'readiness-role' } },
    ...changes,
  });
  const recovery = { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] } };
  return {
    ...small,
    accounts: small.accounts.map((account) => ({
      ...account,
      pools:
        account.pools?.map((each) =>
          each.id === poolId ? { ...each, directory, userPool: recovery, ...pool } : each,
        ) ?? [],
    })),
  };
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ fleet: fleetFrom(fleet()), recordCalls: true });
});
afterAll(() => sandbox.close());

async function perform(...args: readonly string[]): Promise<Ended> {
  const folder = await temporaryFolder();
  const config = join(folder, 'mfa-drift.yaml');
  await writeFile(config, 'apiVersion: mfa-drift/v1\nkind: Config\nrole: { readinessName: MfaDriftReadiness }\n');
  return run(['readiness', ...args, '--config', config], sandbox.environment);
}

async function performWith(policy: string): Promise<Ended> {
  const folder = await temporaryFolder();
  const config = join(folder, 'mfa-drift.yaml');
  const policies = join(folder, 'p.yaml');
  await writeFile(
    config,
    `apiVersion: mfa-drift/v1\nkind: Config\naccounts: { ids: ["${member}"] }\nrole: { readinessName: MfaDriftReadiness }\n`,
  );
  await writeFile(
    policies,
    `apiVersion: mfa-drift/v1\nkind: Policy\nname: p\nmatch: { pools: [${poolId}] }\n${policy}`,
  );
  const mfa = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
  const optional = await startSandbox({ fleet: fleetFrom(fleet({}, { mfa })) });
  onTestFinished(() => optional.close());
  return run(['readiness', '--policies', policies, '--config', config], optional.environment);
}

describe('readiness', () => {
  it('says how many could still sign in, in both readings, and why the others could not', async () => {
    const { exitCode, stdout } = await perform(arn, '--enrolment', 'managed-login');
    expect(exitCode).toBe(0);
    // 6 with TOTP and 2 who enrol, of 12; and the 3 whom the guide leaves open.
    expect(stdout).toContain('66.7 %  could still sign in with MFA required, as the guide is written');
    expect(stdout).toContain('91.7 %  if a user whose only attribute recovers the account may enrol TOTP');
    expect(stdout).toContain(
      '3  locked out: have one address or number, which is the way to recover the account (step 6)',
    );
    expect(stdout).toContain('1  locked out, passkey only');
    expect(stdout).toContain('Asked 12 of 12 local users: all of them.');
    expect(stdout).toContain('1 federated, 1 disabled, 1 unconfirmed');
  });

  it('counts who must enrol as locked out where nobody said who enrols them', async () => {
    const { stdout } = await perform(arn, '--report', 'json');
    const { pools } = JSON.parse(stdout);
    const [{ readiness }] = pools;
    expect(readiness).toMatchObject({
      design: 'counted',
      enrolment: null,
      population: 12,
      outcomes: { 'as-written': { ready: 6, 'must-enrol': 2, 'locked-out': 3, 'passkey-only': 1 } },
      shares: { 'as-written': { share: 0.5, low: 0.5, high: 0.5 }, lenient: { share: 0.5 } },
    });
  });

  it('writes JSON as its published schema says', async () => {
    const { stdout } = await perform(arn, '--report', 'json');
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(readinessSchema);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('writes one report to read and one for programs, of one measurement', async () => {
    const file = join(await temporaryFolder(), 'readiness.json');
    const { stdout } = await perform(arn, '--report', 'table', '--report', `json=${file}`);
    expect(stdout).toContain('Asked 12 of 12 local users: all of them.');
    expect(JSON.parse(await readFile(file, 'utf8')).pools).toMatchObject([{ readiness: { population: 12 } }]);
    await expect(perform(arn, '--report', 'yaml=x')).rejects.toThrow('formats here are table, json');
  });

  it('measures every pool that policies would turn ON, and says what they wait for', async () => {
    const wanted = await performWith(
      'expect: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } }\nremediation: { mode: never, readiness: 0.6, enrolment: own }\n',
    );
    expect(wanted.stdout).toContain(poolId);
    // 6 with TOTP and 2 who enrol, of 12.
    expect(wanted.stdout).toContain('66.7 %  could still sign in');
    expect(wanted.stdout).toContain('ready: its policies wait for 60.0 % at least');
    expect(wanted.stdout).toContain('Whoever must enrol does so in the application');
    const content = await performWith('expect: {}\n');
    expect(content.stdout).toMatch(
      /^No policy would require MFA, or take a factor away, in the \d+ pools? that could be read\.$/m,
    );
  });

  it('measures named pools, or those of policies, and not both or neither', async () => {
    await expect(perform()).rejects.toThrow('Name a pool');
    await expect(perform(arn, '--policies')).rejects.toThrow('name none beside it');
  });

  it('asks what is billed only where that was allowed, says how much before, and counts it', async () => {
    const reads = {
      allows: ['cognito-idp:List*', 'cognito-idp:Describe*', 'cognito-idp:Get*', 'cognito-idp:AdminGetUser'],
    };
    const roles = { MfaDriftAudit: reads };
    const billing = await startSandbox({ fleet: fleetFrom(fleet({ roles })), recordCalls: true });
    try {
      const denied = await run(['readiness', arn], billing.environment);
      expect(denied.exitCode).toBe(3);
      expect(billing.calls.count('AdminGetUser', 'ok')).toBe(0);
      const { exitCode, stdout, stderr } = await run(['readiness', arn, '--allow-billed-reads'], billing.environment);
      expect(exitCode).toBe(0);
      expect(stderr).toContain(
        "AdminGetUser is asked instead, and counts each user as active for this month's bill: 12 users at most.",
      );
      expect(stdout).toContain('12 reads were by AdminGetUser, and billed.');
      expect(billing.calls.count('AdminGetUser', 'ok')).toBe(12);
      expect(`${stdout}${stderr}`).not.toMatch(names);
    } finally {
      await billing.close();
    }
  });

  it('asks by the role for it, and never for what is billed', async () => {
    await perform(arn);
    const asked = new Set(sandbox.calls.entries.map(({ operation }) => operation));
    expect(asked).toContain('AdminGetUserAuthFactors');
    expect(asked).not.toContain('AdminGetUser');
  });

  it('says which permission is missing, and ends with 3', async () => {
    const denied = await startSandbox({
      fleet: fleetFrom(fleet({ roles: { MfaDriftAudit: { like: 'audit-role' } } })),
    });
    try {
      const { exitCode, stdout } = await run(['readiness', arn], denied.environment);
      expect(exitCode).toBe(3);
      expect(stdout).toMatch(/not measured: AccessDenied .*cognito-idp:ListUsers/);
    } finally {
      await denied.close();
    }
  });

  it('measures the others where one pool is not there, and ends with 3', async () => {
    const absent = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/eu-west-1_Nowhere`;
    const { exitCode, stdout } = await perform(absent, arn);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      `eu-west-1_Nowhere  ${member}  eu-west-1\n  not measured: There is no user pool eu-west-1_Nowhere in account ${member}, region eu-west-1.\n`,
    );
    expect(stdout).toContain('Asked 12 of 12 local users: all of them.');
  });

  it('names no user anywhere: not in reports, not in a log at any level, not in a file, not where reading fails', async () => {
    const folder = await temporaryFolder();
    const faults = {
      faults: [
        { fault: 'http500' as const, rate: 0.2 },
        { fault: 'notJson' as const, operations: ['AdminGetUserAuthFactors'], rate: 0.1 },
      ],
    };
    const failing = await startSandbox({ fleet: fleetFrom(fleet()), faults: { seed: 3, ...faults } });
    try {
      for (const place of [sandbox, failing]) {
        for (const flags of [[], ['--report', 'json'], ['--log-level', 'trace'], ['--debug', '--log-format', 'json']]) {
          const said = await run(['readiness', arn, ...flags], { ...place.environment, TMPDIR: folder });
          expect(said.stdout).toContain(poolId);
          expect(`${said.stdout}${said.stderr}`).not.toMatch(names);
        }
      }
    } finally {
      await failing.close();
    }
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const text = file.isFile() ? await readFile(join(file.parentPath, file.name), 'utf8') : '';
      expect(`${file.name}${text}`).not.toMatch(names);
    }
  });
});
