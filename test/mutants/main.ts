/**
 * `npm run mutants [FILE…]`: changes a token at a time and asks whether the quick tests notice, room by room. Fails where
 * fewer than 90 % are noticed, where one lives that `survivors.yaml` does not list, where one of the list is noticed, and where one could not be tried.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import type { MutantResult } from '@stryker-mutator/api/core';
import { enterRoom, filesOfRooms } from './rooms.ts';
import { mutantsOf } from './run-stryker.ts';
import { compareMutants, readGroups, type Survivor } from './survivors.ts';

const fewestKilled = 0.9;

const mutants: MutantResult[] = [];
for (const [room, files] of filesOfRooms(process.argv.slice(2))) {
  if (files.length === 0) continue;
  enterRoom(room);
  mutants.push(...(await mutantsOf(files)));
}
const groups = readGroups(resolve('test/mutants/survivors.yaml'));
const { killed, lived, untried, unlisted, vanished } = compareMutants(mutants, groups, (file) =>
  readFileSync(file, 'utf8'),
);
const share = killed / (killed + lived);

console.log(`${killed} of ${killed + lived} mutants are killed, ${(share * 100).toFixed(1)} %.`);
tell('These live and are not in test/mutants/survivors.yaml. Kill them, or list them with the reason:', unlisted);
tell('These are in test/mutants/survivors.yaml and live no longer; strike them out:', vanished);
if (untried > 0) console.log(`${untried} more could not be tried.`);
if (share < fewestKilled) console.log(`At least ${fewestKilled * 100} % must be.`);
process.exitCode = unlisted.length + vanished.length + untried > 0 || share < fewestKilled ? 1 : 0;

function tell(what: string, survivors: readonly Survivor[]): void {
  if (survivors.length > 0) console.log(`\n${what}\n${stringify(survivors)}`);
}
