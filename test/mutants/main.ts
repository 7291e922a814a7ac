/**
 * `npm run mutants [FOLDER or FILE…]`: changes a token of the domain at a time and asks whether its quick tests notice.
 * Fails where fewer than 90 % are noticed, where one lives that `survivors.yaml` does not list, and where one of the list
 * is noticed.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { mutantsOf } from './try-mutants.ts';
import { compareMutants, isKilled, readGroups, type Survivor } from './survivors.ts';

const fewestKilled = 0.9;
const domain = 'src/domain';

const asked = process.argv.slice(2);
const sources = (asked.length === 0 ? [domain] : asked).flatMap(sourcesIn);
const mutants = await mutantsOf(sources);
const groups = readGroups(resolve('test/mutants/survivors.yaml'));
const compared = compareMutants(mutants, groups, (file) => readFileSync(file, 'utf8'));
const { killed, lived, unlisted } = compared;
// The list knows files by their names: one that is not asked may have the name of one that is.
const unasked = new Set(
  sourcesIn(domain)
    .filter((file) => !sources.includes(file))
    .map((file) => basename(file)),
);
const vanished = compared.vanished.filter(({ file }) => !unasked.has(file));
const share = killed / (killed + lived);

tellFolders();
console.log(`${killed} of ${killed + lived} mutants are killed, ${(share * 100).toFixed(1)} %.`);
tell('These live and are not in test/mutants/survivors.yaml. Kill them, or list them with the reason:', unlisted);
tell('These are in test/mutants/survivors.yaml and live no longer; strike them out:', vanished);
if (share < fewestKilled) console.log(`At least ${fewestKilled * 100} % must be.`);
process.exitCode = unlisted.length + vanished.length > 0 || share < fewestKilled ? 1 : 0;

function tell(what: string, survivors: readonly Survivor[]): void {
  if (survivors.length > 0) console.log(`\n${what}\n${stringify(survivors)}`);
}

function tellFolders(): void {
  const folders = new Set(mutants.map(folderOf));
  for (const folder of folders) {
    const inFolder = mutants.filter((mutant) => folderOf(mutant) === folder);
    console.log(`${folder}: ${inFolder.filter(isKilled).length} of ${inFolder.length}`);
  }
}

function folderOf({ fileName }: { fileName: string }): string {
  return dirname(relative('.', fileName));
}

function sourcesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return all.filter((name) => name.endsWith('.ts')).map((name) => join(path, name));
}
