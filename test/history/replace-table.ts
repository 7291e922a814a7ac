import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { manifestFileOf, tableFile, type NightName } from '../../src/history/layout.ts';
import type { NightManifest } from '../../src/history/manifest.ts';
import type { TableName } from '../../src/history/tables.ts';

/** Puts other bytes in the place of a table, as if the night had been written so. */
export async function replaceTable(
  history: string,
  night: NightName,
  table: TableName,
  bytes: Uint8Array,
): Promise<void> {
  const file = manifestFileOf(history, night);
  const manifest: NightManifest = JSON.parse(await readFile(file, 'utf8'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const files = manifest.files.map((each) => (each.table === table ? { ...each, sha256 } : each));
  await writeFile(file, JSON.stringify({ ...manifest, files }));
  await writeFile(tableFile(history, table, night), bytes);
}
