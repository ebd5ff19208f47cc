import { masksOf, predictMasks } from '../core/masks/predict-masks.ts';
import type { ModuleExplanation } from '../core/resolve/explain.ts';
import type { Resolution } from '../core/resolve/resolution.ts';
import type { Resolver } from '../core/resolve/resolver.ts';
import type { EngineCalls } from './protocol.ts';

/** The masks of the modules that are explained, where NNI accepts a pruning list and its masks can be predicted. */
export function masksOfModules(
  explanations: readonly ModuleExplanation[],
  resolution: Resolution,
  resolver: Resolver,
): EngineCalls['explain']['reply']['masks'] {
  if (resolution.mode !== 'pruning' || !resolution.verdict.accepted) return new Map();
  const prediction = predictMasks(resolution, resolver);
  if (prediction.type === 'failure') return new Map();
  return new Map(
    explanations.flatMap(({ module }) => {
      const masks = masksOf(prediction, module);
      return masks ? [[module, masks] as const] : [];
    }),
  );
}
