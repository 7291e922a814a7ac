/** Which profile the user means, and whose credentials another AWS tool would take in its place. */
import { UserError } from '../../errors.ts';
import { FailureError } from '../failures/failures.ts';
import { failureSentence } from './failure.ts';
import { readSharedFiles, type SharedFiles } from './shared-files.ts';

export interface ChosenProfile {
  readonly name: string;
  /** `null`: nobody named one, and it is `default` if that is there. */
  readonly by: '--profile' | 'AWS_PROFILE' | null;
  readonly files: SharedFiles;
}

/** `flag` is `--profile`. Throws UserError for a profile that is named and is not there, and for files that can't be read. */
export async function chooseProfile(flag: string | null): Promise<ChosenProfile> {
  const files = await filesOfUser();
  const variable = process.env['AWS_PROFILE'] || null;
  const name = flag ?? variable;
  if (name === null) return { name: 'default', by: null, files };
  const by = flag === null ? 'AWS_PROFILE' : '--profile';
  if (files.profile(name) !== null) return { name, by, files };
  const near = files.nearProfile(name);
  throw new UserError(
    `${by}: there is no profile ${JSON.stringify(name)} with settings in ${files.paths}${near === '' ? '.' : near}`,
  );
}

async function filesOfUser(): Promise<SharedFiles> {
  try {
    return await readSharedFiles({ again: false });
  } catch (error) {
    throw error instanceof FailureError ? new UserError(failureSentence(error.failure)) : error;
  }
}

/** A sentence for where the AWS CLI would take other credentials than these, of `callerArn`; else `null`. */
export function otherCredentials(chosen: ChosenProfile, callerArn: string): string | null {
  const other = ofAwsCli(chosen);
  if (other === null) return null;
  const by = chosen.by === null ? '' : ` (${chosen.by})`;
  return `Signed in as ${callerArn}, by profile ${JSON.stringify(chosen.name)}${by}; the AWS CLI would take ${other}.`;
}

/**
 * The CLI takes keys of the environment before AWS_PROFILE; AWS_DEFAULT_PROFILE, which the SDKs do not know, before either
 * profile; and of a profile that has both, SSO before keys (tried with the AWS CLI 1.45).
 */
function ofAwsCli({ name, by, files }: ChosenProfile): string | null {
  const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_DEFAULT_PROFILE: ofCli } = process.env;
  const hasKeys = Boolean(key) && Boolean(secret);
  if (hasKeys && by === null) return null;
  if (hasKeys && by === 'AWS_PROFILE') return 'AWS_ACCESS_KEY_ID, which is set too';
  const other = by === '--profile' ? name : ofCli || name;
  if (other !== name) return `profile ${JSON.stringify(other)}, which AWS_DEFAULT_PROFILE names`;
  const settings = Object.keys(files.profile(name)?.settings ?? {});
  const hasBoth = settings.includes('aws_access_key_id') && settings.some((setting) => setting.startsWith('sso_'));
  return hasBoth ? "that profile's SSO settings, not its keys" : null;
}
