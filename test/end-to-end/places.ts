/** Where findings point, compared with the policy files as they lie on disk. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject } from '../../src/domain/model/json.ts';
import type { Finding } from '../../src/domain/result/result.ts';
import type { SavedResult } from '../oracle/result-verdicts.ts';

/** Findings of a policy whose line does not name the last member of their path; `[]` where all point well. */
export async function misplacedFindings(result: SavedResult, workspace: string): Promise<readonly Finding[]> {
  const misplaced: Finding[] = [];
  const lines = new Map<string, readonly string[]>();
  for (const finding of result.pools.flatMap(({ findings }) => findings)) {
    const { policy, path, line, expected } = finding;
    if (policy === null) continue;
    const text = lines.get(policy) ?? (await linesOf(join(workspace, 'policies', `${policy}.yaml`)));
    lines.set(policy, text);
    const pointed = text[(line ?? 0) - 1] ?? '';
    // An extra member of an exact policy is named nowhere; `exact` asks for its absence.
    const isExtra = pointed.startsWith('exact:') && isJsonObject(expected) && expected['present'] === false;
    if (!pointed.includes(`${path.split('.').at(-1)}:`) && !isExtra) misplaced.push(finding);
  }
  return misplaced;
}

async function linesOf(file: string): Promise<readonly string[]> {
  return (await readFile(file, 'utf8')).split('\n');
}
