/** What the recorded policy texts say of each policy beyond its name: reports cite the policy, not only its verdicts. */
import { parseAllDocuments } from 'yaml';
import { isJsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { Finding, ResultHead } from '../../domain/result/result.ts';

export interface PolicyFacts {
  readonly name: string;
  readonly file: string;
  readonly description: string | null;
  /** Ids of the controls that the policy says it serves. */
  readonly controls: readonly string[];
}

/** By policy name. A text that can't be read any more is passed over: the verdicts do not hang on it. */
export function policyFactsOf({ run }: ResultHead): ReadonlyMap<string, PolicyFacts> {
  const facts = new Map<string, PolicyFacts>();
  for (const { file, names, text } of run.policies) {
    for (const name of names) facts.set(name, { name, file, description: null, controls: [] });
    for (const document of documentsIn(text)) {
      if (!isJsonObject(document)) continue;
      const { name, description, controls } = document;
      if (typeof name !== 'string' || !names.includes(name)) continue;
      facts.set(name, {
        name,
        file,
        description: typeof description === 'string' ? description : null,
        controls: Array.isArray(controls) ? controls.filter((control) => typeof control === 'string') : [],
      });
    }
  }
  return facts;
}

/** The controls that the finding's policy says it serves; none for a pool that no policy matches. */
export function controlsOf(
  policies: ReadonlyMap<string, PolicyFacts>,
  { policy }: Pick<Finding, 'policy'>,
): readonly string[] {
  return (policy === null ? undefined : policies.get(policy))?.controls ?? [];
}

function documentsIn(text: string): readonly JsonValue[] {
  return [...parseAllDocuments(text, { logLevel: 'silent' })].map((document): JsonValue => {
    if (document.errors.length > 0) return null;
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch {
      return null;
    }
  });
}
