/** What can run the audit every night, and the shipped files that make it. */
export const runners = {
  github: {
    what: 'GitHub Actions',
    files: { 'deploy/github/nightly.yml': '.github/workflows/mfa-drift.yml' },
  },
  gitlab: { what: 'GitLab', files: { 'deploy/gitlab-ci.yml': '.gitlab-ci.yml' } },
  azure: { what: 'Azure Pipelines', files: { 'deploy/azure-pipelines.yml': 'azure-pipelines.yml' } },
  buildkite: { what: 'Buildkite', files: { 'deploy/buildkite.yml': '.buildkite/pipeline.yml' } },
  circleci: { what: 'CircleCI', files: { 'deploy/circleci.yml': '.circleci/config.yml' } },
  kubernetes: { what: 'Kubernetes', files: { 'deploy/kubernetes.yaml': 'mfa-drift.kubernetes.yaml' } },
  'aws-batch': {
    what: 'AWS Batch, several machines',
    files: {
      'deploy/aws-batch.yaml': 'mfa-drift.aws-batch.yaml',
      'deploy/runner-policy.yaml': 'mfa-drift.runner-policy.yaml',
      'deploy/image/Dockerfile': 'Dockerfile',
    },
  },
  ecs: {
    what: 'ECS on Fargate, one task',
    files: {
      'deploy/ecs.yaml': 'mfa-drift.ecs.yaml',
      'deploy/runner-policy.yaml': 'mfa-drift.runner-policy.yaml',
      'deploy/image/Dockerfile': 'Dockerfile',
    },
  },
  systemd: {
    what: 'a timer of systemd',
    files: {
      'deploy/systemd/mfa-drift.service': 'mfa-drift.service',
      'deploy/systemd/mfa-drift.timer': 'mfa-drift.timer',
    },
  },
  cron: { what: 'a line of cron', files: { 'deploy/cron/mfa-drift.crontab': 'mfa-drift.crontab' } },
  none: { what: 'something else, or nothing yet', files: {} },
} as const satisfies Readonly<
  Record<string, { readonly what: string; readonly files: Readonly<Record<string, string>> }>
>;

export type RunnerName = keyof typeof runners;
export const runnerNames = Object.keys(runners) as readonly RunnerName[];
