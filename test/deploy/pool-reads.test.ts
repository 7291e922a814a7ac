/** Who reads pools may make each read of the table of reads; `npx vitest run test/deploy/pool-reads.test.ts --update` writes that. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionOf, poolReadNames } from '../../src/domain/model/api/reads.ts';

const files = [
  'audit-role.yaml',
  'management-account.yaml',
  'runner-policy.yaml',
  'terraform/account/main.tf',
  'terraform/runner/main.tf',
];

/** Actions in lines of their own, in YAML or HCL; pools are listed under another resource. */
const actions = /(?:^ *(?:- |")cognito-idp:(?!ListUserPools\b)\w+(?:",)?\n)+/gm;

function withEveryRead(template: string): string {
  return template.replace(actions, (lines) => {
    if (!lines.includes(actionOf('mfaConfig'))) return lines;
    const [first = ''] = lines.split('\n');
    const line = (action: string) => `${first.replace(/cognito-idp:\w+/, action)}\n`;
    return poolReadNames.map(actionOf).toSorted().map(line).join('');
  });
}

test.each(files)('%s', async (file) => {
  const template = readFileSync(`deploy/${file}`, 'utf8');
  expect(template.match(actions)?.filter((lines) => lines.includes(actionOf('mfaConfig')))).toHaveLength(1);
  await expect(withEveryRead(template)).toMatchFileSnapshot(`../../deploy/${file}`);
});
