import type { ListEdit } from '../config/list-edits.ts';
import type { KeyPath } from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';

/**
 * How much a finding matters:
 * `refused` NNI raises before it compresses · `later` the algorithm raises when it runs ·
 * `silent` NNI does something a person may not expect · `not-checked` the source lacks what the check needs.
 */
export type Severity = 'refused' | 'later' | 'silent' | 'not-checked';

/** Where a finding points. The list index counts the sub-configs that NNI would see. */
export interface Place {
  /** Index in the list that was resolved; `null` when the list as a whole is meant. */
  readonly subConfig: number | null;
  /** From the sub-config inwards, e.g. `['target_settings', 'weight', 'sparse_ratio']`. */
  readonly path: KeyPath;
  /** Half-open range of UTF-16 units inside the string value at `path`, e.g. in a pattern. */
  readonly range?: readonly [start: number, end: number];
  /** Module indices concerned, the first few at most. */
  readonly modules?: readonly number[];
}

/** What a one-click fix does; all of it is one undo step. */
export type FixAction =
  | { readonly type: 'edit-list'; readonly edits: readonly ListEdit[] }
  | { readonly type: 'register-template'; readonly moduleType: string };

/** Every change that is offered; worded in `wording.ts`. */
export type FixCode =
  | 'write-float'
  | 'remove-key'
  | 'rename-key'
  | 'remove-entry'
  | 'add-key'
  | 'write-out-shorthand'
  | 'exclude-type'
  | 'register-type'
  | 'add-target'
  | 'add-target-name'
  | 'add-output'
  | 'leave-out-target'
  | 'write-name'
  | 'write-value'
  | 'keep-first'
  | 'only-types'
  | 'add-types'
  | 'add-name'
  | 'exclude-name'
  | 'remove-groups'
  | 'keep-pairs'
  | 'link-to'
  | 'link-each'
  | 'move-up'
  | 'end-pattern';

/** `code` picks the wording of the button; `values` fills it in. */
export interface Fix {
  readonly code: FixCode;
  readonly values: Readonly<Record<string, string | number>>;
  readonly action: FixAction;
}

/** A diagnostic as data: plain, serialisable, worded elsewhere (`wording.ts`). */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly where: Place;
  /** What the wording needs; keys are named there. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly error?: RaisedError;
  readonly fixes: readonly Fix[];
}
