/** Whose credentials are taken where there are several, what is said of it, and when they are asked for again. */
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuthority, type Authority } from './authority.ts';
import { hosts, openStage, signIn, type Stage } from './stage.ts';
import { inAnHour, services, type Asked } from './services.ts';

let authority: Authority;
beforeAll(() => void (authority = createAuthority(hosts)));
afterAll(() => authority.remove());

const keysNamed = (name: string): string => `aws_access_key_id = ${name}\naws_secret_access_key = s\n`;

function environmentKeys(): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'ENVIRONMENT');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
}

interface Case {
  readonly what: string;
  readonly prepare: () => void;
  readonly profile?: string;
  readonly taken: string;
  readonly notice: string | null;
}

const who = 'Signed in as arn:aws:sts::111122223333:assumed-role/A/b, by profile';

describe('of several sources', () => {
  it.each<Case>([
    {
      what: 'AWS_PROFILE and keys',
      prepare() {
        environmentKeys();
        vi.stubEnv('AWS_PROFILE', 'prod');
      },
      taken: 'PROD',
      notice: `${who} "prod" (AWS_PROFILE); the AWS CLI would take AWS_ACCESS_KEY_ID, which is set too.`,
    },
    { what: '--profile and keys', prepare: environmentKeys, profile: 'prod', taken: 'PROD', notice: null },
    { what: 'keys and a default profile', prepare: environmentKeys, taken: 'ENVIRONMENT', notice: null },
    {
      what: 'AWS_DEFAULT_PROFILE and a default profile',
      prepare: () => void vi.stubEnv('AWS_DEFAULT_PROFILE', 'prod'),
      taken: 'DEFAULT',
      notice: `${who} "default"; the AWS CLI would take profile "prod", which AWS_DEFAULT_PROFILE names.`,
    },
    {
      what: 'AWS_DEFAULT_PROFILE and AWS_PROFILE of the same name',
      prepare() {
        vi.stubEnv('AWS_DEFAULT_PROFILE', 'prod');
        vi.stubEnv('AWS_PROFILE', 'prod');
      },
      taken: 'PROD',
      notice: null,
    },
    {
      what: 'a profile with SSO and keys',
      prepare: () => {},
      profile: 'both',
      taken: 'BOTH',
      notice: `${who} "both" (--profile); the AWS CLI would take that profile's SSO settings, not its keys.`,
    },
  ])('$what: one is taken, and the AWS CLI is told of where it takes another', async (one) => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const stage = await openStage(authority);
    stage.file('.aws/config', '[profile both]\nsso_region = us-east-1\nsso_start_url = https://x\n');
    const profiles = ['default', 'prod', 'both'].map((name) => `[${name}]\n${keysNamed(name.toUpperCase())}`);
    stage.file('.aws/credentials', profiles.join(''));
    one.prepare();
    const { notices } = await signIn(stage.bundle, { profile: one.profile ?? null });
    expect(stage.asked.map(({ accessKeyId }) => accessKeyId)).toEqual([one.taken]);
    expect(notices).toEqual(one.notice === null ? [] : [one.notice]);
    expect(warned).not.toHaveBeenCalled();
  });
});

const expired = '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>over</Message></Error></ErrorResponse>';

/** The first request is refused because its credentials have expired; `before` comes before the refusal. */
function expiring(asked: Asked[], before: () => void): RequestListener {
  const usual = services(asked);
  let isFirst = true;
  return (request, response) => {
    if (!isFirst) return usual(request, response);
    isFirst = false;
    before();
    response.writeHead(403).end(expired);
  };
}

describe('credentials that have expired', () => {
  it('are read from the file again, where another program has renewed them', async () => {
    const asked: Asked[] = [];
    const renew = () => void stage.file('.aws/credentials', `[default]\n${keysNamed('NEW')}`);
    const stage: Stage = await openStage(authority, expiring(asked, renew));
    stage.file('.aws/credentials', `[default]\n${keysNamed('OLD')}`);
    await signIn(stage.bundle);
    expect(asked.map(({ accessKeyId }) => accessKeyId)).toEqual(['NEW']);
  });

  it('are asked of the program again that prints them', async () => {
    const asked: Asked[] = [];
    const stage = await openStage(
      authority,
      expiring(asked, () => {}),
    );
    const printed = JSON.stringify({ Version: 1, SecretAccessKey: 's', Expiration: inAnHour().toISOString() });
    const count = stage.file('count', '');
    const program = stage.file(
      'print.sh',
      `echo x >> ${count}\necho '${printed.replace('}', ',"AccessKeyId":"P')}'$(wc -l < ${count})'"}'\n`,
    );
    stage.file('.aws/config', `[default]\ncredential_process = sh ${program}\n`);
    await signIn(stage.bundle);
    expect(asked.map(({ accessKeyId }) => accessKeyId)).toEqual(['P2']);
  });
});
