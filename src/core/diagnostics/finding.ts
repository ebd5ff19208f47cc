import type { KeyPath } from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { Fix } from './fix.ts';
import type { Severity } from './severity.ts';

/** Where a finding points. The list index counts the sub-configs that NNI would see. */
export interface Place {
  /** Index in the list that was resolved; `null` when the list as a whole is meant. */
  readonly subConfig: number | null;
  /** From the sub-config inwards, e.g. `['target_settings', 'weight', 'sparse_ratio']`. */
  readonly path: KeyPath;
  /** Paths of the same sub-config at which the same cause shows. */
  readonly also?: readonly KeyPath[];
  /** Half-open range of UTF-16 units inside the string value at `path`, e.g. in a pattern. */
  readonly range?: readonly [start: number, end: number];
  /** Module indices concerned, the first few at most. */
  readonly modules?: readonly number[];
}

/** A finding of one code: plain, serialisable data. The code says which words `values` fill in. */
export interface FindingOf<Code extends string, Values> {
  readonly code: Code;
  readonly severity: Severity;
  /** Id in SPEC.md of the rule that it comes from. */
  readonly rule: string;
  readonly where: Place;
  readonly values: Values;
  readonly error?: RaisedError;
  /** The author of the plan means to have it: it counts for nothing (rule F14). */
  readonly intended?: true;
  /** In this order: fixes that write the likely intention, fixes that narrow the sub-config, fixes that remove something. */
  readonly fixes: readonly Fix[];
}
