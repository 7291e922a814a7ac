/** The types that follow from the table of settings. */
import type { KindValues } from './kinds.ts';
import type { settingTable } from './table.ts';

type Table = typeof settingTable;

export type ValueIn<Row> = Row extends {
  readonly kind: infer Kind extends keyof KindValues;
  readonly default: infer Default;
}
  ? KindValues[Kind] | (Default extends null ? null : never)
  : never;
type Head<Path> = Path extends `${infer First}.${string}` ? First : Path;
type Nested<Rows> = {
  readonly [Key in Head<keyof Rows & string>]: Key extends keyof Rows
    ? ValueIn<Rows[Key]>
    : Nested<{ [Path in keyof Rows as Path extends `${Key}.${infer Rest}` ? Rest : never]: Rows[Path] }>;
};

/** What the configuration says once every default is filled in. */
export type SettingValues = Nested<Table>;
