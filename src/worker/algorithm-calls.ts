import type { Algorithm } from '../core/algorithms/algorithm.ts';
import type { ChainIssue } from '../core/algorithms/chain.ts';
import type { LinkSurvey } from '../core/algorithms/survey-links.ts';
import type { EffectiveTarget, Moment, Need, TargetLoss } from '../core/algorithms/outcome.ts';
import type { PlannedAlgorithm } from '../core/algorithms/planned-algorithm.ts';
import type { Mode } from '../core/config/mode.ts';

/** The outcome of a list with its algorithm, in short. */
export interface OutcomeView {
  /** As NNI writes the class: `AGPPruner(L1NormPruner)`. */
  readonly algorithm: string;
  readonly accepted: boolean;
  readonly error: {
    readonly type: string;
    readonly message: string;
    readonly moment: Moment;
    readonly rule: string;
    /** -1 and empty texts where none is concerned. */
    readonly module: number;
    readonly name: string;
    readonly target: string;
  } | null;
  /** Unknown facts that decide whether it runs to the end; empty where that is known. */
  readonly needs: readonly Need[];
  /** The forward pass after `compress` fails for certain. */
  readonly failsAfter: boolean;
}

/** The effect of one class on the list. */
export interface AlgorithmEffect {
  readonly outcome: OutcomeView;
  /** In pruning: elements that are masked for certain, of how many, and targets whose count is open. */
  readonly masked: { readonly elements: number; readonly of: number; readonly open: number } | null;
  /** Targets that are quantized, or distilled with a loss; `null` where it is not known. */
  readonly targets: number | null;
}

/** The effects on the targets of explained modules, by module and target. */
export interface ModuleEffects {
  readonly quantized: ReadonlyMap<number, ReadonlyMap<string, EffectiveTarget>>;
  readonly losses: ReadonlyMap<number, ReadonlyMap<string, TargetLoss>>;
}

/** Lists that run on one model, one after the other. */
export interface ChainView {
  /** The classes in the order in which the exported script runs them. */
  readonly algorithms: readonly Algorithm[];
  /** That order is another one than asked for: NNI cannot make the first class from another compressor. */
  readonly isMoved: boolean;
  readonly issues: readonly ChainIssue[];
}

/** Requests about the class that runs a list. */
export interface AlgorithmCalls {
  /** The outcome of the list that was resolved last under each class, in the order given. */
  'survey-algorithms': {
    request: { readonly mode: Mode; readonly candidates: readonly PlannedAlgorithm[] };
    reply: readonly AlgorithmEffect[];
  };
  /** The links of the distillation list as resolved last, with the shapes of both sides. */
  'survey-links': { request: Readonly<Record<string, never>>; reply: LinkSurvey };
  /** The lists that were resolved last, run on one model in the order of the modes. */
  'survey-chain': { request: { readonly modes: readonly Mode[] }; reply: ChainView };
}
