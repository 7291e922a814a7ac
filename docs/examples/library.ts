/** `node library.js RESULT.json`: judges one pool by the shipped policies, and renders a saved result. */
import { evaluatePool, loadPolicies, readResult, renderReport, UserError, type Pool } from 'mfa-drift';

const pool: Pool = {
  accountId: '111122223333',
  accountName: 'shop-prod',
  region: 'eu-west-1',
  poolId: 'eu-west-1_Ab12Cd34E',
  poolName: 'customers',
  config: { MfaConfiguration: 'OFF' },
  userPool: { EstimatedNumberOfUsers: 12_480 },
};

try {
  const { record, gaps } = evaluatePool(loadPolicies('first.yaml'), pool);
  process.stdout.write(`${record.status} ${gaps.length}\n`);
  for (const { policy, severity, path, expected, actual } of record.findings)
    process.stdout.write(`${severity} ${policy} ${path} ${JSON.stringify(expected)} ${JSON.stringify(actual)}\n`);

  const [file] = process.argv.slice(2);
  if (file !== undefined)
    for await (const piece of renderReport(await readResult(file), 'csv')) process.stdout.write(piece);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
