/** This program, with the policy that asks what the others are asked: is MFA ON? */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditRole } from '../../fleet.ts';
import { cli } from '../../measure.ts';
import type { Asked, Command, Peer } from '../peer.ts';
import type { Said, Statement } from '../score.ts';
import { said } from './installed.ts';

const policy = fileURLToPath(new URL('../../../../../policies/like/prowler.yaml', import.meta.url));

export const mfaDrift: Peer = {
  name: 'mfa-drift',
  from: 'this checkout',
  atOnce: 1,
  version: () => said(process.execPath, cli, '--version'),
  async commands({ folder, regions }: Asked): Promise<readonly Command[]> {
    await mkdir(join(folder, 'policies'));
    await copyFile(policy, join(folder, 'policies', 'on.yaml'));
    const accounts = { organization: true };
    // YAML reads JSON.
    const settings = { apiVersion: 'mfa-drift/v1', kind: 'Config', accounts, role: { name: auditRole }, regions };
    await writeFile(join(folder, 'mfa-drift.yaml'), JSON.stringify(settings));
    return [{ line: [process.execPath, cli, 'audit', '--quiet', '--report', 'ndjson=result.ndjson'], cwd: folder }];
  },
  said: async ({ folder }) => saidByResult(await readFile(join(folder, 'result.ndjson'), 'utf8')),
};

interface Line {
  readonly record: string;
  readonly accountId: string;
  readonly region: string | null;
  readonly poolId: string | null;
  readonly status?: string;
  readonly config?: { readonly MfaConfiguration: string; readonly SmsMfaConfiguration?: object | null } | null;
  readonly code?: string;
}

/** A pool's line says its status, its mode and its factors; a gap's line the place that was not read, and why. */
export function saidByResult(ndjson: string): Said {
  const lines = ndjson
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))
    .filter(({ record }) => record === 'pool' || record === 'gap');
  return new Map(lines.map((line) => [placeOf(line), line.record === 'pool' ? ofPool(line) : ofGap(line)]));
}

function placeOf({ accountId, region, poolId }: Line): string {
  return [accountId, region, poolId].filter((part) => part !== null).join('/');
}

function ofGap({ code }: Line): Statement {
  return { verdict: 'unknown', words: `not read: ${code}` };
}

function ofPool({ status, config }: Line): Statement {
  if (status === 'unreadable' || config === null || config === undefined)
    return { verdict: 'unknown', words: String(status) };
  return { verdict: status === 'compliant' ? 'on' : 'not-on', words: `${status}, ${config.MfaConfiguration}` };
}
