/** A profile with `mfa_serial`: who is asked for its code, how often, and what is said where nobody is there. */
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, type Authority } from './authority.ts';
import { services, type Asked } from './services.ts';
import { hosts, openStage, signIn, type Stage } from './stage.ts';

let authority: Authority;
beforeAll(() => void (authority = createAuthority(hosts)));
afterAll(() => authority.remove());

const serial = 'arn:aws:iam::111122223333:mfa/me';
const config = `[profile base]
aws_access_key_id = BASE
aws_secret_access_key = s
[profile admin]
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = base
mfa_serial = ${serial}
[profile audit]
role_arn = arn:aws:iam::111122223333:role/Audit
source_profile = admin
`;

/** Somebody who types these, one after the other; then they are gone. */
function typing(...answers: readonly string[]) {
  const asked: string[] = [];
  const left = [...answers];
  return {
    asked,
    ask: (question: string) => {
      asked.push(question);
      return Promise.resolve(left.shift() ?? null);
    },
  };
}

async function stageWith(answer?: RequestListener): Promise<Stage> {
  const stage = await openStage(authority, answer);
  stage.file('.aws/config', config);
  return stage;
}

describe('a profile with mfa_serial', () => {
  it.each(['admin', 'audit'])(
    '%s asks for the code once, as the AWS CLI does, and hands it to STS',
    async (profile) => {
      const stage = await stageWith();
      const person = typing('123456');
      await signIn(stage.bundle, { profile, ask: person.ask });
      expect(person.asked).toEqual([`Enter MFA code for ${serial}: `]);
      const assumed = stage.asked.filter(({ operation }) => operation === 'AssumeRole');
      expect(assumed.map(({ mfa }) => mfa)).toEqual(
        profile === 'admin' ? [`${serial} 123456`] : [`${serial} 123456`, null],
      );
      expect(stage.asked.at(-1)).toMatchObject({ operation: 'GetCallerIdentity', accessKeyId: 'ASSUMED' });
    },
  );

  it.each([
    ['nothing', ''],
    ['words', 'what code'],
    ['five digits', '12345'],
  ])('asks STS nothing where %s is typed', async (_what, typed) => {
    const stage = await stageWith();
    await expect(signIn(stage.bundle, { profile: 'admin', ask: typing(typed).ask })).rejects.toThrow(
      'no MFA code of six digits was typed. Run it again, and type what the device shows.',
    );
    expect(stage.asked).toEqual([]);
  });

  it('says what STS says of a code that it does not take, and does not try it again', async () => {
    const asked: Asked[] = [];
    const refused =
      '<ErrorResponse><Error><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>';
    const usual = services(asked);
    let requests = 0;
    const stage = await stageWith((request, response) => {
      requests += 1;
      if (request.url !== '/') return usual(request, response);
      response.writeHead(403).end(refused);
    });
    const person = typing('123456', '654321');
    await expect(signIn(stage.bundle, { profile: 'admin', ask: person.ask })).rejects.toThrow(
      /profile "admin" .*invalid MFA one time pass code/,
    );
    expect([requests, person.asked.length]).toEqual([1, 1]);
  });

  it('goes no further where somebody leaves the question', async () => {
    const stage = await stageWith();
    const controller = new AbortController();
    const ask = () => {
      controller.abort(130);
      return Promise.resolve(null);
    };
    await expect(signIn(stage.bundle, { profile: 'admin', ask, signal: controller.signal })).rejects.toBe(130);
    expect(stage.asked).toEqual([]);
  });

  it('asks no AWS before it says that nobody is there to type', async () => {
    const stage = await stageWith();
    await expect(signIn(stage.bundle, { profile: 'audit' })).rejects.toThrow(
      /profile "admin" .* asks for a code, and there is no terminal to type it at\. Sign in at one first: eval "\$\(aws configure export-credentials --profile admin --format env\)"/,
    );
    expect(stage.asked).toEqual([]);
  });
});
