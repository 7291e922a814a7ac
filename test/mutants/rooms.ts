/** What mutants are made of, and which quick tests must notice them. */
import { dirname } from 'node:path';

const ofVariable = 'MFA_DRIFT_MUTANTS_OF';

/** Folders of the source (`/*`: their own files alone), with the tests, by how their names begin. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  // The table of settings is asked about where configurations are read.
  'src/domain': ['test/domain/', 'test/config/settings', 'test/config/configuration-page'],
  'src/pacing': ['test/pacing/'],
  'src/remediate/apply': ['test/remediate/apply/', 'test/remediate/journal/'],
  'src/remediate/journal': ['test/remediate/journal/', 'test/remediate/apply/'],
  'src/remediate/plan': ['test/remediate/plan/'],
  'src/result/*': ['test/result/*'],
  'src/result/merge': ['test/result/merge/'],
  // Not those that measure memory or run the demo.
  'src/result/saved': ['as-written', 'loads', 'one-thing-wrong', 'open', 'read-json-lines', 'schema', 'store'].map(
    (name) => `test/result/saved/${name}`,
  ),
  // Not those that ask the sandbox, or read thousands of pools.
  'src/reading/*': [
    'listing-*',
    'organization-reading',
    'p*',
    'read-account',
    'read-one-pool',
    'read-pool',
    'read-unit',
    'unit-quotas',
  ].map((name) => `test/reading/${name}`),
  'src/reading/accounts': ['test/reading/accounts/'],
  'src/reading/blame': ['test/reading/blame/'],
  'src/reading/progress': ['test/reading/progress/'],
  // Without what draws from hundreds of thousands of users.
  'src/reading/readiness': ['draw', 'measure', 'p*', 'unread-users', 'whole-listing'].map(
    (name) => `test/reading/readiness/${name}`,
  ),
};

/** Each room with what is to be changed in it: all of it where no file is named. Throws where a file is in no room. */
export function filesOfRooms(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = Object.keys(rooms);
  if (files.length === 0) return new Map(names.map((room) => [room, [filesOf(room)]]));
  const stray = files.find((file) => !names.some((room) => isOf(room, file)));
  if (stray !== undefined) throw new Error(`${stray} is in none of ${names.join(', ')}.`);
  return new Map(names.map((room) => [room, files.filter((file) => isOf(room, file))]));
}

function filesOf(room: string): string {
  return room.endsWith('/*') ? `${room}.ts` : `${room}/**/*.ts`;
}

function isOf(room: string, file: string): boolean {
  return room.endsWith('/*') ? dirname(file) === dirname(room) : file.startsWith(`${room}/`);
}

/** Tells the tests' configuration, in whatever process it is read, whose tests are to run. */
export function enterRoom(room: string): void {
  process.env[ofVariable] = room;
}

/** Of the room that was entered, or of all. */
export function testsOfRoom(): readonly string[] {
  const room = process.env[ofVariable];
  const tests = room === undefined ? Object.values(rooms).flat() : (rooms[room] ?? []);
  return [...new Set(tests)].map((begin) => (begin.endsWith('/') ? `${begin}**/*.test.ts` : `${begin}.test.ts`));
}
