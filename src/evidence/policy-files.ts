import type { PolicyFileRecord } from '../domain/model/source-files.ts';

export interface PackedPolicy {
  /** Below the pack's folder; `/` between its parts. */
  readonly path: string;
  /** As the run named it. */
  readonly source: string;
  readonly text: string;
}

/**
 * Where each file of policies, exceptions and configuration lies in the pack: below `policies/`, under the name it has in
 * its own folder of policies. No name leads out of the pack, whatever the run called it.
 */
export function packedPolicies(files: readonly PolicyFileRecord[]): readonly PackedPolicy[] {
  const taken = new Set<string>();
  return files.map(({ file, text }) => {
    const path = freeName(`policies/${nameInPack(file)}`, taken);
    taken.add(path.toLowerCase());
    return { path, source: file, text };
  });
}

function nameInPack(file: string): string {
  const isAbsolute = /^(?:[\\/]|[A-Za-z]:)/.test(file);
  const parts = file
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map((part) => part.replaceAll(/[^\w.@+=-]/g, '_'));
  const below = parts.slice(parts.lastIndexOf('policies') + 1);
  const named = isAbsolute && below.length === parts.length ? below.slice(-1) : below;
  return named.length === 0 ? 'unnamed.yaml' : named.join('/');
}

/** Also where letters' case tells nothing apart. */
function freeName(path: string, taken: ReadonlySet<string>): string {
  if (!taken.has(path.toLowerCase())) return path;
  const at = path.lastIndexOf('.');
  const [stem, end] = at > path.lastIndexOf('/') ? [path.slice(0, at), path.slice(at)] : [path, ''];
  for (let number = 2; ; number += 1) {
    const next = `${stem}-${number}${end}`;
    if (!taken.has(next.toLowerCase())) return next;
  }
}
