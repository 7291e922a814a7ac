import type { AwaitedReadiness } from '../../domain/remediation/plan/awaited-readiness.ts';
import type { PoolRecord } from '../../domain/result/result.ts';
import type { FormatOptions, Found, NextStep } from '../../report/format.ts';
import type { AuditFlags, ConnectionFlags, PolicyFlags } from '../line/flags.ts';
import { settingWords } from '../line/setting-flags.ts';
import type { Shell } from './shell.ts';

type Next = NonNullable<FormatOptions['next']>;
type Places = Pick<AuditFlags, 'account' | 'region'>;

/** After an audit of AWS: what there is of a pool, what a fix would change, and who can't be read. */
export function afterAudit(flags: PolicyFlags & ConnectionFlags & Places & Pick<AuditFlags, 'shard'>): Next {
  const places = [...repeated('--account', flags.account), ...repeated('--region', flags.region)];
  return ({ pool, hasUnreadAccounts }) => [
    ...showing(pool, [...policyWords(flags), ...connectionWords(flags)]),
    // No shard knows what the others would change.
    ...(pool === null || flags.shard !== undefined
      ? []
      : [step('what a fix would change', 'plan', ...policyWords(flags), ...connectionWords(flags), ...places)]),
    ...(hasUnreadAccounts
      ? [
          step(
            'what is not read, and why',
            'doctor',
            ...given('--config', flags.config),
            ...connectionWords(flags),
            ...places,
          ),
        ]
      : []),
  ];
}

/** After a saved result was judged or rendered: the pool as it was read then. */
export function afterSaved(file: string, flags: PolicyFlags): Next {
  return ({ pool }) => showing(pool, ['--from', file, ...policyWords(flags)]);
}

/**
 * After a demo its organization is gone: the whole report, and the reader's own. Whoever has it run by npm, in a clone, has
 * no `mfa-drift` on the path yet, and must not be led to fetch somebody else's.
 */
export function afterDemo(env: Shell['env']): Next {
  const isOfClone = env['npm_lifecycle_event'] === 'demo';
  const [demo, program] = isOfClone
    ? [
        ['npm', 'run', 'demo', '--'],
        ['node', 'dist/cli.js'],
      ]
    : [['mfa-drift', 'demo'], ['mfa-drift']];
  return () => [
    { about: 'all of it, as a page', command: [...demo, '--report', 'html=drift.html'] },
    { about: 'what an audit of your own accounts could read', command: [...program, 'doctor'] },
  ];
}

/** What delivers a saved night again; of targets that the configuration names none is said. */
export function deliveringAgain(
  file: string,
  { settings, config, baseline, history, deliveries, ...connection }: AuditFlags,
): readonly string[] {
  return [
    'mfa-drift',
    'deliver',
    file,
    ...repeated('--to', settings.deliver?.map(withoutCommand)),
    ...given('--baseline', baseline),
    ...given('--history', history),
    ...given('--config', config),
    ...given('--deliveries', deliveries),
    ...connectionWords(connection),
  ];
}

/** What a command is given may be nobody's business. */
function withoutCommand(target: string): string {
  return target.startsWith('exec:') ? 'exec:…' : target;
}

/** What measures the users of one pool as its policies want it: by itself, or as one of all that they would change. */
export function measuring(
  { isOfRequired, enrolment }: AwaitedReadiness,
  { poolArn, accountId, region }: Pick<PoolRecord, 'poolArn' | 'accountId' | 'region'>,
  flags: PolicyFlags & ConnectionFlags,
): readonly string[] {
  const policies = settingWords(flags.settings, 'policies');
  const words = isOfRequired
    ? [poolArn, ...given('--enrolment', enrolment ?? undefined)]
    : [...(policies.length === 2 ? policies : ['--policies']), '--account', accountId, '--region', region];
  return ['mfa-drift', 'readiness', ...words, ...given('--config', flags.config), ...connectionWords(flags)];
}

function showing(pool: Found['pool'], flags: readonly string[]): readonly NextStep[] {
  return pool === null ? [] : [step('one of these pools, and why', 'show', pool, ...flags)];
}

function step(about: string, ...words: readonly string[]): NextStep {
  return { about, command: ['mfa-drift', ...words] };
}

function policyWords({ config, settings }: PolicyFlags): readonly string[] {
  return [...given('--config', config), ...settingWords(settings, 'policies')];
}

function connectionWords({ profile, endpointUrl, caBundle, verifySsl }: ConnectionFlags): readonly string[] {
  return [
    ...given('--profile', profile),
    ...given('--endpoint-url', endpointUrl),
    ...given('--ca-bundle', caBundle),
    ...(verifySsl ? [] : ['--no-verify-ssl']),
  ];
}

function given(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}

function repeated(flag: string, values: readonly string[] | undefined): readonly string[] {
  return (values ?? []).flatMap((value) => [flag, value]);
}
