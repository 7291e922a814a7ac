import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { auditRole } from '../oracle/generate-fleet.ts';
import { verdictsOf } from '../oracle/result-verdicts.ts';
import { audit } from './in-process.ts';
import { plainFleet, plainWriting } from './plain-fleet.ts';
import { writeWorkspace } from './workspace.ts';

test('a role that is denied in one account is a gap with its remedy; the other accounts are complete', async () => {
  const plain = plainFleet(4, 5);
  const closed = '111122220002';
  const accounts = plain.accounts.map((account) => (account.id === closed ? { ...account, roles: [] } : account));
  const fleet = { ...plain, accounts };
  const sandbox = await startSandbox({ fleet });
  onTestFinished(() => sandbox.close());
  const writing = plainWriting();
  const { exitCode, result, stderr } = await audit(await writeWorkspace(writing), sandbox.environment);
  expect(exitCode).toBe(3);
  expect(result.gaps).toMatchObject([
    { scope: 'account', accountId: closed, region: null, poolId: null, code: 'AccessDenied' },
  ]);
  expect(result.gaps[0]?.message).toContain(`arn:aws:iam::${closed}:role/${auditRole}`);
  expect(result.gaps[0]?.remedy).toMatch(/[Dd]eploy the audit role/);
  expect(verdictsOf(result)).toEqual(evaluate(fleet, writing, new Date().toISOString().slice(0, 10)));
  expect(new Set(result.pools.map(({ accountId }) => accountId)).size).toBe(3);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^exit 3: /);
});
