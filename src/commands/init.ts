import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireWritableFile, writeFileAtomically } from '../atomic-file.ts';
import { UserError } from '../errors.ts';
import { answersFrom, type InitAnswers } from './init/answers.ts';
import { newFiles, ownFiles, type NewFiles } from './init/files.ts';
import { lookAround } from './init/look.ts';
import type { ConnectionFlags, LogFlags } from './line/flags.ts';
import { say, type Shell } from './output/shell.ts';

export interface InitFlags extends Partial<InitAnswers>, ConnectionFlags, LogFlags {
  readonly folder: string;
  /** `false`: AWS is not asked. */
  readonly look: boolean;
}

/** Writes what a first audit needs: all of it or nothing, and nothing in the place of what is there. */
export async function init(flags: InitFlags, shell: Shell): Promise<0> {
  await requireNew(flags.folder, ownFiles);
  const seen = flags.look ? await lookAround(flags, shell) : null;
  if (seen !== null) await say(shell, `seen: ${seen.sentence}`);
  const answers = await answersFrom(flags, seen?.scope ?? 'organization', shell);
  const files = await newFiles(answers);
  await requireNew(flags.folder, Object.keys(files));
  await writeAll(flags.folder, files);
  const lines = Object.keys(files).map((file) => `wrote ${join(flags.folder, file)}\n`);
  await shell.stdout.write(`${lines.join('')}${next(files)}`);
  return 0;
}

/** Both ways of writing its name count: with two, no command would know which one is meant. */
async function requireNew(folder: string, files: readonly string[]): Promise<void> {
  const there = [...files, 'mfa-drift.yml'].map((file) => join(folder, file)).filter((file) => existsSync(file));
  if (there.length > 0)
    throw new UserError(
      `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already, and init overwrites nothing; nothing was written. Name another folder with --folder.`,
    );
  for (const file of files) await requireWritableFile(join(folder, file));
}

async function writeAll(folder: string, files: NewFiles): Promise<void> {
  const written: string[] = [];
  try {
    for (const [file, text] of Object.entries(files)) {
      await writeFileAtomically(join(folder, file), [text]);
      written.push(join(folder, file));
    }
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    throw error;
  }
}

/** Whoever publishes is not known to every copy; a name that is nobody's must not be run. */
const stands = /OWNER\/REPOSITORY|registry\.invalid/;

function next(files: NewFiles): string {
  const unnamed = Object.entries(files).filter(([, text]) => stands.test(text));
  return [
    'next:',
    ...unnamed.map(([file, text]) => `  ${file}: in place of ${stands.exec(text)?.[0] ?? ''}, name your own`),
    '  mfa-drift policy check     what was written, offline',
    '  mfa-drift doctor           what is missing in AWS, and how to mend it',
    '  mfa-drift audit',
    '',
  ].join('\n');
}
