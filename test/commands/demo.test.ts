import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../end-to-end/in-process.ts';
import { temporaryFolder } from '../temporary.ts';

test('a demo saves a result that every other command takes, and says what to type next', async () => {
  const saved = join(await temporaryFolder(), 'demo.json');
  const demo = await run(['demo', '--report', 'table', '--report', `json=${saved}`, '--log-level', 'error'], {});
  expect(demo.exitCode).toBe(3);
  expect(demo.stdout).toMatch(/mfa-drift demo --report html=drift\.html\n.*\n?.*mfa-drift doctor\n$/);

  const report = await run(['report', saved], {});
  expect(report.exitCode).toBe(3);
  const [pool = ''] = /arn:aws:cognito-idp:\S+/.exec(report.stdout) ?? [];
  expect(report.stdout).toContain(`mfa-drift show ${pool} --from ${saved}\n`);

  const show = await run(['show', pool, '--from', saved, '--policies', 'policies'], {});
  expect(show).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^no configuration · policies in policies .*\n$/) as string,
  });
  expect(show.stdout).toContain(pool);
  expect(JSON.parse(await readFile(saved, 'utf8'))).toMatchObject({ run: { failOn: 'low', failOnNew: false } });
}, 60_000);
