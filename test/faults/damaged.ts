/** What may stand where a file of ours was, by the seed. */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { fraction, pick } from '../../src/sandbox/seeded.ts';

type Damage = (file: string, seed: number) => Promise<unknown>;

/** Of a file with several lines each leaves a part, or nothing, that can be read. */
export const damages = {
  gone: (file) => rm(file, { force: true }),
  empty: (file) => writeFile(file, ''),
  'an empty object': (file) => writeFile(file, '{}\n'),
  'cut short': changed((text, seed) => text.slice(0, Math.floor(fraction(seed, 'cut') * text.length))),
  'nothing but zeros': changed((text) => '\0'.repeat(text.length)),
  'zeros from some byte on': changed((text, seed) => {
    const from = Math.floor(fraction(seed, 'zeros') * text.length);
    return text.slice(0, from) + '\0'.repeat(text.length - from);
  }),
  'with a line of another program': changed((text, seed) => {
    const lines = text.split('\n');
    lines.splice(pick(seed, 'line', lines.length), 0, 'Nov 29 02:00:01 host cron[17]: job done');
    return lines.join('\n');
  }),
  'a folder': (file) => rm(file, { force: true }).then(() => mkdir(file)),
  'a link to /dev/zero': (file) => rm(file, { force: true }).then(() => symlink('/dev/zero', file)),
  'a pipe that nobody fills': (file) => rm(file, { force: true }).then(() => execFileSync('mkfifo', [file])),
} as const satisfies Readonly<Record<string, Damage>>;

export type DamageName = keyof typeof damages;
export const damageNames = Object.keys(damages) as readonly DamageName[];

function changed(change: (text: string, seed: number) => string): Damage {
  return async (file, seed) => writeFile(file, change(await readFile(file, 'utf8'), seed));
}
