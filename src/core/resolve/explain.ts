import type { DroppedSetting, OutcomeFailure, SelectionEntry, TargetOutcome } from './resolution.ts';

/** Why a module is, or is not, what it is: one answer for each sub-config, and what became of its targets. */
export interface ModuleExplanation {
  readonly module: number;
  readonly name: string;
  /** `null` when the source does not tell. */
  readonly moduleType: string | null;
  readonly subConfigs: readonly SubConfigExplanation[];
  /** Configured targets with winner, losers and the chain of every value; empty when untouched. */
  readonly targets: readonly TargetOutcome[];
  readonly failures: readonly OutcomeFailure[];
  readonly dropped: readonly DroppedSetting[];
  /** Fusion that this module takes part in (rule R4). */
  readonly fusedInto: string | null;
}

export interface SubConfigExplanation {
  readonly subConfig: number;
  readonly reason: SelectionReason;
}

export type SelectionReason =
  /** By these strings: a name, patterns, or a type when no name selector is set. */
  | { readonly type: 'selected'; readonly by: readonly SelectionEntry[] }
  /** It was selected by `by`, and these excludes take it; the first is the one that counted. */
  | {
      readonly type: 'excluded';
      readonly by: readonly SelectionEntry[];
      readonly excludes: readonly SelectionEntry[];
    }
  /** A name or pattern hits it, but `op_types` does not list its type. */
  | { readonly type: 'type-not-listed'; readonly by: readonly SelectionEntry[]; readonly moduleType: string | null }
  /** No name and no pattern hits it, or (with `op_types` alone) its type is not listed. */
  | { readonly type: 'not-named'; readonly moduleType: string | null }
  /** The sub-config has no usable selector. */
  | { readonly type: 'no-selector' };
