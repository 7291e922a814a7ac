/** One audit by the program, of one sandbox. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNdjson } from '../src/ndjson.ts';
import { auditRole } from './fleet.ts';
import { cli, measure, type Measured, type MeasureOptions } from './measure.ts';
import type { SandboxProcess } from './sandbox-process.ts';

export interface AuditSettings {
  /** Default: all that the accounts have enabled. */
  readonly regions?: readonly string[];
  /** Default: the program's own. */
  readonly limits?: object;
  readonly reports?: readonly string[];
  /** More of the command line. */
  readonly flags?: readonly string[];
  /** Default: the build of this checkout. */
  readonly program?: string;
}

/** So high that no bucket ever empties: for figures of processor time. */
export const unpaced = { quotas: { UserPoolRead: 100_000, UserPoolResourceRead: 100_000 }, quotaShare: 1 };

export const policy = {
  apiVersion: 'mfa-drift/v1',
  kind: 'Policy',
  name: 'mfa',
  severity: 'high',
  expect: { MfaConfiguration: { noneOf: ['OFF'] }, SoftwareTokenMfaConfiguration: { Enabled: true } },
  remediation: { mode: 'never' },
};

/**
 * Checks too that the audit read everything: a figure of a run with gaps would be worth nothing.
 *
 * @param pools how many there are; `null`: it is a shard, which reads some
 */
export async function auditOf(
  { environment }: SandboxProcess,
  settings: AuditSettings,
  pools: number | null,
  options: MeasureOptions = {},
): Promise<Measured> {
  const cwd = await mkdtemp(join(tmpdir(), 'mfa-drift-bench-audit-'));
  try {
    await mkdir(join(cwd, 'policies'));
    // YAML reads JSON.
    await writeFile(join(cwd, 'policies', 'mfa.yaml'), JSON.stringify(policy));
    await writeFile(join(cwd, 'mfa-drift.yaml'), JSON.stringify(configuration(settings)));
    const reports = ['ndjson=result.ndjson', ...(settings.reports ?? [])].flatMap((report) => ['--report', report]);
    const { program = cli, flags = [] } = settings;
    const args = [program, 'audit', '--quiet', '--log-level', 'error', ...reports, ...flags];
    const measured = await measure(args, { ...options, environment, cwd });
    if (measured.exitCode !== 0) throw new Error(`The audit ended with ${measured.exitCode}, not 0.`);
    const { summary } = await headOf(join(cwd, 'result.ndjson'));
    if (pools !== null && summary.pools.total !== pools)
      throw new Error(`The audit read ${summary.pools.total} pools of ${pools}.`);
    return measured;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

function configuration({ regions, limits }: AuditSettings): object {
  return {
    apiVersion: 'mfa-drift/v1',
    kind: 'Config',
    accounts: { organization: true },
    role: { name: auditRole },
    ...(regions === undefined ? {} : { regions }),
    ...(limits === undefined ? {} : { limits }),
  };
}

interface Head {
  readonly summary: { readonly pools: { readonly total: number } };
}

/** The first record of a saved result; the file may be larger than a string can be. */
async function headOf(file: string): Promise<Head> {
  for await (const head of readNdjson<Head>(file)) return head;
  throw new Error('The audit saved nothing.');
}
