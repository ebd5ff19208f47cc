import type { MaskPrediction } from '../masks/predict-masks.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { Algorithm } from './algorithm.ts';

/** When an error is met. */
export type Moment = 'constructor' | 'compress' | 'first-forward';

/** An unknown fact that decides the outcome: it is named, never guessed. */
export type Need =
  /** Which modules the forward pass calls. */
  | 'calls'
  /** Shapes of inputs and outputs. */
  | 'shapes'
  /** The inputs or outputs of a module. */
  | 'outputs'
  /** Parameters of modules, which the source of the tree does not list. */
  | 'parameters'
  /** How long the training runs. */
  | 'steps';

export interface OutcomeError extends RaisedError {
  readonly moment: Moment;
  /** Id in SPEC.md. */
  readonly rule: string;
  /** -1 and the empty text where none is concerned. */
  readonly module: number;
  readonly target: string;
  /** It fails for certain, and an unknown fact decides whether something else fails before: `needs` has it. */
  readonly isOneOf?: true;
}

/** The settings in force of one quantized target. */
export interface EffectiveTarget {
  readonly applyMethod: string;
  readonly scheme: string | null;
  readonly dtype: string | null;
  /** As Python writes them: exact, however large. */
  readonly minimum: string;
  readonly maximum: string;
  /** `null` where there will be no scale; `undefined` where it is not known. */
  readonly scaleShape: readonly number[] | null | undefined;
  readonly quantizes: boolean | undefined;
}

/** The loss of one distilled target. */
export interface TargetLoss {
  readonly links: readonly string[];
  readonly lambda: string;
  readonly method: string;
  /** Linked modules whose loss is worked out; `undefined` where it is not known. */
  readonly active: readonly string[] | undefined;
  /** Widths of the Linear that is put between, where there is one. */
  readonly linear?: readonly [from: number, to: number];
}

/** The results for the targets of one mode: masks, effective targets or losses. */
export type Made =
  | { readonly mode: 'pruning'; readonly masks: Extract<MaskPrediction, { readonly type: 'masks' }> }
  | { readonly mode: 'quantization'; readonly targets: ReadonlyMap<number, ReadonlyMap<string, EffectiveTarget>> }
  | { readonly mode: 'distillation'; readonly losses: ReadonlyMap<number, ReadonlyMap<string, TargetLoss>> };

/** The outcome of a list that a class of NNI runs. */
export interface Outcome {
  readonly algorithm: Algorithm;
  /** The constructor takes it. */
  readonly accepted: boolean;
  /** An error that is met for certain. */
  readonly error: OutcomeError | null;
  /** Unknown facts that decide whether it runs to the end, or which error comes first. */
  readonly needs: readonly Need[];
  /** The result, as far as it is known; `null` after an error. */
  readonly made: Made | null;
  /** The error of the forward pass after `compress`, or null without one. `undefined` where it is not known. */
  readonly forwardAfter: RaisedError | null | undefined;
}

/**
 * Collects the errors and open facts of a forecast, stage by stage as NNI goes through them. Of the errors of one stage the first is kept, as NNI may meet
 * any of them; an error of a later stage is certain only while nothing before it is open.
 */
export interface Forecast {
  readonly fail: (error: Pick<OutcomeError, 'moment' | 'type' | 'rule'> & Partial<OutcomeError>) => void;
  readonly need: (need: Need) => void;
  /** Starts the next stage: later calls belong to it. */
  readonly nextStage: () => void;
  readonly error: () => OutcomeError | null;
  readonly needs: () => readonly Need[];
}

/** The outcome of a finished forecast. `made` counts only where no error was met. */
export function outcomeOf(algorithm: Algorithm, forecast: Forecast, made: Made | null, forwardAfter: Outcome['forwardAfter']): Outcome {
  const error = forecast.error();
  return {
    algorithm,
    accepted: error?.moment !== 'constructor',
    error,
    needs: forecast.needs(),
    made: error === null ? made : null,
    forwardAfter,
  };
}

/** Creates an empty forecast. */
export function createForecast(): Forecast {
  let error: OutcomeError | null = null;
  let isOpen = false;
  const needs = new Set<Need>();
  return {
    fail: (found) => {
      if (!isOpen) error ??= { message: '', module: -1, target: '', ...found };
    },
    need: (need) => needs.add(need),
    nextStage: () => {
      isOpen ||= needs.size > 0;
    },
    error: () => error,
    needs: () => (error === null || error.isOneOf === true ? [...needs].toSorted() : []),
  };
}
