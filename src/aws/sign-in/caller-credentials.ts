/**
 * The credentials that the program was started with, in the order of the SDK's default chain: the environment, unless a
 * profile is named; the profile; a web identity; a container; the instance. A source that is named and fails is the end:
 * signing in as somebody else in its place would be worse than not at all.
 */
import type { AwsCredentialIdentity } from '@smithy/types';
import type { ChosenProfile } from './chosen-profile.ts';
import { containerCredentials } from './container-credentials.ts';
import { environmentCredentials } from './environment-credentials.ts';
import { signInFailure } from './failure.ts';
import { flawOf } from './flaw.ts';
import { profileCredentials } from './profile-credentials.ts';
import { instanceCredentials, loginCredentials, ssoCredentials } from './sdk-providers.ts';
import type { Requests } from './requests.ts';
import { readSharedFiles, type SharedFiles } from './shared-files.ts';
import { environmentWebIdentity } from './web-identity.ts';

/** Each call of what comes back signs in anew. It throws FailureError where there are no credentials. */
export function callerCredentials(profile: ChosenProfile, requests: Requests): () => Promise<AwsCredentialIdentity> {
  const instance = instanceMetadata(requests);
  const container = () => containerCredentials(requests);
  let files: SharedFiles | null = profile.files;

  async function ofProfile(): Promise<AwsCredentialIdentity | null> {
    const read = files ?? (await readSharedFiles({ again: true }));
    files = null;
    const named = read.profile(profile.name);
    if (named === null) return null;
    return profileCredentials(named, {
      files: read,
      requests,
      sso: (one) => ssoCredentials(one, requests),
      login: (one) => loginCredentials(one, requests),
      sources: {
        Environment: () => Promise.resolve(environmentCredentials()),
        EcsContainer: container,
        Ec2InstanceMetadata: () => instance.credentials(),
      },
    });
  }

  return async () => {
    const credentials =
      (profile.by === null ? environmentCredentials() : null) ??
      (await ofProfile()) ??
      (await environmentWebIdentity(requests)) ??
      (await container()) ??
      (await instance.credentials());
    if (credentials === null) throw nowhere(profile, instance.reason());
    return requireUsable(credentials);
  };
}

interface InstanceMetadata {
  /** `null` where there are none; why, says `reason`. */
  credentials(): Promise<AwsCredentialIdentity | null>;
  reason(): string;
}

function instanceMetadata(requests: Requests): InstanceMetadata {
  let why = 'no metadata service was asked (AWS_EC2_METADATA_DISABLED)';
  let provide: Promise<() => Promise<AwsCredentialIdentity>> | null = null;
  return {
    async credentials() {
      const { AWS_EC2_METADATA_DISABLED: disabled = '' } = process.env;
      if (disabled !== '' && disabled.toLowerCase() !== 'false') return null;
      provide ??= instanceCredentials(requests);
      try {
        return await (
          await provide
        )();
      } catch (error) {
        why = `no metadata service answers with any (${error instanceof Error ? error.message : String(error)})`;
        return null;
      }
    },
    reason: () => why,
  };
}

function nowhere({ name, by, files }: ChosenProfile, instance: string) {
  const ofProfile = `profile ${JSON.stringify(name)} names none in ${files.paths}`;
  const ofEnvironment = by === null ? ['the environment has no keys'] : [];
  return signInFailure(
    'No AWS credentials were found',
    [...ofEnvironment, ofProfile, 'there is no web identity and no container', instance].join(', '),
    'Sign in (aws sso login, AWS CLI 2), set AWS_PROFILE or --profile, or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  );
}

/** The sources hand on what they were given. */
function requireUsable(credentials: AwsCredentialIdentity): AwsCredentialIdentity {
  const flaw = flawOf(credentials);
  if (flaw !== null) throw signInFailure('the credentials', flaw, 'Sign in again.');
  return credentials;
}
