import type { PackedNames } from '../module-tree/packed-names.ts';
import type { PythonVersion } from '../python-re/python-version.ts';

/** The matches of a pattern in a list of names, or why there are none. */
export type PatternSweep =
  | {
      readonly type: 'matched';
      /** Per name: 1 when `re.match(pattern, name)` matches. */
      readonly mask: Uint8Array<ArrayBuffer>;
      readonly count: number;
      /** Seconds that Python would need, when it would hang; names that were not decided count as not matched. */
      readonly slowSeconds: number | null;
    }
  | { readonly type: 'invalid'; readonly error: InvalidPattern };

/** Why Python refuses a pattern. */
export interface InvalidPattern {
  /** `re.error`, or another exception of Python (`OverflowError`, `RecursionError`). */
  readonly type: string;
  /** As Python prints it, with its ` at position 3`. */
  readonly message: string;
  /** In code points; `null` when Python gives none. */
  readonly position: number | null;
}

/** Runs one pattern over all names. */
export type SweepPattern = (pattern: string, python: PythonVersion, names: PackedNames) => PatternSweep;
