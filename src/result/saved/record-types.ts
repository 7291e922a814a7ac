/** The nine kinds of records that a saved result is made of. */
import type { Account, Skip } from '../../domain/model/observation.ts';
import type { EarlierFinding, Gap, PoolRecord, ResolvedFinding, UnitRecord } from '../../domain/result/result.ts';
import type { Warning } from '../../domain/result/warning.ts';
import type { SavedHead } from './schema.ts';

export interface RecordTypes {
  readonly head: SavedHead;
  readonly warning: Warning;
  readonly account: Account;
  readonly unit: UnitRecord;
  readonly gap: Gap;
  readonly skip: Skip;
  readonly resolved: ResolvedFinding;
  readonly unseen: EarlierFinding;
  readonly pool: PoolRecord;
}
export type RecordKind = keyof RecordTypes;
