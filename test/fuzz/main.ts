/**
 * `npm run fuzz [READER…] [--cases N] [--seed S] [--keep]`: every reader of a file or an answer, with inputs that grow towards
 * code that none has reached. Fails where one crashes, hangs, fills its memory or says what it may not say.
 */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readers } from './readers.ts';
import { supervise, type Finding } from './supervise.ts';
import { makeWorld } from './world.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31 - 1)) },
    keep: { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(readers);
const [cases, seed] = [Number(values.cases), Number(values.seed)];
const child = join(import.meta.dirname, 'child.js');
/** In memory where there is room for it: what a case writes is flushed, and a disk would be waited for. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mfa-drift-fuzz-'));
process.env['TMPDIR'] = folder;
const world = join(folder, 'world');
console.log(`Seed ${seed}. The same once more: npm run fuzz -- ${names.join(' ')} --cases ${cases} --seed ${seed}`);
await makeWorld(world);

for (const reader of names) {
  const beganMs = performance.now();
  const own = join(folder, reader);
  mkdirSync(own);
  const [current, progress, kept] = [join(own, 'current'), join(own, 'progress'), join(own, 'kept')];
  const places = { current, progress, kept, folder: join(own, 'folder'), world };
  const ended = await supervise(child, { reader, cases, seed, keep: values.keep, ...places });
  const seconds = Math.round((performance.now() - beganMs) / 1000);
  const reached = `${ended.corpus} reached new code, ${ended.reached} places of it`;
  const most = `longest ${ended.longestMs} ms, most ${ended.mostMb} MB`;
  console.log(`${reader}: ${ended.cases} cases, ${reached}, ${most}, ${ended.findings.length} findings, ${seconds} s`);
  for (const finding of ended.findings) tell(reader, finding);
  if (ended.findings.length > 0) process.exitCode = 1;
}
rmSync(folder, { recursive: true, force: true });

function tell(reader: string, { what, said, input }: Finding): void {
  const found = resolve('build/fuzz/found');
  mkdirSync(found, { recursive: true });
  const file = join(found, `${reader}-${what}-${Date.now()}`);
  writeFileSync(file, input);
  console.log(`  ${what}, by ${input.length} bytes in ${file}\n    ${JSON.stringify(said.slice(0, 1_500))}`);
}
