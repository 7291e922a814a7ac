/** A folder with a configuration, policies and exceptions, as a user would keep it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Writing } from '../oracle/language.ts';
import { temporaryFolder } from '../temporary.ts';

const version = { apiVersion: 'mfa-drift/v1' };

/** So high that pacing never waits: the sandbox of these tests has no quotas. */
const unhurried = { UserPoolRead: 1000, UserPoolResourceRead: 1000, UserPoolResourceUpdate: 1000 };

/** The whole organization in one region, where everything that is found counts. */
export const everythingCounts = {
  accounts: { organization: true },
  role: { name: 'MfaDriftAudit' },
  regions: ['eu-west-1'],
  failOn: 'low',
  requireCoverage: true,
} as const;

/** Writes the files and resolves with the folder; it is deleted when the test ends. `limits` replace the unhurried ones. */
export async function writeWorkspace(
  writing: Writing,
  limits: object = { quotas: unhurried, quotaShare: 1 },
): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'policies'));
  const configuration = { ...version, kind: 'Config', ...writing.configuration, limits };
  await writeFile(join(folder, 'mfa-drift.yaml'), stringify(configuration, { aliasDuplicateObjects: false }));
  for (const policy of writing.policies) {
    const text = stringify({ ...version, kind: 'Policy', ...policy }, { aliasDuplicateObjects: false });
    await writeFile(join(folder, 'policies', `${policy.name}.yaml`), text);
  }
  if (writing.exceptions.length > 0) {
    const document = { ...version, kind: 'Exceptions', exceptions: writing.exceptions };
    await writeFile(join(folder, 'policies', 'exceptions.yaml'), stringify(document, { aliasDuplicateObjects: false }));
  }
  return folder;
}
