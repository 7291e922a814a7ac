import { describe, expect, test } from 'vitest';
import { afterAudit, afterDemo, afterSaved } from '../../../../src/commands/output/next-steps.ts';
import type { FormatOptions } from '../../../../src/report/format.ts';
import { aGap, anAccount, aPool, aResult, type Records } from '../../a-result.ts';
import { drawn, drifting } from './drawn.ts';

const connection = { settings: {}, cliReadTimeout: 30, cliConnectTimeout: 10, verifySsl: true };
const accounts = [anAccount(), anAccount({ id: '444455556666' })];
const minor = drifting({ poolId: 'eu-west-1_Minor' }, { severity: 'info', policy: 'notes' });
const worst = drifting({ poolId: 'eu-west-1_Worst' }, { severity: 'critical', policy: 'staff' });
const arn = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Worst';

async function last(records: Records, next: FormatOptions['next'], columns = 200): Promise<string> {
  const text = await drawn(aResult({ accounts, ...records }), { columns, ...(next === undefined ? {} : { next }) });
  return text.split('\n\n').at(-1) ?? '';
}

describe('the last lines', () => {
  test('show the worst pool, what a fix would change, and why something is not read', async () => {
    expect(await last({ pools: [minor, worst], gaps: [aGap()] }, afterAudit(connection))).toBe(
      [
        `one of these pools, and why  mfa-drift show ${arn}`,
        'what a fix would change      mfa-drift plan',
        'what is not read, and why    mfa-drift doctor',
        '',
      ].join('\n'),
    );
  });

  test('keep the flags that the run was given, ready to be copied', async () => {
    const flags = {
      ...connection,
      config: 'my config.yaml',
      settings: { policies: ['a', 'b'] },
      profile: 'audit',
      region: ['eu-west-1'],
      verifySsl: false,
    };
    const text = await last({ pools: [worst] }, afterAudit(flags));
    expect(text).toContain(
      `mfa-drift show ${arn} --config 'my config.yaml' --policies a --policies b --profile audit --no-verify-ssl\n`,
    );
    expect(text).toMatch(/mfa-drift plan .*--region eu-west-1\n/);
  });

  test('never break a command, however narrow the page', async () => {
    const text = await last({ pools: [worst] }, afterAudit(connection), 60);
    expect(text).toContain(`\n  mfa-drift show ${arn}\n`);
  });

  test('of a shard propose no plan', async () => {
    expect(await last({ pools: [worst] }, afterAudit({ ...connection, shard: '1/4' }))).not.toContain('plan');
  });

  test('of a saved result look into that result', async () => {
    expect(await last({ pools: [worst] }, afterSaved('out/last.json', { settings: { policies: ['draft'] } }))).toBe(
      `one of these pools, and why  mfa-drift show ${arn} --from out/last.json --policies draft\n`,
    );
  });

  test("of a demo lead to the whole report and to the reader's own accounts", async () => {
    expect(await last({ pools: [worst] }, afterDemo({}))).toMatch(
      /  mfa-drift demo --report html=drift\.html\n.* {2}mfa-drift doctor\n$/,
    );
  });

  test('of a demo that npm runs in a clone name no program that is not on the path yet', async () => {
    expect(await last({ pools: [worst] }, afterDemo({ npm_lifecycle_event: 'demo' }))).toMatch(
      /  npm run demo -- --report html=drift\.html\n.* {2}node dist\/cli\.js doctor\n$/,
    );
  });

  test('are none where nothing is wrong', async () => {
    const text = await drawn(aResult({ accounts, pools: [aPool()] }), { next: afterAudit(connection) });
    expect(text).not.toContain('mfa-drift ');
  });
});
