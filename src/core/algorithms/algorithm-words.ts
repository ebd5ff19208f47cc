import type { Algorithm, DistillerName, PlainPruner, QuantizerName, ScheduledPruner } from './algorithm.ts';

/** One sentence about the effect of a class. */
const does: Readonly<Record<PlainPruner | ScheduledPruner | QuantizerName | DistillerName, string>> = {
  LevelPruner: 'Masks the smallest single weights.',
  L1NormPruner: 'Masks the output channels with the smallest L1 norm.',
  L2NormPruner: 'Masks the output channels with the smallest L2 norm.',
  FPGMPruner: 'Masks the output channels that others can replace best (geometric median).',
  SlimPruner: 'Trains a factor for each output channel and masks the smallest.',
  TaylorPruner: 'Masks the output channels whose weights times gradients are smallest.',
  MovementPruner: 'Trains a score for each output channel and masks the lowest, step by step.',
  LinearPruner: 'Raises the sparsity of the pruner in equal steps.',
  AGPPruner: 'Raises the sparsity of the pruner quickly at first, then slowly.',
  QATQuantizer: 'Simulates quantization while it trains, with moving averages of the ranges.',
  PtqQuantizer: 'Measures the ranges while it trains, and quantizes at the end.',
  DoReFaQuantizer: 'Quantizes tanh of the weights, and activations between 0 and 1.',
  BNNQuantizer: 'Makes weights and activations +1 or −1.',
  LsqQuantizer: 'Trains the scales; always symmetric.',
  LsqPlusQuantizer: 'Trains scales and zero points; always affine.',
  DynamicLayerwiseDistiller: 'Adds the smallest loss of each target’s links; both sides need the same width.',
  Adaptive1dLayerwiseDistiller: 'Puts a trained Linear between widths that differ; one link for each target.',
};

/** The inputs of a class in addition to the list. */
const needs: Readonly<Record<PlainPruner | ScheduledPruner | QuantizerName | DistillerName, string>> = {
  LevelPruner: 'Needs no training.',
  L1NormPruner: 'Needs no training.',
  L2NormPruner: 'Needs no training.',
  FPGMPruner: 'Needs no training; every pruned target needs a granularity.',
  SlimPruner: 'Needs an evaluator; prunes parameters with apply_method mul only.',
  TaylorPruner: 'Needs an evaluator; prunes parameters that get a gradient.',
  MovementPruner: 'Needs an evaluator; prunes parameters.',
  LinearPruner: 'Needs an evaluator.',
  AGPPruner: 'Needs an evaluator.',
  QATQuantizer: 'Needs an evaluator.',
  PtqQuantizer: 'Needs an evaluator; every target must be met in the forward pass.',
  DoReFaQuantizer: 'Needs an evaluator and a quant_scheme; whole tensors, outputs of activations only.',
  BNNQuantizer: 'Needs an evaluator; whole tensors; quant_dtype has no effect.',
  LsqQuantizer: 'Needs an evaluator and a quant_dtype.',
  LsqPlusQuantizer: 'Needs an evaluator.',
  DynamicLayerwiseDistiller: 'Needs an evaluator and a teacher.',
  Adaptive1dLayerwiseDistiller: 'Needs an evaluator, a teacher, and track_forward() before compress().',
};

/** Describes the effect and the needs of a class in words; a schedule is described with its pruner. */
export function describeAlgorithm(algorithm: Algorithm): { readonly does: string; readonly needs: string } {
  const [schedule] = algorithm.mode === 'pruning' ? algorithm.schedules : [];
  if (schedule === undefined) return { does: does[algorithm.name], needs: needs[algorithm.name] };
  return { does: `${does[algorithm.name]} ${does[schedule]}`, needs: needs[schedule] };
}

/** The quantity that a pruner compares for each block of a target. */
export const metricWords: Readonly<Record<PlainPruner, string>> = {
  LevelPruner: 'the absolute value of each weight',
  L1NormPruner: 'the L1 norm of each block',
  L2NormPruner: 'the L2 norm of each block',
  FPGMPruner: 'the distance of each block to all others',
  SlimPruner: 'a trained factor of each block',
  TaylorPruner: 'weight times gradient of each block',
  MovementPruner: 'a trained score of each block',
};

/** The meaning of `granularity: default` under a class; `null` where a list has no granularity. */
export function defaultGranularityOf(algorithm: Algorithm): string | null {
  switch (algorithm.mode) {
    case 'pruning':
      return algorithm.name === 'LevelPruner' ? 'single elements' : 'whole output channels';
    case 'quantization':
      return 'the whole tensor';
    case 'distillation':
      return null;
  }
}
