/** `accounts.organizationRole`: the one who runs the audit may not list the organization, and a role may. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import { started } from '../sandbox/clients.ts';
import { management, member, other, smallFleet } from '../sandbox/small-fleet.ts';
import { temporaryFolder } from '../temporary.ts';
import { audit, run } from './in-process.ts';

const name = 'MfaDriftOrganization';
const arn = `arn:aws:iam::${management}:role/${name}`;
/** The audit runs in a member account, which is no delegated administrator. */
const fleet = (role: object | null): FleetDocument => {
  const { accounts, ...rest } = smallFleet();
  const roles = role === null ? {} : { roles: { [name]: { externalId: 'mfa-drift', ...role } } };
  return {
    ...rest,
    caller: { account: other },
    accounts: accounts.map((account) => (account.id === management ? { ...account, ...roles } : account)),
  };
};

async function workspaceWith(organizationRole: string | null): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'policies'));
  const role = organizationRole === null ? '' : `, organizationRole: "${organizationRole}"`;
  await writeFile(
    join(folder, 'mfa-drift.yaml'),
    `apiVersion: mfa-drift/v1
kind: Config
accounts: { organization: true, exclude: [{ accounts: ["${management}"] }]${role} }
role: { externalId: mfa-drift }
regions: [eu-west-1]
`,
  );
  await writeFile(
    join(folder, 'policies', 'prod.yaml'),
    `apiVersion: mfa-drift/v1
kind: Policy
name: prod
severity: high
match: { organizationalUnits: [/Workloads/Prod], accountTags: { env: [prod] } }
expect: { MfaConfiguration: "ON" }
`,
  );
  return folder;
}

/** All that Organizations is asked, and nothing of Cognito. */
const organizationsAlone = { allows: ['organizations:*'] };

describe('accounts.organizationRole', () => {
  it('lists the accounts, names their units and reads their tags; the caller assumes the audit roles', async () => {
    const sandbox = await started(fleet(organizationsAlone));
    const { exitCode, result } = await audit(await workspaceWith(arn), sandbox.environment);
    expect(result.gaps).toEqual([]);
    expect(result.pools.map(({ poolName, policies }) => [poolName, policies])).toEqual([
      ['customers', ['prod']],
      ['staff', []],
    ]);
    expect(exitCode).toBe(2);
    const assumed = sandbox.calls.entries.filter(({ operation }) => operation === 'AssumeRole');
    expect(assumed).toHaveLength(2);
    const asking = new Set(
      sandbox.calls.entries.flatMap(({ service, accountId }) => (service === 'organizations' ? [accountId] : [])),
    );
    expect([...asking]).toEqual([management]);
  });

  it('is what an audit of such a caller needs', async () => {
    const sandbox = await started(fleet(organizationsAlone));
    await expect(audit(await workspaceWith(null), sandbox.environment)).rejects.toThrow(
      /accounts of the organization cannot be listed/,
    );
  });

  it.each([
    ['is not there', null],
    ['does not trust the caller', { ...organizationsAlone, trusts: [] }],
    ['may not list accounts', { allows: ['organizations:DescribeOrganization'] }],
  ])('is named where the role %s, by doctor too', async (_, role) => {
    const sandbox = await started(fleet(role));
    const workspace = await workspaceWith(arn);
    const refused = new RegExp(
      `cannot be listed by accounts\\.organizationRole, ${arn} .*It must be in the management account`,
    );
    await expect(audit(workspace, sandbox.environment)).rejects.toThrow(refused);
    const args = ['--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
    await expect(run(['doctor', ...args, '--log-level', 'error'], sandbox.environment)).rejects.toThrow(refused);
  });

  it.each(['MfaDriftOrganization', `arn:aws:iam::ACCOUNT:role/${name}`])('is a whole ARN, not %s', async (wrong) => {
    await expect(audit(await workspaceWith(wrong), {})).rejects.toThrow(
      /mfa-drift\.yaml:3:\d+ .*organizationRole must be a role's whole ARN/,
    );
  });

  it('is asked for units and tags where the accounts are named by hand', async () => {
    const sandbox = await started(fleet(organizationsAlone));
    const workspace = await workspaceWith(arn);
    const config = `apiVersion: mfa-drift/v1
kind: Config
accounts: { ids: ["${member}"], organizationRole: "${arn}" }
role: { externalId: mfa-drift }
regions: [eu-west-1]
`;
    await writeFile(join(workspace, 'mfa-drift.yaml'), config);
    const { result } = await audit(workspace, sandbox.environment);
    expect(result.pools.map(({ poolName, policies }) => [poolName, policies])).toEqual([['customers', ['prod']]]);
  });
});
