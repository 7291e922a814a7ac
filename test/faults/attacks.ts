/** The kinds of the lying proxy as rows: each against every operation that it can meet, under audit and under apply. */
import { kinds } from '../attack/kinds/all.ts';
import type { Kind } from '../attack/kinds/kind.ts';
import { wireKinds } from '../attack/kinds/wire.ts';
import { attackApply, expectedOfApply, momentNames, moments } from './attacked-apply.ts';
import { attackAudit, expectedOfAudit } from './attacked-audit.ts';
import type { Family, Row } from './row.ts';

function rowsOf(kind: Kind, family: Family): readonly Row[] {
  const audits = kind.meets
    .filter((operation) => operation !== 'SetUserPoolMfaConfig')
    .map((operation): Row => ({
      family,
      kind: kind.name,
      operation: `audit: ${operation}`,
      expected: (seed) => expectedOfAudit(kind, operation, seed),
      play: (seed, signal) => attackAudit(kind, operation, seed, signal),
    }));
  const applies = momentNames
    .filter((moment) => kind.meets.includes(moments[moment]))
    .map((moment): Row => ({
      family,
      kind: kind.name,
      operation: `apply: ${moment}`,
      expected: (seed) => expectedOfApply(kind, moment, seed),
      play: (seed, signal) => attackApply(kind, moment, seed, signal),
    }));
  return [...audits, ...applies];
}

export const answerRows: readonly Row[] = kinds
  .filter((kind) => !wireKinds.includes(kind))
  .flatMap((kind) => rowsOf(kind, 'answers'));

export const wireRows: readonly Row[] = wireKinds.flatMap((kind) => rowsOf(kind, 'network'));
