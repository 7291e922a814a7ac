/** Which findings of a pool are written together, and which are left out without keeping the others from it. */
import { readOfBlock } from '../../model/api/reads.ts';
import {
  lineOf,
  protectionObjection,
  protectionOf,
  type RequestedChange,
  type RequestOutcome,
  type NotFixable,
  type Disagreement,
  type Protection,
} from './requested-changes.ts';
import type { Objection } from '../model/refusals.ts';

export interface PoolRequests {
  /** All for one path have the same `to`, or they conflict. */
  readonly requested: readonly RequestedChange[];
  readonly notFixable: readonly NotFixable[];
  readonly disagreements: readonly Disagreement[];
  readonly protections: readonly Protection[];
}

export interface PartitionedRequests {
  readonly asked: readonly RequestedChange[];
  readonly disagreements: readonly Disagreement[];
  /** In the order of the requests, each with why. */
  readonly excluded: readonly (Pick<RequestOutcome, 'policy' | 'path'> & { readonly objection: Objection })[];
}

/** Paths under an exception with `paths`, and what nothing can be written for, are left out. */
export function partitionRequests({
  requested,
  notFixable,
  disagreements,
  protections,
}: PoolRequests): PartitionedRequests {
  const asked = requested.filter(({ path }) => protectionOf(path, protections) === null);
  const open = disagreements.filter(({ path }) => protectionOf(path, protections) === null);
  return {
    asked,
    disagreements: [...open, ...differingRequests(asked)],
    excluded: [
      ...requested.flatMap((request) => excludedByProtection(request, protections)),
      ...notFixable.map(excludedUnfixable),
    ],
  };
}

function excludedByProtection(
  request: RequestedChange,
  protections: readonly Protection[],
): PartitionedRequests['excluded'] {
  const protection = protectionOf(request.path, protections);
  if (protection === null) return [];
  return [{ policy: request.policy, path: request.path, objection: protectionObjection(protection, request.path) }];
}

function excludedUnfixable(unfixable: NotFixable): PartitionedRequests['excluded'][number] {
  const { policy, path, code } = unfixable;
  const why = code === 'unresolved' ? 'has a variable that this pool cannot fill in' : noFixValue(path);
  return { policy, path, objection: { code, message: `${path} of ${lineOf(unfixable)} ${why}.` } };
}

function noFixValue(path: string): string {
  const [first = ''] = path.split('.');
  if (readOfBlock(first) !== null) return 'is judged and never fixed: change the pool by hand';
  if (first === 'factors') return 'is judged and never fixed: name the fields that make it hold, with their values';
  return 'says no single value that could be written (set, a scalar, a lone oneOf entry)';
}

/** Asks for one path with different values, which whoever merged the policies should not have let through. */
function differingRequests(requested: readonly RequestedChange[]): readonly Disagreement[] {
  const paths = [...new Set(requested.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const own = requested.filter((request) => request.path === path);
    return new Set(own.map(({ to }) => JSON.stringify(to))).size > 1 ? [{ path, demands: own }] : [];
  });
}
