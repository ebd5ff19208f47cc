import type { ConfigObject } from '../config/value.ts';
import type { SelectorKey } from '../config/selector-keys.ts';

/** The purpose of the proposed selectors. `config` is the sub-config that they change. */
export type ProposalPurpose =
  | { readonly type: 'new' }
  | { readonly type: 'add'; readonly config: ConfigObject }
  | { readonly type: 'exclude'; readonly config: ConfigObject };

/** Some modules, with the first few of them. */
export interface ModuleSample {
  readonly count: number;
  /** Module indices, ascending. */
  readonly first: readonly number[];
}

/** The change of one selector key. */
export interface SelectorChange {
  readonly key: SelectorKey;
  /** Strings that are new at the key. */
  readonly added: readonly string[];
  /** Number of existing strings that are removed. */
  readonly removed: number;
}

/** One way to select the requested modules, tried on the whole model. */
export interface Proposal {
  /** Whether it matches exactly the requested modules, or more. */
  readonly fit: 'exact' | 'broader';
  /** The whole sub-config as it would be. */
  readonly config: ConfigObject;
  readonly changes: readonly SelectorChange[];
  /** Modules that the sub-config would select. */
  readonly count: number;
  /** Selected although not asked for. */
  readonly extra: ModuleSample;
}

export interface Proposals {
  /** Exact ones first, the shortest first; then broader ones, the least broad first. */
  readonly proposals: readonly Proposal[];
  /** Modules that are to be selected in the end. */
  readonly goal: number;
  /** Chosen modules for which nothing has to change: selected when adding, not selected when excluding. */
  readonly already: number;
  /** Modules left out whose names differ from a selected one in numbers only. */
  readonly near: ModuleSample;
}
