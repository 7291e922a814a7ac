import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeWarnings } from '../../src/config/place-warnings.ts';
import { defaultSettings } from '../default-settings.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { run } from '../end-to-end/in-process.ts';
import { policy, policySet } from '../policy-set.ts';
import { temporaryFolder } from '../temporary.ts';

const ids = { accounts: { kind: 'ids', ids: ['111122223333', '444455556666'] } } as const;

function warningsOf(match: string, settings: Partial<Settings> = {}): readonly string[] {
  const set = policySet(`${policy('p')}match: ${match}\nexpect: {}\n`);
  return placeWarnings(set, { ...defaultSettings, file: 'mfa-drift.yaml', ...settings }).map(
    ({ file, line, message }) => `${file}:${line} ${message}`,
  );
}

describe('a region that nobody knows', () => {
  it.each([
    [
      '{ regions: [eu-west-9] }',
      'policy p: regions "eu-west-9" is no region where this version knows Cognito; did you mean eu-west-1?',
    ],
    [
      '{ regions: ["eu-wst-*"] }',
      'policy p: regions "eu-wst-*" is no region where this version knows Cognito; did you mean eu-west-*?',
    ],
    ['{ regions: [frankfurt] }', 'policy p: regions "frankfurt" is no region where this version knows Cognito'],
    [
      '{ exclude: [{ regions: [us-eats-1] }] }',
      'policy p: regions "us-eats-1" is no region where this version knows Cognito; did you mean us-east-1?',
    ],
    [
      '{ pools: [eu-wets-1_Ab12Cd34E] }',
      'policy p: pools "eu-wets-1_Ab12Cd34E" begins with no region where this version knows Cognito; did you mean eu-west-1_Ab12Cd34E?',
    ],
  ])('is told with its line and the nearest one: %s', (match, message) => {
    expect(warningsOf(match)).toEqual([`policies/p.yaml:4 ${message}`]);
  });

  it.each(['[eu-west-1]', '["eu-*"]', '["*"]', '["*-west-?"]', '[us-gov-west-1, eusc-de-east-1]'])(
    'is none of %s',
    (regions) => {
      expect(warningsOf(`{ regions: ${regions} }`).filter((text) => !text.includes('?'))).toEqual([]);
    },
  );

  it.each<[Settings['regions'], string]>([
    [
      { kind: 'list', regions: ['eu-west-1', 'eu-wset-2'] },
      'regions "eu-wset-2" is no region where this version knows Cognito; did you mean eu-west-2?',
    ],
    [
      { kind: 'enabled', exclude: ['ap-*', 'ammerica-*'] },
      'regions.exclude "ammerica-*" is no region where this version knows Cognito',
    ],
  ])('of the configuration is told too: %j', (regions, message) => {
    expect(warningsOf('{}', { regions })).toEqual([`mfa-drift.yaml:null ${message}`]);
  });
});

describe('an account id that can be none', () => {
  it.each([
    [
      '{ accounts: ["11112222333"] }',
      {},
      'policy p: accounts "11112222333" has 11 digits and is read as a name; an account id has 12',
    ],
    [
      '{ accounts: ["11112222333"] }',
      ids,
      'policy p: accounts "11112222333" has 11 digits and is read as a name; an account id has 12; did you mean 111122223333?',
    ],
    [
      '{ accounts: ["1111*"] }',
      {},
      'policy p: accounts "1111*" is compared with names of accounts; ids are written whole',
    ],
    [
      '{ exclude: [{ accounts: ["11112222333?"] }] }',
      {},
      'policy p: accounts "11112222333?" is compared with names of accounts; ids are written whole',
    ],
    [
      '{ accounts: ["111122223334"] }',
      ids,
      'policy p: accounts "111122223334" is not among accounts.ids of the configuration; did you mean 111122223333?',
    ],
    [
      '{ exclude: [{ accounts: ["999988887777"] }] }',
      ids,
      'policy p: accounts "999988887777" is not among accounts.ids of the configuration',
    ],
  ])('is told with what is known offline: %s', (match, settings, message) => {
    expect(warningsOf(match, settings)).toEqual([`policies/p.yaml:4 ${message}`]);
  });

  it('is none that the organization may have, none of the ids, and no glob', () => {
    expect(warningsOf('{ accounts: ["999988887777", "*-prod"] }')).toEqual([]);
    expect(warningsOf('{ accounts: ["444455556666", "*-prod"] }', ids)).toEqual([]);
  });

  it('of the configuration is told too', () => {
    const role = { ...defaultSettings.role, overrides: { '444455556667': { name: 'Other' } } };
    expect(warningsOf('{}', { ...ids, role, exclude: [{ accounts: ['11112222333'] }] })).toEqual([
      'mfa-drift.yaml:null accounts.exclude: accounts "11112222333" has 11 digits and is read as a name; an account id has 12; did you mean 111122223333?',
      'mfa-drift.yaml:null role.overrides: accounts "444455556667" is not among accounts.ids of the configuration; did you mean 444455556666?',
    ]);
  });
});

it('policy check says it offline, and does not fail for it', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'p.yaml');
  await writeFile(file, `${policy('p')}match: { regions: [eu-west-9] }\nexpect: {}\n`);
  const { exitCode, stdout, stderr } = await run(['policy', 'check', '--policies', file], {});
  expect(exitCode).toBe(0);
  expect(stdout).toContain('1 warning');
  expect(stderr).toContain(`${file}:4`);
  expect(stderr).toContain('did you mean eu-west-1?');
});
