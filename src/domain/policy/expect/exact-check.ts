/** `exact`: members that the policy does not name. */
import { rawMember } from '../../model/api/api-values.ts';
import { readOnly, type Check, type PoolInput } from './checks.ts';
import type { ExactExpectation, Mentioned } from './expectations.ts';
import { mfaConfigMembers } from '../../model/api/api-model.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { openInside } from '../../model/open-values.ts';

const mfaBlocks = Object.keys(mfaConfigMembers);

/** Each extra member is a check of its own; where there is none, the one check that holds. */
export function checkExact(
  { mentioned, path, location }: ExactExpectation,
  { config, subject }: PoolInput,
): readonly Check[] {
  const base = { location, expected: { present: false }, fix: readOnly, missing: null };
  const left = mfaBlocks.map((block) => openInside(subject.open, block)).find((one) => one !== undefined);
  if (left !== undefined) {
    return [{ ...base, path, verdict: 'unknown', actual: null, missing: { what: left.why, failure: null } }];
  }
  const extra = extraMembers(config, mentioned, []);
  if (extra.length === 0) return [{ ...base, path, verdict: 'holds', actual: null }];
  return extra.map((names) => ({
    ...base,
    path: names.join('.'),
    verdict: 'misses',
    actual: rawMember(config, names) ?? null,
  }));
}

function extraMembers(value: JsonObject, mentioned: Mentioned, prefix: readonly string[]): (readonly string[])[] {
  if (mentioned === 'whole') return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (member === null) return [];
    const inner = mentioned.get(name);
    const names = [...prefix, name];
    if (inner === undefined) return [names];
    return isJsonObject(member) ? extraMembers(member, inner, names) : [];
  });
}
