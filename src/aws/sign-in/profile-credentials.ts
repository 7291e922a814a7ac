/**
 * What a profile says of its credentials, followed from profile to profile (AWS SDKs and Tools reference guide, "Assume
 * role credential provider"). The SDK would follow it too, with clients for STS of its own; here it is ours that asks,
 * and every mistake is a sentence with the profile and its file.
 */
import type { AwsCredentialIdentity } from '@smithy/types';
import { visible } from '../../escape/visible.ts';
import { assumeNamedRole, type NamedRole } from './assume-role.ts';
import { processCredentials } from './credential-process.ts';
import { signInFailure } from './failure.ts';
import type { Requests } from './requests.ts';
import type { Profile, SharedFiles } from './shared-files.ts';
import { webIdentityCredentials } from './web-identity.ts';

type Provide = (profile: Profile) => Promise<AwsCredentialIdentity>;

export interface ProfileTools {
  readonly files: SharedFiles;
  readonly requests: Requests;
  readonly sso: Provide;
  readonly login: Provide;
  /** By the words of `credential_source`. Resolves to `null` where that source has none. */
  readonly sources: Readonly<Record<CredentialSource, () => Promise<AwsCredentialIdentity | null>>>;
}

export const credentialSources = ['Environment', 'EcsContainer', 'Ec2InstanceMetadata'] as const;
export type CredentialSource = (typeof credentialSources)[number];

/**
 * `null`: the profile says nothing of credentials. Throws FailureError where what it says can't be followed.
 *
 * @param trail names of the profiles that led here, the first one first
 */
export async function profileCredentials(
  profile: Profile,
  tools: ProfileTools,
  trail: readonly string[] = [],
): Promise<AwsCredentialIdentity | null> {
  const { settings, where } = profile;
  const isSource = trail.length > 0;
  const hasOrigin = settings['source_profile'] !== undefined || settings['credential_source'] !== undefined;
  const roleArn = settings['role_arn'];
  if (isSource && keysOf(profile) !== null) return keysOf(profile);
  if (roleArn !== undefined && hasOrigin) return assumedRole(profile, roleArn, tools, trail);
  if (keysOf(profile) !== null) return keysOf(profile);
  const tokenFile = settings['web_identity_token_file'];
  if (roleArn !== undefined && tokenFile !== undefined)
    return webIdentityCredentials(tools.requests, tokenFile, namedRole(profile, roleArn), where);
  if (roleArn !== undefined)
    throw signInFailure(
      where,
      'role_arn says no source',
      'Add source_profile, credential_source or web_identity_token_file.',
    );
  if (settings['credential_process'] !== undefined)
    return processCredentials(settings['credential_process'], where, tools.requests.signal);
  if (Object.keys(settings).some((key) => key.startsWith('sso_'))) return tools.sso(checkedSso(profile, tools.files));
  if (settings['login_session'] !== undefined) return tools.login(profile);
  if (isSource && hasOrigin) return sourceCredentials(profile, tools, trail);
  return null;
}

async function assumedRole(
  profile: Profile,
  arn: string,
  tools: ProfileTools,
  trail: readonly string[],
): Promise<AwsCredentialIdentity> {
  const { settings, where } = profile;
  const role = namedRole(profile, arn);
  const serial = settings['mfa_serial'];
  if (serial === undefined)
    return assumeNamedRole(tools.requests, await sourceCredentials(profile, tools, trail), role, where);
  requireSomebody(profile, serial, tools.requests);
  const source = await sourceCredentials(profile, tools, trail);
  const mfa = { serial, code: await codeOf(profile, serial, tools.requests) };
  return assumeNamedRole(tools.requests, source, { ...role, mfa }, where);
}

/** Before anything is asked of AWS: without somebody to type the code, all of it would be in vain. */
function requireSomebody({ where, name }: Profile, serial: string, { ask }: Requests): void {
  if (ask !== null) return;
  throw signInFailure(
    where,
    `mfa_serial (${serial}) asks for a code, and there is no terminal to type it at`,
    `Sign in at one first: eval "$(aws configure export-credentials --profile ${name} --format env)" with the AWS CLI 2, or aws sts assume-role with version 1, which has no such command (docs/signing-in.md, "A device that shows a code"). What runs by itself signs in without a device: a role by OIDC or of the machine (docs/signing-in.md).`,
  );
}

/** As the AWS CLI asks for it. A code counts once, so that each session needs one of its own. */
async function codeOf({ where }: Profile, serial: string, { ask, signal }: Requests): Promise<string> {
  const code = (await ask?.(`Enter MFA code for ${visible(serial)}: `)) ?? null;
  signal.throwIfAborted();
  if (code !== null && /^\d{6}$/.test(code)) return code;
  throw signInFailure(where, 'no MFA code of six digits was typed', 'Run it again, and type what the device shows.');
}

/** The credentials that a role is assumed with. */
async function sourceCredentials(
  profile: Profile,
  tools: ProfileTools,
  trail: readonly string[],
): Promise<AwsCredentialIdentity> {
  const { settings, where, name } = profile;
  const { source_profile: sourceName, credential_source: word } = settings;
  if (sourceName !== undefined && word !== undefined)
    throw signInFailure(where, 'it names both source_profile and credential_source', 'Leave one of them.');
  if (sourceName === undefined) return namedSource(word, where, tools);
  const way = [...trail, name];
  const source = tools.files.profile(sourceName);
  if (source === null)
    throw signInFailure(
      where,
      `source_profile: there is no profile ${JSON.stringify(sourceName)} in ${tools.files.paths}`,
      `Name one that is there${tools.files.nearProfile(sourceName) || '.'}`,
    );
  if (way.includes(sourceName) && keysOf(source) === null)
    throw signInFailure(
      where,
      `source_profile goes in a circle: ${[...way, sourceName].join(' → ')}`,
      'Let one of them name credentials of its own.',
    );
  const credentials = await profileCredentials(source, tools, way);
  if (credentials === null)
    throw signInFailure(
      source.where,
      'it names no credentials, and is the source of another profile',
      'Add them there.',
    );
  return credentials;
}

async function namedSource(word: string | undefined, where: string, tools: ProfileTools) {
  const known = credentialSources.find((one) => one === word);
  if (known === undefined)
    throw signInFailure(
      where,
      `credential_source is ${JSON.stringify(word)}`,
      `Write one of ${credentialSources.join(', ')}.`,
    );
  const credentials = await tools.sources[known]();
  if (credentials === null)
    throw signInFailure(where, `credential_source is ${known}, and there are none`, 'Name another source.');
  return credentials;
}

function namedRole({ settings, where }: Profile, arn: string): NamedRole {
  const duration = settings['duration_seconds'];
  if (duration !== undefined && !/^\d+$/.test(duration))
    throw signInFailure(where, `duration_seconds is ${JSON.stringify(duration)}`, 'Write a number from 900 to 43200.');
  return {
    arn,
    sessionName: settings['role_session_name'],
    externalId: settings['external_id'],
    durationSeconds: duration === undefined ? undefined : Number(duration),
  };
}

/** `null` for a profile without keys. */
function keysOf({ settings, where }: Profile): AwsCredentialIdentity | null {
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = settings;
  if (accessKeyId === undefined && secretAccessKey === undefined) return null;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const missing = accessKeyId === undefined ? 'aws_access_key_id' : 'aws_secret_access_key';
    throw signInFailure(where, `${missing} is missing`, 'Write both keys, or neither.');
  }
  const { aws_session_token: sessionToken } = settings;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

const ssoOfProfile = ['sso_account_id', 'sso_role_name'] as const;
const ssoOfSession = ['sso_region', 'sso_start_url'] as const;

function checkedSso(profile: Profile, files: SharedFiles): Profile {
  const { settings, where } = profile;
  const sessionName = settings['sso_session'];
  const session = sessionName === undefined ? settings : files.ssoSession(sessionName);
  if (session === null)
    throw signInFailure(
      where,
      `sso_session: there is no [sso-session ${sessionName}]`,
      `Name one that is there${files.nearSsoSession(sessionName ?? '') || '.'}`,
    );
  const missing = [...ssoOfProfile.filter((key) => !settings[key]), ...ssoOfSession.filter((key) => !session[key])];
  if (missing.length > 0)
    throw signInFailure(
      where,
      `${missing.join(' and ')} missing for SSO`,
      'Run aws configure sso once more (AWS CLI 2).',
    );
  return profile;
}
