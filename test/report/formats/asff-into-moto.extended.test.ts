/** Neither was written here: moto checks the members that the API's model requires, and the AWS CLI reads the files. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { writeBatches } from '../../../src/commands/output/batch-files.ts';
import { asffBatches } from '../../../src/report/formats/asff/asff.ts';
import { startMoto } from '../../conformance/moto-server.ts';
import { without } from '../../programs.ts';
import { temporaryFolder } from '../../temporary.ts';
import { hugeResult } from '../huge-result.ts';
import { plainOptions } from '../plain-options.ts';

const options = { ...plainOptions, securityHub: { accountId: '123456789012', region: 'eu-central-1' } };
const missing = without('moto', 'AWS CLI');

test.skipIf(missing !== '')(
  `the documented loop imports every batch into moto, by the AWS CLI${missing}`,
  { timeout: 120_000 },
  async () => {
    const moto = await startMoto();
    onTestFinished(() => moto.stop());
    const cwd = await temporaryFolder();
    await writeBatches(`${cwd}/asff/`, asffBatches(hugeResult(150), options));
    expect(await readdir(join(cwd, 'asff'))).toEqual(['findings-0001.json', 'findings-0002.json']);
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_PAGER: '',
    };
    const { stderr } = await promisify(execFile)('bash', ['--norc', '-euc', await documentedLoop()], { cwd, env });
    expect(stderr).toBe('');
  },
);

/** What docs/reports.md tells people to run after the files are there. */
async function documentedLoop(): Promise<string> {
  const page = await readFile(new URL('../../../docs/reports.md', import.meta.url), 'utf8');
  const loop = /^for batch in asff[\s\S]*?^done$/m.exec(page)?.[0];
  if (loop === undefined) throw new Error('docs/reports.md shows no loop.');
  return loop;
}
