/** Numbers and permissions that stand in several places of the templates, and would fail only at night if they differed. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const cloudFormation = [
  'runner-policy.yaml',
  'runner-role-github.yaml',
  'runner-role-gitlab.yaml',
  'runner-role-eks.yaml',
  'audit-role.yaml',
  'management-account.yaml',
  'remediation-role.yaml',
  'organization-role.yaml',
  'readiness-role.yaml',
  'delivery-role.yaml',
  'aws-batch.yaml',
  'ecs.yaml',
];
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
  const { shard } = parse(await read('github/matrix.yml')).jobs;
  const args: string = shard.steps.find(({ id }: { id?: string }) => id === 'audit').with.args;
  const [, count] = /^--shard\n\$\{\{ matrix\.shard \}\}\/(\d+)$/m.exec(args) ?? [];
  expect(shard.strategy.matrix.shard).toEqual(Array.from({ length: Number(count) }, (_, at) => at + 1));
});

it('no template names a partition: IAM refuses arn:aws: in GovCloud and elsewhere', async () => {
  for (const name of [...cloudFormation, 'terraform/account/main.tf', 'terraform/runner/main.tf'])
    expect(await read(name)).not.toMatch(/arn:aws(?!\[)[a-z-]*:/);
});
