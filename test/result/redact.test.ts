import { stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { json } from '../../src/report/formats/json.ts';
import { openSavedResult } from '../../src/result/saved/open.ts';
import { redactedCopy } from '../../src/result/redact.ts';
import { folderWith } from '../commands/saved-files.ts';
import { aGap, aResult, listOf, textOf } from '../report/a-result.ts';
import { everything } from '../report/everything.ts';

describe('a redacted copy', () => {
  test('says that it is one, and is a result', async () => {
    const folder = await folderWith({});
    const copy = await openSavedResult(await folder.saveResult('copy.json', redactedCopy(everything())));
    expect(copy.head.redacted).toBe(true);
    expect(copy.head.summary).toEqual(everything().head.summary);
    expect((await listOf(copy.pools())).map(({ poolId }) => poolId)).toEqual(
      (await listOf(everything().pools())).map(({ poolId }) => poolId),
    );
  });

  test('shows no external id, in no collection', async () => {
    const text = await textOf(json(redactedCopy(everything())));
    expect(text).not.toMatch(/topsecret-id|wanted-secret/);
    expect(text).toContain('(masked)');
  });

  test("masks other accounts and the organization in AWS's denials, and not the account that was denied", async () => {
    const message =
      'User: arn:aws:sts::999988887777:assumed-role/nightly/ci is not authorized to perform: sts:AssumeRole on resource: ' +
      'arn:aws:iam::444455556666:role/MfaDriftAudit with an explicit deny in a service control policy: ' +
      'arn:aws:organizations::121212121212:policy/o-a1b2c3d4e5/service_control_policy/p-12345678';
    const [gap] = await listOf(redactedCopy(aResult({ gaps: [aGap({ message })] })).gaps());
    expect(gap?.message).toBe(
      'User: arn:aws:sts::(account):assumed-role/nightly/ci is not authorized to perform: sts:AssumeRole on resource: ' +
        'arn:aws:iam::444455556666:role/MfaDriftAudit with an explicit deny in a service control policy: ' +
        'arn:aws:organizations::(account):policy/(organization)/service_control_policy/p-12345678',
    );
  });
});

describe('report --redact', () => {
  test('masks saved results too, for everybody to read; without it they stay whole, for the owner', async () => {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', everything());
    const copies = ['--report', `json=${folder.file('copy.json')}`];
    await folder.run('report', saved, '--redact', ...copies);
    expect(await folder.read('copy.json')).toMatchObject({ redacted: true });
    expect((await stat(folder.file('copy.json'))).mode & 0o777).toBe(0o644);
    await folder.run('report', saved, ...copies);
    expect(await folder.read('copy.json')).toMatchObject({ redacted: false });
    expect((await stat(folder.file('copy.json'))).mode & 0o777).toBe(0o600);
  });

  test('is said by the formats that people read', async () => {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', everything());
    expect((await folder.run('report', saved, '--redact')).stdout).toContain('a redacted copy: some values are masked');
    expect((await folder.run('report', saved)).stdout).not.toContain('redacted');
  });

  test('--no-redact shows external ids in what is made to be read', async () => {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', everything());
    expect((await folder.run('report', saved, '--report', 'csv')).stdout).not.toContain('topsecret-id');
    expect((await folder.run('report', saved, '--report', 'csv', '--no-redact')).stdout).toContain('topsecret-id');
  });
});
