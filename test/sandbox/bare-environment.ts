import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** What a sandbox prints for a shell, for programs of others, and nothing else of this machine's AWS settings. */
export function bareEnvironment({ environment }: Sandbox): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...environment,
  };
}
