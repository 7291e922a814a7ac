/** The files behind `--policies`: those named, and the YAML files right inside the folders named. */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Complaint } from '../../errors.ts';
import { fileComplaint } from '../../yaml/yaml-errors.ts';

export interface SourceFiles {
  /** Sorted inside each folder, folders in the order given, each file once. */
  readonly policies: readonly string[];
  /** `*.test.yaml` and `*.test.yml`, likewise. */
  readonly tests: readonly string[];
  readonly complaints: readonly Complaint[];
}

export function findSourceFiles(paths: readonly string[]): SourceFiles {
  const complaints: Complaint[] = [];
  const files = new Set(paths.flatMap((path) => filesAt(path, complaints)));
  const all = [...files];
  return { policies: all.filter((file) => !isTest(file)), tests: all.filter(isTest), complaints };
}

function filesAt(path: string, complaints: Complaint[]): readonly string[] {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) {
    complaints.push({ ...fileComplaint(path, 'does not exist'), hint: 'mfa-drift policy init writes a first policy' });
    return [];
  }
  if (!entry.isDirectory()) return [path];
  const names = readdirSync(path)
    .filter((name) => yaml.test(name) && !name.startsWith('.'))
    .sort();
  const at = (name: string): string => (path === '.' ? name : join(path, name));
  const stems = new Map<string, string>();
  for (const name of names) {
    const stem = name.replace(yaml, '');
    const twin = stems.get(stem);
    if (twin === undefined) stems.set(stem, name);
    else complaints.push({ ...fileComplaint(at(name), `stands beside ${twin}`), hint: 'one of the two is left over' });
  }
  return names.map(at).filter((file) => isInside(path, file, complaints));
}

/** What a folder holds is read unseen, and what is wrong there is shown: a link in it may not bring in what lies elsewhere. */
function isInside(folder: string, file: string, complaints: Complaint[]): boolean {
  if (!lstatSync(file).isSymbolicLink()) return true;
  const target = targetOf(file);
  if (target?.startsWith(`${realpathSync(folder)}${sep}`) === true) return true;
  const message = target === null ? 'is a link that leads nowhere' : 'is a link that leads out of its folder';
  complaints.push({ ...fileComplaint(file, message), hint: 'name what it leads to with --policies, or in policies' });
  return false;
}

function targetOf(link: string): string | null {
  try {
    return realpathSync(link);
  } catch {
    return null;
  }
}

const yaml = /\.ya?ml$/i;

function isTest(file: string): boolean {
  return /\.test\.ya?ml$/i.test(file);
}
