/** Files for commands that need no AWS: policies as texts, results in memory. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Result } from '../../src/domain/result/result.ts';
import { json } from '../../src/report/formats/json.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import type { SavedResult } from '../oracle/result-verdicts.ts';
import { textOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

/** Every request would go nowhere, and there are no credentials for one. */
const withoutAws = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-1' };

export function policyText(name: string, rest: string): string {
  return `apiVersion: mfa-drift/v1\nkind: Policy\nname: ${name}\n${rest}\n`;
}

export interface Folder {
  readonly path: string;
  file(name: string): string;
  saveResult(name: string, result: Result): Promise<string>;
  /** The command with this folder's policies. */
  run(command: string, ...args: readonly string[]): Promise<Ended>;
  read(name: string): Promise<SavedResult>;
}

/** @param files by name; policies below `policies/` */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<Folder> {
  const path = await temporaryFolder();
  for (const [name, text] of Object.entries({ 'empty.yaml': 'apiVersion: mfa-drift/v1\nkind: Config\n', ...files })) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  const config = join(path, 'mfa-drift.yaml' in files ? 'mfa-drift.yaml' : 'empty.yaml');
  return {
    path,
    file: (name) => join(path, name),
    async saveResult(name, result) {
      await writeFile(join(path, name), await textOf(json(result)));
      return join(path, name);
    },
    run: (command, ...args) =>
      run(
        command === 'audit'
          ? [command, '--config', config, '--policies', join(path, 'policies'), ...args]
          : [command, ...args],
        withoutAws,
      ),
    read: async (name) => JSON.parse(await readFile(join(path, name), 'utf8')),
  };
}
