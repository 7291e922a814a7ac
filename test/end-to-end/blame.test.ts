/** `audit --blame`: of drift that is made by others, each cause is named rightly, or why it can't be. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Blame, CodeEvent } from '../../src/domain/model/blame.ts';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { assume, auditRole, keysOf, refusal, started } from '../sandbox/clients.ts';
import { management, member, smallFleet } from '../sandbox/small-fleet.ts';
import {
  clientAs,
  idAlone,
  protectedFromDeletion,
  totpOn,
  totpOnly,
  totpOptional,
  turnedOff,
  userAgents,
} from './changing.ts';
import type { Policy } from '../oracle/language.ts';
import { run } from './in-process.ts';
import { writeWorkspace } from './workspace.ts';

const names = ['console', 'terraform', 'cloudformation', 'cdk', 'cli', 'sdk', 'own', 'unknown', 'untouched', 'script'];
const idOf = (name: string) => `eu-west-1_${name}`;

/** Pools that are ON with TOTP, in one account. */
function fleet(changes: Partial<FleetDocument> = {}): FleetDocument {
  const cdkRole = `cdk-hnb659fds-cfn-exec-role-${member}-eu-west-1`;
  return smallFleet({
    accounts: [
      { id: management, name: 'management' },
      {
        id: member,
        name: 'shop-prod',
        roles: { [cdkRole]: { externalId: null }, Administrators: { externalId: null } },
        pools: names.map((name) => ({ name, regions: ['eu-west-1'], id: idOf(name), like: 'totp' })),
      },
    ],
    ...changes,
  });
}

const workspace = (remediation: Policy['remediation'] & object = { mode: 'never' }) =>
  writeWorkspace(
    {
      configuration: {
        accounts: { ids: [member] },
        role: { name: 'MfaDriftAudit', externalId: 'mfa-drift' },
        regions: ['eu-west-1'],
      } as never,
      policies: [
        {
          name: 'floor',
          severity: 'high',
          expect: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
          remediation,
        },
      ],
      exceptions: [],
    },
    { quotas: { LookupEvents: 1000 }, quotaShare: 1 },
  );

/** The configuration again, with so many pages of events. */
async function withPages(folder: string, pages: number): Promise<string> {
  const file = join(folder, `pages-${pages}.yaml`);
  const text = await readFile(join(folder, 'mfa-drift.yaml'), 'utf8');
  await writeFile(file, text.replace('limits:', `limits:\n  lookupPages: ${pages}`));
  return file;
}

interface Told {
  readonly blame?: Blame;
  readonly poolName: string;
  readonly managedBy: string | null;
  readonly codeEvent?: CodeEvent;
  readonly remediation: { readonly outcome: string; readonly code: string | null } | null;
}

async function audited(sandbox: Sandbox, folder: string, ...more: readonly string[]) {
  const file = join(folder, 'result.json');
  const args = ['audit', '--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies')];
  const ended = await run(
    [...args, '--run-dir', join(folder, 'run'), '--report', `json=${file}`, '--blame', ...more],
    sandbox.environment,
  );
  // A run that could not be made leaves what the last one wrote.
  expect(ended.exitCode, ended.stderr).not.toBe(1);
  const result = JSON.parse(await readFile(file, 'utf8'));
  const pools: readonly Told[] = result.pools;
  return { ...ended, result, pools: new Map(pools.map((pool) => [pool.poolName, pool])) };
}

describe('of seeded drift', () => {
  it('each cause is named rightly', async () => {
    const sandbox = await started(fleet());
    const send = (name: string, agent: string, keys = keysOf(sandbox, member)) =>
      clientAs(sandbox, member, agent, { keys }).send(totpOptional(idOf(name)));
    const asRole = (role: string, session: string) =>
      assume(sandbox, member, {
        RoleArn: auditRole(member).replace('MfaDriftAudit', role),
        RoleSessionName: session,
        ExternalId: undefined,
      });
    await send('console', userAgents.console, await asRole('Administrators', 'anna@example.com'));
    for (const agent of ['terraform', 'cloudformation', 'cli', 'sdk', 'unknown'] as const)
      await send(agent, userAgents[agent]);
    await send(
      'cdk',
      userAgents.cloudformation,
      await asRole(`cdk-hnb659fds-cfn-exec-role-${member}-eu-west-1`, 'AWSCloudFormation'),
    );
    await send(
      'own',
      'aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#20.20.2 api/cognito-identity-provider#3.1169.0 m/E app/mfa-drift',
    );
    await clientAs(sandbox, member, userAgents.sdk).send(idAlone(idOf('script')));
    const { pools, exitCode } = await audited(sandbox, await workspace());
    expect(exitCode).toBe(2);
    const told = [...pools].map(([name, { blame }]) => [name, blame?.outcome ?? null, blame?.event?.agent ?? null]);
    expect(Object.fromEntries(told.map(([name, ...rest]) => [name, rest]))).toEqual({
      console: ['named', 'console'],
      terraform: ['named', 'terraform'],
      cloudformation: ['named', 'cloudformation'],
      cdk: ['named', 'cdk'],
      cli: ['named', 'cli'],
      sdk: ['named', 'sdk'],
      own: ['named', 'mfa-drift'],
      unknown: ['named', null],
      untouched: [null, null],
      script: ['named', 'sdk'],
    });
    expect(pools.get('console')?.blame?.event?.who).toMatchObject({
      kind: 'role',
      name: 'Administrators',
      session: 'anna@example.com',
    });
    expect(pools.get('script')?.blame?.event?.namesOnlyPool).toBe(true);
    expect(pools.get('sdk')?.blame?.event?.namesOnlyPool).toBe(false);
    // One unit, three names of events.
    expect(sandbox.calls.count('LookupEvents')).toBe(3);
  });
});

describe('no cause is named', () => {
  it('where the change is older than events are, the pool says so', async () => {
    let offsetMs = -100 * 86_400_000;
    const sandbox = await started(fleet(), { now: () => Date.now() + offsetMs });
    await clientAs(sandbox, member, userAgents.cli, { offsetMs }).send(totpOptional(idOf('cli')));
    offsetMs = 0;
    const { pools } = await audited(sandbox, await workspace());
    expect(pools.get('cli')?.blame).toEqual({ outcome: 'older', event: null, failure: null, nights: null });
  });

  it('where nothing tells that it is older', async () => {
    const off = { mfa: { MfaConfiguration: 'OFF' as const } };
    const sandbox = await started(fleet({ templates: { totp: off } }));
    // A refused call, and an update that names nothing of MFA, have changed nothing.
    const cli = clientAs(sandbox, member, userAgents.cli);
    await refusal(cli.send(totpOnly(idOf('cli'))));
    await cli.send(protectedFromDeletion(idOf('sdk')));
    const { pools } = await audited(sandbox, await workspace());
    expect(pools.get('cli')?.blame?.outcome).toBe('older');
    expect(pools.get('sdk')?.blame?.outcome).toBe('not-found');
  });

  it('where the role may not ask, which is a warning and no gap', async () => {
    const sandbox = await started(fleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', like: 'audit-role' } } }));
    await clientAs(sandbox, member, userAgents.cli).send(totpOptional(idOf('cli')));
    const { pools, result, exitCode } = await audited(sandbox, await workspace());
    expect(pools.get('cli')?.blame).toMatchObject({ outcome: 'denied', failure: { code: 'AccessDenied' } });
    expect(exitCode).toBe(2);
    expect(result.complete).toBe(true);
    expect(result.warnings).toEqual([
      {
        code: 'blame-unread',
        message:
          'CloudTrail could not be asked about 1 pool with drift: AccessDenied. Allow cloudtrail:LookupEvents to the audit role MfaDriftAudit.',
        file: null,
        line: null,
      },
    ]);
    expect(sandbox.calls.count('LookupEvents')).toBe(1);
  });

  it('where events hide the ids of their pools', async () => {
    const sandbox = await started(fleet(), { switches: { 'user-pool-id-in-events': 'hidden' } });
    await clientAs(sandbox, member, userAgents.terraform).send(totpOptional(idOf('cli')));
    const { pools } = await audited(sandbox, await workspace());
    expect(pools.get('cli')?.blame?.outcome).toBe('masked');
    expect(pools.get('cli')?.managedBy).toBeNull();
  });

  it('where there are more events than pages of them are read, which is said', async () => {
    const sandbox = await started(fleet());
    const sdk = clientAs(sandbox, member, userAgents.sdk);
    await sdk.send(totpOptional(idOf('cli')));
    for (let count = 0; count < 50; count += 1) await sdk.send(totpOn(idOf('sdk')));
    const folder = await workspace();
    const { pools, result } = await audited(sandbox, folder, '--config', await withPages(folder, 1));
    expect(pools.get('cli')?.blame?.outcome).toBe('capped');
    expect(result.warnings.map(({ code }: { readonly code: string }) => code)).toEqual(['blame-capped']);
    expect(result.warnings[0].message).toContain('the newest 50 events');
    const deeper = await audited(sandbox, folder, '--config', await withPages(folder, 2));
    expect(deeper.pools.get('cli')?.blame?.event?.agent).toBe('sdk');
  });
});

describe('a pool that was changed between two nights', () => {
  it('says which, and says so the night after', async () => {
    const sandbox = await started(fleet());
    const folder = await workspace();
    const baseline = join(folder, 'last.json');
    const night = async () => {
      const audit = await audited(sandbox, folder, '--baseline', baseline);
      await copyFile(join(folder, 'result.json'), baseline);
      return audit;
    };
    const first = await night();
    await clientAs(sandbox, member, userAgents.cli).send(turnedOff(idOf('cli')));
    const second = await night();
    const third = await night();
    const nights = { after: first.result.run.startedAt, by: second.result.run.startedAt };
    expect(second.pools.get('cli')?.blame).toMatchObject({ outcome: 'named', nights });
    expect(third.pools.get('cli')?.blame).toMatchObject({ outcome: 'named', nights });
  });
});

describe('a pool that Terraform has changed', () => {
  const willing = { mode: 'auto', allow: ['tightening', 'disruptive'] } as const;

  /** Terraform made it what it is, and somebody changed it in the console. */
  async function changedByBoth() {
    const sandbox = await started(fleet());
    await clientAs(sandbox, member, userAgents.terraform).send(totpOptional(idOf('terraform')));
    await clientAs(sandbox, member, userAgents.console).send(turnedOff(idOf('terraform')));
    await clientAs(sandbox, member, userAgents.console).send(totpOptional(idOf('console')));
    return sandbox;
  }

  it('is left to Terraform, whoever changed it last; another one is put right', async () => {
    const { pools } = await audited(await changedByBoth(), await workspace(willing), '--remediate');
    const { blame, managedBy, remediation } = pools.get('terraform') ?? {};
    expect(blame?.event?.agent).toBe('console');
    expect(managedBy).toMatch(/^Terraform \(CloudTrail, \d{4}-\d{2}-\d{2}\)$/);
    expect(remediation).toMatchObject({ outcome: 'refused', code: 'managed-elsewhere' });
    expect(pools.get('console')?.remediation?.outcome).toBe('applied');
    expect(pools.get('console')?.blame?.event?.agent).toBe('console');
  });

  it('is changed where that is said, and what changed it is this program the night after', async () => {
    const sandbox = await changedByBoth();
    const folder = await workspace(willing);
    const { pools } = await audited(sandbox, folder, '--remediate', '--include-managed', '--max-changes', '5');
    expect(pools.get('terraform')?.remediation?.outcome).toBe('applied');
    // Another policy, so that what this program wrote drifts.
    const off = await readFile(join(folder, 'policies', 'floor.yaml'), 'utf8');
    await writeFile(
      join(folder, 'policies', 'floor.yaml'),
      off.replace(/MfaConfiguration: "?ON"?/, 'MfaConfiguration: OPTIONAL'),
    );
    const after = await audited(sandbox, folder);
    expect(after.pools.get('terraform')?.blame?.event?.agent).toBe('mfa-drift');
  });

  it('stays Terraform’s when its events have ended, as long as the baseline is handed on', async () => {
    const folder = await workspace(willing);
    const { pools } = await audited(await changedByBoth(), folder);
    const known = pools.get('terraform')?.codeEvent;
    expect(known?.agent).toBe('terraform');
    await copyFile(join(folder, 'result.json'), join(folder, 'last.json'));
    const off = { mfa: { MfaConfiguration: 'OFF' as const } };
    const later = await started(fleet({ templates: { totp: off } }));
    const baseline = ['--baseline', join(folder, 'last.json')];
    for (const how of [[], ['--remediate']]) {
      const night = await audited(later, folder, ...baseline, ...how);
      expect(night.pools.get('terraform')).toMatchObject({ blame: { outcome: 'older' }, codeEvent: known });
    }
    const plan = async (...more: readonly string[]) => {
      const out = join(folder, 'plan.json');
      const args = ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies')];
      const { stdout } = await run(
        ['plan', ...args, '--out', out, '--run-dir', join(folder, 'run'), ...more],
        later.environment,
      );
      const { refused } = JSON.parse(await readFile(out, 'utf8'));
      return { stdout, refused };
    };
    const kept = await plan(...baseline, '--patch', 'auto');
    expect(kept.refused).toMatchObject([{ poolId: idOf('terraform'), code: 'managed-elsewhere' }]);
    expect(kept.stdout).toContain('to change at the source: Terraform');
    expect(kept.stdout).toContain('aws_cognito_user_pool');
    expect((await plan()).refused).toEqual([]);
  });
});

describe('one pool', () => {
  it('is shown with its last change, live and from a saved result, which is judged again', async () => {
    const sandbox = await started(fleet());
    await clientAs(sandbox, member, userAgents.sdk).send(idAlone(idOf('script')));
    const folder = await workspace();
    await audited(sandbox, folder);
    const files = ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies')];
    const saved = join(folder, 'result.json');
    const show = async (name: string, ...more: readonly string[]) =>
      (
        await run(
          ['show', idOf(name), '--account', member, '--region', 'eu-west-1', ...files, ...more],
          sandbox.environment,
        )
      ).stdout.replaceAll(/\s+/g, ' ');
    const words = 'last change: set to OFF by a call that named only the pool: SetUserPoolMfaConfig, ';
    expect(await show('script', '--blame')).toContain(words);
    expect(await show('script', '--from', saved)).toContain(words);
    expect(await show('script')).not.toContain('last change');
    const before = sandbox.calls.count('LookupEvents');
    expect(await show('cli', '--blame')).not.toContain('last change');
    expect(sandbox.calls.count('LookupEvents')).toBe(before);
    const other = join(folder, 'other.json');
    await copyFile(saved, other);
    for (const more of [[], ['--baseline', other]]) {
      const again = join(folder, 'again.json');
      await run(['audit', ...files, '--from', saved, '--report', `json=${again}`, ...more], {});
      const { pools } = JSON.parse(await readFile(again, 'utf8'));
      const script = pools.find(({ poolName }: Told) => poolName === 'script');
      expect(script.blame.event.namesOnlyPool).toBe(true);
    }
  });
});
