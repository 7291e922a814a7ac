import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { alone, leftOutOfQuick } from './suites.ts';

/** Paths below the folder, with it. */
function filesBelow(folder: string, ending: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

/** Where the tests of a folder of src lie: in the folder of the same name, or in the nearest one above it. */
function mirrorOf(folder: string): string {
  const mirror = folder.replace(/^src/, 'test');
  return existsSync(mirror) ? mirror : mirrorOf(dirname(folder));
}

const quickFiles = filesBelow('test', '.test.ts').filter(
  (file) => !Object.hasOwn(leftOutOfQuick, file) && !file.endsWith('.extended.test.ts'),
);

test('every file that the quick tests leave out is there', () => {
  expect(Object.keys(leftOutOfQuick).filter((file) => !existsSync(file))).toEqual([]);
});

test('every folder of src keeps tests among the quick ones', () => {
  const kept = new Set(quickFiles.map((file) => dirname(file)));
  const folders = new Set(filesBelow('src', '.ts').map((file) => dirname(file)));
  expect(folders.size).toBeGreaterThan(20);
  expect([...folders].filter((folder) => !kept.has(mirrorOf(folder)))).toEqual([]);
});

test('what mocks modules shares them with no other file', () => {
  const sharing = [...quickFiles, ...Object.keys(leftOutOfQuick)].filter((file) => !alone.includes(file));
  const mocking = sharing.filter(
    (file) => file !== 'test/suites.test.ts' && readFileSync(file, 'utf8').includes('vi.mock('),
  );
  expect(mocking).toEqual([]);
  expect(alone.filter((file) => !Object.hasOwn(leftOutOfQuick, file))).toEqual([]);
});
