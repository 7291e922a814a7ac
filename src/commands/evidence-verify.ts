import { verifyPack, type PackProblem } from '../evidence/verify-pack.ts';
import { visible } from '../escape/visible.ts';
import { counted } from '../number-format.ts';
import type { Shell } from './output/shell.ts';

const words: Readonly<Record<PackProblem['kind'], string>> = {
  missing: 'missing',
  changed: 'changed',
  extra: 'extra  ',
};

/** `report --verify`: exit 0 where every file of an evidence pack is as it was written and there is no other, else 1. */
export async function verify(folder: string, shell: Shell): Promise<0 | 1> {
  const { manifest, manifestSha256, problems } = await verifyPack(folder);
  for (const { kind, path } of problems) await shell.stdout.write(`${words[kind]}  ${visible(path)}\n`);
  const { run, files } = manifest;
  const verdict =
    problems.length === 0
      ? `OK  ${counted(files.length, 'file')} as written`
      : `NOT AS WRITTEN  ${counted(problems.length, 'file')}`;
  await shell.stdout.write(
    `${verdict} · run ${visible(run.id)} of ${visible(run.startedAt)} · manifest sha256:${manifestSha256}\n`,
  );
  return problems.length === 0 ? 0 : 1;
}
