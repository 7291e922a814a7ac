/** Templates from a text, and what is said of their pools. */
import { templateIn } from '../../../src/config/templates/load-template.ts';
import { judgeTemplate, type JudgedPool, type JudgedTemplate } from '../../../src/domain/template/judged-template.ts';
import type { Deployment, Template } from '../../../src/domain/template/template.ts';
import { expecting } from '../../policy-set.ts';
import type { PolicySet } from '../../../src/domain/policy/policy.ts';

export const nowhere: Deployment = {
  accountId: null,
  accountName: null,
  accountTags: null,
  unitPath: null,
  region: null,
  stackTags: null,
  users: null,
  parameters: {},
};

export function template(text: string): Template {
  const read = templateIn('t.yaml', text);
  if (read.template === null) throw new Error(JSON.stringify(read.complaints));
  return read.template;
}

/** A template with one pool, `Pool`, of these properties (from line 4 on), and what else it has. */
export function withPool(properties: string, rest = ''): string {
  const lines = properties.split('\n').map((line) => `      ${line}`);
  return ['Resources:', '  Pool:', '    Type: AWS::Cognito::UserPool', '    Properties:', ...lines, rest, ''].join(
    '\n',
  );
}

export function judged(
  text: string,
  set: PolicySet = expecting('{}'),
  deployment: Partial<Deployment> = {},
): JudgedTemplate {
  return judgeTemplate(template(text), { ...nowhere, ...deployment }, { set, requireCoverage: false });
}

/** The first pool. */
export function pool(text: string, set?: PolicySet, deployment?: Partial<Deployment>): JudgedPool {
  const [first] = judged(text, set, deployment).pools;
  if (first === undefined) throw new Error('no pool');
  return first;
}

/** By path: what a check says, for the one policy `p`. */
export function checksOf(properties: string, fields: string, rest = '', deployment: Partial<Deployment> = {}) {
  const { verdict } = pool(withPool(properties, rest), expecting(fields), deployment);
  return Object.fromEntries(
    verdict.matching.flatMap(({ checks }) => checks.map(({ path, verdict: said }) => [path, said])),
  );
}
