import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { fallsIn } from './corpus.ts';
import { readers } from './readers.ts';
import { makeWorld } from './world.ts';

test('every reader takes every input of its corpus as its contract says', async () => {
  const folder = await temporaryFolder();
  const world = join(folder, 'world');
  await makeWorld(world);
  for (const name of Object.keys(readers)) expect(await fallsIn(name, join(folder, name), world), name).toEqual([]);
}, 600_000);
