import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionOf, poolReadNames } from '../../src/domain/model/api/reads.ts';

const requests = 'src/aws/requests';
/** The actions of all reads of a pool, and of every other request that the program can send about accounts and pools. */
const reads: readonly string[] = poolReadNames.map(actionOf);
const others = readdirSync(requests).flatMap((file) =>
  [
    ...readFileSync(`${requests}/${file}`, 'utf8').matchAll(/'((?:account|cognito-idp|organizations):[A-Z]\w+)'/g),
  ].flatMap(([, action = '']) => action),
);
const sent = [...reads, ...others];
const sentOf = (service: RegExp): readonly string[] =>
  [...new Set(sent.filter((action) => service.test(action)))].toSorted();

interface Statement {
  readonly Action: string | readonly string[];
}

/** What a template's statements allow, wherever they stand in it. */
function allowedBy(template: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(
    JSON.stringify(parse(readFileSync(`deploy/${template}`, 'utf8'), { logLevel: 'silent' })),
    (_key, value: unknown) => {
      if (isStatement(value)) found.push(...[value.Action].flat());
      return value;
    },
  );
  return [...new Set(found)].filter((action) => action !== 'sts:AssumeRole').toSorted();
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'Action' in value;
}

it('the audit role may do what the program reads in an account, and nothing else', () => {
  expect(allowedBy('audit-role.yaml')).toEqual(sentOf(/^(?:account|cognito-idp):(?!Set)/));
});

it.each(['aws-batch.yaml', 'runner-policy.yaml'])('so may the runner in its own account, by %s', (template) => {
  const inAccount = allowedBy(template).filter((action) => /^(?:account|cognito-idp):/.test(action));
  expect(inAccount).toEqual(sentOf(/^(?:account|cognito-idp):(?!Set)/));
});

it('the remediation role may write, and look at what it writes', () => {
  const looks = [actionOf('userPool'), actionOf('mfaConfig')];
  expect(allowedBy('remediation-role.yaml')).toEqual(
    [...looks, ...sentOf(/^cognito-idp:Set/), 'iam:PassRole'].toSorted(),
  );
});

it('the runner may ask of Organizations what the program asks, and nothing else', () => {
  expect(allowedBy('runner-policy.yaml').filter((action) => action.startsWith('organizations:'))).toEqual(
    sentOf(/^organizations:/),
  );
});
