/** From targets to channels: what each needs is loaded and opened when its turn comes. */
import { openConnections, type Connections, type HttpSettings } from '../../aws/connection/http.ts';
import { webPost } from '../../aws/connection/web-post.ts';
import type { DeliveryAccess } from '../../aws/delivery/access.ts';
import type { Channel } from '../../deliver/channel.ts';
import { openLedger, type Ledger, type OpenLedger } from '../../deliver/ledger.ts';
import { bucketPlace, busOf, hubPlace, parseTarget, variableOf, type Target } from '../../deliver/targets.ts';
import { patientPost, secretAddress } from '../../deliver/web.ts';
import { UserError } from '../../errors.ts';
import { systemClock } from '../../pacing/clock.ts';
import { requireEndpointConsent } from '../change/endpoint-consent.ts';
import { openAccess, type OpenAccess } from './aws-access.ts';
import type { DeliveryContext } from './delivery-context.ts';
import { connectionOf } from '../line/flags.ts';
import { say, type Shell } from '../output/shell.ts';

/** A target that was found right; opening it may still fail. */
export interface Opener {
  readonly name: string;
  open(): Promise<Channel>;
}

/**
 * Before anything is asked or read: what can't be delivered at the end is an error now.
 *
 * @throws UserError for what is no target, is named twice, or lacks its secret
 */
export function requireTargets(texts: readonly string[], env: Shell['env']): readonly Target[] {
  const targets = [...new Set(texts)].map(parseTarget);
  for (const target of targets) requireUsable(target, env);
  return targets;
}

function requireUsable(target: Target, env: Shell['env']): void {
  switch (target.kind) {
    case 'slack':
    case 'teams':
    case 'webhook':
      addressOf(target, target.kind, env);
      return;
    case 'securityhub':
      hubPlace(target);
      return;
    case 's3':
      bucketPlace(target);
      return;
    case 'eventbridge':
      busOf(target);
      return;
    case 'exec':
      if (target.rest.trim() === '') throw new UserError('exec: there is no command behind the colon: exec:COMMAND.');
  }
}

const usualVariables = {
  slack: 'MFA_DRIFT_SLACK_WEBHOOK',
  teams: 'MFA_DRIFT_TEAMS_WEBHOOK',
  webhook: 'MFA_DRIFT_WEBHOOK',
} as const;

function addressOf(target: Target, kind: keyof typeof usualVariables, env: Shell['env']): URL {
  return secretAddress(target.name, variableOf(target, usualVariables[kind]), env);
}

/** Does the work with what opens channels, whose connections are closed after. */
export async function withOpeners<T>(
  targets: readonly Target[],
  context: DeliveryContext,
  work: (openers: readonly Opener[]) => Promise<T>,
): Promise<T> {
  const opened: { connections?: Connections; aws?: OpenAccess; ledger?: OpenLedger } = {};
  const ways: Ways = {
    web: async () => (opened.connections ??= await openConnections(httpSettings(context), context.shell.signal)),
    aws: async () => (opened.aws ??= await openAccess(context)).access,
    ledger: async () => (opened.ledger ??= await ledgerOf(context)),
  };
  try {
    return await work(targets.map((target) => ({ name: target.name, open: () => open(target, context, ways) })));
  } finally {
    opened.connections?.close();
    opened.aws?.close();
    await opened.ledger?.close();
  }
}

/** Each is opened when it is first gone. */
interface Ways {
  web(): Promise<Connections>;
  aws(): Promise<DeliveryAccess>;
  ledger(): Promise<Ledger>;
}

function ledgerOf({ shell, tonight, flags }: DeliveryContext): Promise<OpenLedger> {
  const { clock = systemClock, signal } = shell;
  const notice = (text: string): void => void say(shell, text);
  return openLedger(flags.deliveries ?? defaultDeliveries, tonight.head.run.id, () => clock.date(), { notice, signal });
}

function httpSettings({ flags, shell }: DeliveryContext): HttpSettings {
  const { http } = connectionOf(flags, 4);
  return { ...http, caBundle: http.caBundle ?? (shell.env['AWS_CA_BUNDLE'] || null) };
}

async function open(target: Target, context: DeliveryContext, ways: Ways): Promise<Channel> {
  const { shell, tonight, flags } = context;
  const { clock = systemClock, signal } = shell;
  const { name, kind, rest: command } = target;
  const consent = (hosts: readonly string[]): void => requireEndpointConsent(hosts, context.settings, flags);
  const webhook = async (of: keyof typeof usualVariables) => ({
    name,
    address: addressOf(target, of, shell.env),
    post: patientPost(webPost((await ways.web()).handler), { clock, signal }),
    ledger: await ways.ledger(),
  });
  switch (kind) {
    case 'slack':
      return (await import('../../deliver/channels/slack.ts')).slack(await webhook(kind));
    case 'teams':
      return (await import('../../deliver/channels/teams.ts')).teams(await webhook(kind));
    case 'webhook':
      return (await import('../../deliver/channels/webhook.ts')).webhook(await webhook(kind));
    case 'securityhub': {
      const { openSecurityHub } = await import('./open-security-hub.ts');
      return openSecurityHub(name, hubPlace(target), await ways.aws(), consent);
    }
    case 's3': {
      const { openBucket } = await import('./open-bucket.ts');
      return openBucket(name, bucketPlace(target), await ways.aws(), {
        tonight,
        history: flags.history ?? null,
        shell,
        consent,
      });
    }
    case 'eventbridge': {
      const { openBus } = await import('./open-bus.ts');
      return openBus(name, busOf(target), await ways.aws(), { ledger: await ways.ledger(), consent });
    }
    case 'exec':
      return (await import('../../deliver/channels/exec.ts')).exec({
        name,
        command,
        signal,
        env: shell.env,
        ledger: await ways.ledger(),
      });
  }
}

const defaultDeliveries = '.mfa-drift/deliveries';
