import type { NumberOf } from '../diagnostics/number-of.ts';
import type { Place } from '../diagnostics/finding.ts';
import type { Outcome } from '../resolve/resolution.ts';

/** A finding in words: the fault, and the reason in one sentence. */
export interface FindingWords {
  readonly title: string;
  readonly why: string;
}

/** The part of a module's result that findings are about: an outcome, or the explanation of one module. */
export interface ConcernedOutcome extends Pick<Outcome, 'targets' | 'failures' | 'dropped'> {
  readonly moduleType: string | null;
  /** Indices of the sub-configs that select it. */
  readonly selectedBy: readonly number[];
}

/** The parts that all findings of one code share. The page loads this file; it must stay small. */
export interface FindingKind<Values> {
  readonly words: (values: Values, numberOf: NumberOf) => FindingWords;
  /**
   * Whether a finding is about all modules of an outcome that its sub-config selects. A finding names only the first few
   * modules in its place. Left out where `where.modules` has all of them.
   */
  readonly concerns?: (finding: { readonly values: Values; readonly where: Place & { readonly subConfig: number } }, outcome: ConcernedOutcome) => boolean;
}
