/** The shared configuration and credentials files of all AWS tools (AWS SDKs and Tools reference guide, "Shared files"). */
import type { Stats } from 'node:fs';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { devNull, homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { closest, distance } from 'fastest-levenshtein';
import { kindOf } from '../../regular-file.ts';
import { signInFailure } from './failure.ts';

type Section = Readonly<Record<string, string | undefined>>;

export interface Profile {
  readonly name: string;
  /** How messages begin: `profile "NAME" (FILE)`. */
  readonly where: string;
  readonly settings: Section;
}

export interface SharedFiles {
  /** Both paths, in words. */
  readonly paths: string;
  /** `null` where neither file says anything of it. */
  profile(name: string): Profile | null;
  ssoSession(name: string): Section | null;
  /** `; did you mean …?` for a name that is nearly one of theirs, else empty. */
  nearProfile(name: string): string;
  nearSsoSession(name: string): string;
}

/**
 * @param again read files that were read before once more: other programs renew credentials there
 * @throws FailureError for a file that is there and can't be read
 */
export async function readSharedFiles({ again }: { readonly again: boolean }): Promise<SharedFiles> {
  const configPath = process.env['AWS_CONFIG_FILE'] || join(home(), '.aws', 'config');
  const credentialsPath = process.env['AWS_SHARED_CREDENTIALS_FILE'] || join(home(), '.aws', 'credentials');
  const areFiles = await Promise.all([configPath, credentialsPath].map(isReadableFile));
  // What is no file, such as a pipe, can be read only once.
  const ignoreCache = again && areFiles.every((isFile) => isFile);
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache });
  const names = [...Object.keys(configFile), ...Object.keys(credentialsFile)];
  const sessions = names.filter((name) => name.startsWith(ssoPrefix)).map((name) => name.slice(ssoPrefix.length));
  const profiles = names.filter((name) => !name.startsWith(ssoPrefix) && !name.startsWith('services.'));
  return {
    paths: `${configPath} and ${credentialsPath}`,
    profile(name) {
      const inConfig = sectionOf(configFile, name);
      const inCredentials = sectionOf(credentialsFile, name);
      if (inConfig === null && inCredentials === null) return null;
      const files = [...(inConfig === null ? [] : [configPath]), ...(inCredentials === null ? [] : [credentialsPath])];
      return {
        name,
        where: `profile ${JSON.stringify(name)} (${files.join(' and ')})`,
        settings: { ...inConfig, ...inCredentials },
      };
    },
    ssoSession: (name) => sectionOf(configFile, `${ssoPrefix}${name}`),
    nearProfile: (name) => near(name, profiles),
    nearSsoSession: (name) => near(name, sessions),
  };
}

const ssoPrefix = 'sso-session.';

function sectionOf(file: Readonly<Record<string, Section>>, name: string): Section | null {
  return Object.hasOwn(file, name) ? (file[name] ?? null) : null;
}

function near(name: string, names: readonly string[]): string {
  const nearest = names.length === 0 ? null : closest(name, names);
  return nearest !== null && distance(name, nearest) <= 2 ? `; did you mean ${JSON.stringify(nearest)}?` : '';
}

/** Where the SDK looks for the user's folder. */
function home(): string {
  return process.env['HOME'] || process.env['USERPROFILE'] || homedir();
}

/** Whether it is a file, or is not there. Throws for what has no end, or may never begin. */
async function isReadableFile(path: string): Promise<boolean> {
  const found = await statsOf(path);
  const kind = found === null ? null : kindOf(found);
  if (found === null || kind === null) return true;
  if ((found.isFIFO() && isHandedOver(path)) || (await isNothing(path))) return false;
  throw signInFailure(path, `it is ${kind}`, 'Name the file: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE.');
}

/** `null`: it is not there. */
async function statsOf(path: string): Promise<Stats | null> {
  try {
    const found = await stat(path);
    await access(path, constants.R_OK);
    return found;
  } catch (cause) {
    if (isAbsent(cause)) return null;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw signInFailure(path, `it can't be read (${why})`, 'Check the path and who may read it.');
  }
}

/** A pipe that a shell opened for this process, as `<(…)` does: somebody writes at its other end. */
function isHandedOver(path: string): boolean {
  return /^\/(?:dev|proc\/[^/]+)\/fd\//.test(path);
}

async function isNothing(path: string): Promise<boolean> {
  return (await realpath(path)) === devNull;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
