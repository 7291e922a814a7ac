/** Doctor tries what the configuration and the policies will ask for, in each account, and changes nothing. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { fleet, hr, hrAccount, management, shop, shopAccount } from '../reading/fleets.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import { started } from '../sandbox/clients.ts';
import { temporaryFolder } from '../temporary.ts';

const version = { apiVersion: 'mfa-drift/v1' };
const organization = { accounts: { organization: true }, regions: ['eu-west-1'] };
const required = { kind: 'Policy', name: 'required', expect: { MfaConfiguration: 'ON' } };
const remediates = { ...organization, role: { remediationName: 'MfaDriftRemediate' } };
const bothRoles = { MfaDriftAudit: {}, MfaDriftRemediate: {} };

/** `documents`: policies and exceptions; none: the folder is not there. */
async function doctor(
  sandbox: Sandbox,
  config: object,
  documents: readonly object[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const folder = await temporaryFolder();
  const policies = join(folder, 'policies');
  const settings = { ...version, kind: 'Config', policies: [policies], ...config };
  await writeFile(join(folder, 'mfa-drift.yaml'), stringify(settings));
  if (documents.length > 0) await mkdir(policies);
  for (const [index, document] of documents.entries())
    await writeFile(join(policies, `${index}.yaml`), stringify({ ...version, ...document }));
  return run(['doctor', '--config', join(folder, 'mfa-drift.yaml'), '--log-level', 'error'], {
    ...sandbox.environment,
    ...environment,
  });
}

const accepts = (accounts: readonly string[]) => ({
  kind: 'Exceptions',
  exceptions: [
    {
      match: { accounts },
      gaps: ['AccessDenied'],
      reason: 'not ours',
      owner: 'security@example.com',
      ticket: 'SEC-1',
      expires: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    },
  ],
});

describe('what is read', () => {
  it('is all there: exit 0, with the pools that an audit reads, of which one a region is asked', async () => {
    const pools = [{ name: 'customers', regions: ['eu-west-1', 'us-east-1'], count: 130 }];
    const document: FleetDocument = fleet({
      quotas: 'off',
      emptyPages: 0.3,
      accounts: [{ id: management, name: 'm' }, shopAccount({ pools })],
    });
    const sandbox = await started(document);
    const ended = await doctor(sandbox, { ...organization, regions: ['eu-west-1', 'us-east-1'] }, [required]);
    expect(ended.stdout).toContain('260 pools that an audit reads');
    expect(ended.exitCode).toBe(0);
    expect(sandbox.calls.count('GetUserPoolMfaConfig')).toBe(2);
    expect(sandbox.calls.count('DescribeUserPool'), 'no policy needs it').toBe(0);
    expect(sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
  });

  it('is what the policies need: units that a member account may not ask for are a gap', async () => {
    const sandbox = await started(fleet({ caller: { account: shop } }));
    const selects = { ...required, match: { organizationalUnits: ['/Workloads/Prod'] } };
    const own = { regions: ['eu-west-1'] };
    const ended = await doctor(sandbox, own, [selects]);
    expect(ended.stdout).toMatch(/organizational unit of the\s+account/);
    expect(ended.stdout).toMatch(/Let the caller read Organizations/);
    expect(ended.exitCode).toBe(3);
    expect((await doctor(sandbox, own, [required])).exitCode, 'nothing selects by units').toBe(0);
  });

  it('is what most policies need where there are none yet', async () => {
    const sandbox = await started(fleet());
    const ended = await doctor(sandbox, organization, []);
    expect(ended.stdout).toMatch(/^none {2}policies {7}none in .*\/policies: what most of them need was tried$/m);
    expect(ended.exitCode).toBe(0);
    expect(sandbox.calls.count('DescribeUserPool')).toBe(2);
  });

  it('of an account in no organization is well with the shipped policies', async () => {
    const { organization: _none, ...alone } = fleet({ accounts: [shopAccount()] });
    const sandbox = await started(alone);
    const ended = await run(['doctor', '--policies', resolve('policies'), '--log-level', 'error'], sandbox.environment);
    expect(ended.stdout).toMatch(/^ok {4}permissions/m);
    expect(ended.exitCode).toBe(0);
  });

  it('honours accepted gaps, so that it can gate a pipeline', async () => {
    const sandbox = await started(
      fleet({
        accounts: [{ id: management, name: 'm' }, shopAccount(), hrAccount({ roles: { MfaDriftAudit: null } })],
      }),
    );
    const open = await doctor(sandbox, organization, [required]);
    expect(open).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/^exit 3: 1 place can't be read$/m) });
    const ended = await doctor(sandbox, organization, [required, accepts([hr])]);
    expect(ended.stderr).toMatch(/^exit 0: all that was tried is allowed; 1 gap is accepted by exceptions$/m);
    expect(ended.stdout).toMatch(/1 gap accepted by an exception$/m);
    expect(ended.stdout).not.toContain('FAIL');
    expect(ended.exitCode).toBe(0);
  });

  it('in the management account takes a role that no StackSet brings', async () => {
    const sandbox = await started(
      fleet({
        caller: { account: shop },
        organization: { id: 'o-exampleorg', managementAccount: management, delegatedAdministrators: [shop] },
      }),
    );
    const ended = await doctor(sandbox, organization, [required]);
    const text = ended.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('Deploy the audit role MfaDriftAudit there');
    expect(text).toContain(
      'A service-managed StackSet never reaches the management account: deploy the role there as a stack of its own.',
    );
    expect(ended.exitCode).toBe(3);
  });
});

describe('what would be written', () => {
  it('is tried with the role that writes, and nothing is changed', async () => {
    const sandbox = await started(
      fleet({
        roles: bothRoles,
        accounts: [{ id: management, name: 'm', roles: bothRoles }, shopAccount(), hrAccount()],
      }),
    );
    const before = sandbox.pools();
    const ended = await doctor(sandbox, remediates, [required]);
    expect(ended.stdout).toMatch(/^ok {4}remediation {4}3 of 3 accounts can be written$/m);
    expect(ended.stderr).toMatch(/^exit 0: all that was tried is allowed$/m);
    expect(ended.exitCode).toBe(0);
    expect(sandbox.calls.count('SetUserPoolMfaConfig')).toBe(3);
    expect(sandbox.pools()).toEqual(before);
  });

  it('is a failure where the role is missing, and where it lacks the permission', async () => {
    const lacking = { MfaDriftRemediate: { lacks: ['cognito-idp:SetUserPoolMfaConfig'] } };
    const sandbox = await started(
      fleet({
        roles: bothRoles,
        accounts: [{ id: management, name: 'm' }, shopAccount({ roles: lacking }), hrAccount()],
      }),
    );
    const ended = await doctor(sandbox, remediates, [required]);
    const text = ended.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('FAIL remediation 1 of 3 accounts can be written');
    expect(text).toContain('NOT WRITTEN 2 accounts: nothing can be put right there');
    expect(text).toContain('Allow cognito-idp:SetUserPoolMfaConfig to the remediation role MfaDriftRemediate.');
    expect(text).toMatch(
      /Deploy the remediation role MfaDriftRemediate there .* A service-managed StackSet never reaches/,
    );
    expect(ended.exitCode).toBe(3);
    expect((await doctor(sandbox, remediates, [required, accepts([management, shop])])).exitCode).toBe(0);
  });

  it.each<[string, object, object, Readonly<Record<string, string>>]>([
    ['no role for it is named, and no policy is put right without asking', organization, required, {}],
    ['no policy may be put right', remediates, { ...required, remediation: { mode: 'never' } }, {}],
    ['it is switched off', remediates, required, { MFA_DRIFT_REMEDIATION: 'off' }],
    [
      'the only policy speaks of another account',
      remediates,
      { ...required, match: { accounts: ['999999999999'] } },
      {},
    ],
  ])('is not tried where %s', async (_why, config, policy, environment) => {
    const sandbox = await started(fleet());
    const ended = await doctor(sandbox, config, [policy], environment);
    expect(ended.exitCode).toBe(0);
    expect(sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
  });

  it('is tried with the audit role where a policy is put right without asking and no other role is named', async () => {
    const sandbox = await started(fleet({ roles: { MfaDriftAudit: { lacks: ['cognito-idp:SetUserPoolMfaConfig'] } } }));
    const ended = await doctor(sandbox, organization, [{ ...required, remediation: { mode: 'auto' } }]);
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Allow cognito-idp:SetUserPoolMfaConfig to the audit role MfaDriftAudit.',
    );
    expect(ended.exitCode).toBe(3);
  });
});

describe('whether CloudTrail can be asked', () => {
  const blames = { ...organization, blame: true };

  it('is tried once in each account with pools where the configuration asks for it', async () => {
    const sandbox = await started(fleet({ roles: { MfaDriftAudit: {} } }));
    const { stdout, exitCode } = await doctor(sandbox, blames, [required]);
    expect(stdout).toMatch(/^ok +blame +(\d+) of \1 accounts can be asked who changed their pools$/m);
    expect(exitCode).toBe(0);
    const asked = sandbox.calls.entries.filter(({ operation }) => operation === 'LookupEvents');
    expect(new Set(asked.map(({ accountId }) => accountId)).size).toBe(asked.length);
  });

  it('is a failure where the role may not, and no question where nobody asks', async () => {
    const sandbox = await started(fleet({ roles: { MfaDriftAudit: { like: 'audit-role' } } }));
    const { stdout, exitCode } = await doctor(sandbox, blames, [required]);
    expect(stdout).toMatch(/^FAIL +blame /m);
    expect(stdout).toContain('CloudTrail does not tell there who changed a pool');
    expect(stdout).toContain('Allow cloudtrail:LookupEvents to the audit role MfaDriftAudit.');
    expect(exitCode).toBe(3);
    expect((await doctor(sandbox, organization, [required])).stdout).not.toContain('blame');
  });
});
