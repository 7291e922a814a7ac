/** A certificate authority of the test's own, and a server's certificate by it, made with openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Authority {
  /** The file that `--ca-bundle` would name. */
  readonly bundle: string;
  readonly key: Buffer;
  readonly cert: Buffer;
  remove(): void;
}

/** Vouches for these names of hosts. */
export function createAuthority(hosts: readonly string[]): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-drift-authority-'));
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...fresh, '-subj', '/CN=Test', '-keyout', file('ca.key'), '-out', file('ca.pem'));
  const names = ['-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`];
  const by = ['-CA', file('ca.pem'), '-CAkey', file('ca.key')];
  openssl(
    'req',
    '-x509',
    ...fresh,
    ...by,
    ...names,
    '-subj',
    '/CN=server',
    '-keyout',
    file('key'),
    '-out',
    file('cert'),
  );
  return {
    bundle: file('ca.pem'),
    key: readFileSync(file('key')),
    cert: readFileSync(file('cert')),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
