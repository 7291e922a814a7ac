/** Numbers and permissions that stand in several places of the templates, and would fail only at night if they differed. */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { without } from '../programs.ts';

const folder = resolve(import.meta.dirname, '../../deploy');
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

it('Kubernetes: N of --shard auto/N is the number of completions, and all run at once', async () => {
  const documents = parseAllDocuments(await read('kubernetes.yaml')).map((document) => document.toJS());
  const { spec } = documents.find(({ kind }) => kind === 'CronJob').spec.jobTemplate;
  const { args } = spec.template.spec.containers[0];
  expect(spec.completionMode).toBe('Indexed');
  expect(args).toContain(`--shard=auto/${spec.completions}`);
  expect(spec.parallelism).toBe(spec.completions);
});

it('GitHub Actions: the matrix has every shard once', async () => {
  const { shard } = parse(await read('github-matrix.yml')).jobs;
  const run: string = shard.steps.map((step: { run?: string }) => step.run ?? '').join('\n');
  const count = Number(/--shard "\$SHARD\/(\d+)"/.exec(run)?.[1]);
  expect(shard.strategy.matrix.shard).toEqual(Array.from({ length: count }, (_, at) => at + 1));
});

it('AWS Batch: the role may do what runner-policy.yaml allows, and write its results', async () => {
  const template = parse(await read('aws-batch.yaml'), { logLevel: 'silent' });
  const granted = template.Resources.RunnerRole.Properties.Policies[0].PolicyDocument.Statement;
  const runner = parse(await read('runner-policy.yaml'), { logLevel: 'silent' });
  const documented = runner.Resources.RunnerPolicy.Properties.PolicyDocument.Statement;
  const actions = (statements: readonly { Action: string | string[] }[]): string[] =>
    statements.flatMap(({ Action }) => Action).sort();
  const results = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];
  expect(actions(granted)).toEqual([...actions(documented), ...results].sort());
});

it('no template names a partition: IAM refuses arn:aws: in GovCloud and elsewhere', async () => {
  for (const name of ['runner-policy.yaml', 'audit-role.yaml', 'remediation-role.yaml', 'aws-batch.yaml'])
    expect(await read(name)).not.toMatch(/arn:aws(?!\[)[a-z-]*:/);
});

const noLint = without('cfn-lint');

it.skipIf(noLint !== '')(`cfn-lint finds nothing in the templates${noLint}`, () => {
  const files = ['runner-policy.yaml', 'audit-role.yaml', 'remediation-role.yaml', 'aws-batch.yaml'].map((name) =>
    join(folder, name),
  );
  expect(execFileSync('cfn-lint', files, { encoding: 'utf8' })).toBe('');
});
