/** What a user writes, as plain objects: policies, exceptions and the configuration, in the words of their files. */
import type { JsonObject } from '../../src/domain/model/json.ts';

export interface Selector {
  readonly accounts?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly accountTags?: Readonly<Record<string, readonly string[]>>;
  readonly regions?: readonly string[];
  readonly pools?: readonly string[];
  readonly poolTags?: Readonly<Record<string, readonly string[]>>;
  readonly UserPool?: JsonObject;
  readonly exclude?: readonly Selector[];
}

export interface Policy {
  readonly name: string;
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'info';
  readonly match?: Selector;
  readonly expect: JsonObject;
  readonly exact?: boolean;
  readonly remediation?: { readonly mode: 'auto' | 'manual' | 'never' };
}

export interface Exception {
  readonly match: Selector;
  readonly policies?: readonly string[];
  readonly gaps?: readonly string[];
  readonly paths?: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** `2027-03-31`. */
  readonly expires: string;
  readonly hold?: boolean;
}

export interface Configuration {
  /** Without it: the caller's own account. */
  readonly accounts?: {
    readonly organization?: true;
    readonly ids?: readonly string[];
    readonly include?: readonly Selector[];
    readonly exclude?: readonly Selector[];
  };
  readonly role: {
    readonly name: string;
    readonly externalId?: string;
    readonly overrides?: Readonly<Record<string, { readonly name: string }>>;
  };
  readonly regions: 'enabled' | { readonly exclude: readonly string[] } | readonly string[];
  readonly failOn: 'critical' | 'high' | 'medium' | 'low' | 'info';
  readonly requireCoverage: boolean;
}

/** Everything that an audit reads from disk. */
export interface Writing {
  readonly configuration: Configuration;
  readonly policies: readonly Policy[];
  readonly exceptions: readonly Exception[];
}
