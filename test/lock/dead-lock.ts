import { readFile, writeFile } from 'node:fs/promises';

/** Makes a lock of this process one that a killed process left: its number is another's by now. */
export async function leaveDead(lock: string): Promise<void> {
  const holder: object = JSON.parse(await readFile(lock, 'utf8'));
  await writeFile(lock, JSON.stringify({ ...holder, started: '1' }));
}
