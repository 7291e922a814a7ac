/** The variables by which a process knows the sandbox, and nothing else of AWS. */
import type { Sandbox } from '../../sandbox/sandbox.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** They say how answers are shown, and neither who asks nor where. */
const harmless = new Set([
  'AWS_PAGER',
  'AWS_DEFAULT_OUTPUT',
  'AWS_CLI_AUTO_PROMPT',
  'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
]);

/** There is no profile, and no machine that lends its role, that a client could sign in with instead. */
const nowhereElse = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
} as const;

/**
 * What to change in `env`, `null` to unset: nothing stays by which a client would sign in as somebody else or call another
 * AWS, and what goes to this machine goes there by no proxy.
 */
export function sandboxedEnvironment(
  env: Environment,
  { environment }: Pick<Sandbox, 'environment'>,
): Readonly<Record<string, string | null>> {
  const names = Object.keys(env);
  const foreign = names.filter((name) => /^(?:AWS|BOTO)_/i.test(name) && !harmless.has(name));
  const exempt = names.filter((name) => name.toLowerCase() === 'no_proxy');
  return {
    ...Object.fromEntries(foreign.map((name) => [name, null])),
    ...(names.some((name) => /^(?:http|all)_proxy$/i.test(name)) ? withoutProxy(env, exempt) : {}),
    ...nowhereElse,
    ...environment,
  };
}

/** Clients read the one spelling or the other. */
function withoutProxy(env: Environment, exempt: readonly string[]): Readonly<Record<string, string>> {
  const hosts = exempt.map((name) => env[name] ?? '').find((list) => list !== '');
  const all = hosts === undefined ? '127.0.0.1' : hosts === '*' ? '*' : `${hosts},127.0.0.1`;
  return { NO_PROXY: all, no_proxy: all };
}
