/** An organization in moto_server, built with boto3, and what is true of it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { MotoServer } from '../conformance/moto-server.ts';

export interface Truth {
  readonly management: string;
  readonly members: readonly string[];
  readonly inWorkloads: string;
  readonly closed: string;
  readonly pools: readonly {
    readonly account: string;
    readonly region: string;
    readonly pool: string;
    readonly mode: string;
  }[];
  readonly runner: Readonly<Record<string, string>>;
}

/** The policies are JSON: of the role that audits, of the runner, of the role that writes. */
export async function build(moto: MotoServer, members: number, ...policies: readonly string[]): Promise<Truth> {
  await reset(moto);
  const script = join(import.meta.dirname, 'moto-organization.py');
  return JSON.parse(execFileSync('python3', [script, moto.url, String(members), ...policies], { encoding: 'utf8' }));
}

export function reset(moto: MotoServer): Promise<void> {
  return post(moto, 'reset', '');
}

export async function post(moto: MotoServer, what: string, body: string): Promise<void> {
  await fetch(`${moto.url}/moto-api/${what}`, { method: 'POST', body });
}

export function environment(url: string): Readonly<Record<string, string>> {
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  return { ...keys, AWS_ENDPOINT_URL: url, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' };
}
