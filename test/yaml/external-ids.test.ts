import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { loadSettings } from '../../src/config/settings/load-settings.ts';
import { renderComplaints } from '../../src/yaml/complaints.ts';
import { withoutExternalIds } from '../../src/yaml/external-ids.ts';
import { SourceComplaintsError } from '../../src/yaml/source-complaints.ts';
import { temporaryFolder } from '../temporary.ts';

const head = 'apiVersion: mfa-drift/v1\nkind: Config\n';

/** The digits of every external id below. */
const secret = '4711';

async function complaintsAbout(text: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const file = join(await temporaryFolder(), 'mfa-drift.yaml');
  await writeFile(file, `${head}${text}`);
  try {
    loadSettings({ file, flags: {}, env });
  } catch (error) {
    if (error instanceof SourceComplaintsError) return `${renderComplaints(error)}${error.message}`;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('a complaint shows no external id', () => {
  it.each([
    ['that YAML read as a number', 'role:\n  externalId: 4711\n', 'role.externalId must be a text'],
    ['that YAML read as a list', 'role:\n  externalId: [x4711]\n', 'must be a text'],
    ['that holds what none may hold', 'role:\n  externalId: "acme 4711!"\n', 'role.externalId may hold'],
    ['that is a YAML tag', 'role:\n  externalId: !4711 x\n', 'YAML tags'],
    ['that is a YAML alias', 'role:\n  externalId: *x4711\n', 'for an alias'],
    ['whose key is misspelt', 'role:\n  externalIdd: acme-4711\n', 'externalIdd is not a key'],
    ['whose key is spelt as AWS does', 'role:\n  ExternalId: acme-4711\n', 'ExternalId is not a key'],
    ['on the line before', 'role:\n  externalId: acme-4711\n  nam: x\n', 'nam is not a key'],
    ['in one line with the mistake', 'role: { nam: x, externalId: acme-4711 }\n', 'nam is not a key'],
    ['in a line of its own', 'role:\n  externalId: >-\n\n    acme\n\n    acme4711\n  nam: x\n', 'nam is not a key'],
    ['that stands there twice', 'role:\n  externalId: a4711\n  externalId: b4711\n', 'a second time'],
  ])('%s', async (_name, text, complaint) => {
    const said = await complaintsAbout(text);
    expect(said).toContain(complaint);
    expect(said).not.toContain(secret);
  });

  test('that a variable of mfa-drift brought', async () => {
    const said = await complaintsAbout('', { MFA_DRIFT_ROLE_EXTERNAL_ID: 'acme 4711' });
    expect(said).toContain('MFA_DRIFT_ROLE_EXTERNAL_ID  role.externalId may hold');
    expect(said).not.toContain(secret);
  });
});

test('the lines around it stay as they are, and as many', () => {
  const text = 'role:\n  name: A\n  externalId: |\n    one\n\n    two\n  durationSeconds: 3600\nfailOn: low\n';
  expect(withoutExternalIds(text)).toBe(
    'role:\n  name: A\n  externalId: (masked)\n    (masked)\n\n    (masked)\n  durationSeconds: 3600\nfailOn: low\n',
  );
  expect(withoutExternalIds('role: { externalId: "${env:SECRET}" }')).toBe('role: { externalId: "${env:SECRET}" }');
});
