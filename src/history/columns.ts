/** What a column of the history can be, and tables made of them: told once, for files, documentation and queries. */

interface Types {
  readonly STRING: string;
  readonly INT32: number;
  readonly DOUBLE: number;
  readonly BOOLEAN: boolean;
  /** Milliseconds, UTC. */
  readonly TIMESTAMP: Date;
}
export type ColumnType = keyof Types;

export type Columns = Readonly<Record<string, readonly [type: ColumnType, what: string]>>;
export type Row<C extends Columns> = { readonly [Name in keyof C]: Types[C[Name][0]] | null };

/** A saved time; `null` where there was none, or what stands there is none. */
export function instant(text: string | null): Date | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time;
}

/** Values in a text that SQL can split; `null` where it is not known which. */
export function listed(values: readonly string[] | null): string | null {
  return values === null ? null : values.join(',');
}
