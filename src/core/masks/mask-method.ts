/** The metric that a pruner compares: norms and distances of weights, trained factors or scores, or gradients. */
export type MaskMetric = 'norm' | 'distance' | 'factor' | 'score' | 'taylor';

/** The shape of an input or output when masks are made. */
export type TrackedShape =
  /** The first dimension is the batch, and only the recorded batch size is known. */
  | { readonly type: 'shape'; readonly shape: readonly number[] }
  /** No forward pass has met it. */
  | { readonly type: 'untracked' }
  /** A forward pass has met it, and its shape is not known here. */
  | { readonly type: 'unknown' };

/** The differences between pruners when they make masks. */
export interface MaskMethod {
  readonly metric: MaskMetric;
  /** `granularity: default` means single elements, not channels. */
  readonly singleElements: boolean;
  /** The part of ratios, thresholds and bounds that is in force when the last masks are made. */
  readonly goal: number;
  /** Shapes of inputs and outputs. */
  readonly shapeOf: (module: number, target: string) => TrackedShape;
}

/** NNI's L1NormPruner. */
export const l1NormMasks: MaskMethod = {
  metric: 'norm',
  singleElements: false,
  goal: 1,
  shapeOf: () => ({ type: 'untracked' }),
};
