import type { MaskPrediction } from '../masks/predict-masks.ts';
import type { Mode } from '../config/mode.ts';
import { multiplyAddSums } from '../graph/forecast/module-costs.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { sumParameters } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { belowDistilled, configuredParameters, measureModel } from './contributions.ts';
import { createPicture, type PictureNode } from './picture.ts';
import { addShares, noShare, type Share } from './share.ts';

/** The effect of a list on the whole model (rules W1–W4). */
export interface Overview {
  readonly mode: Mode;
  /** All parameters; a shared or tied parameter counts once. */
  readonly total: Share;
  /** Every shape is known; else all numbers are lower bounds. */
  readonly complete: boolean;
  /** Whether the dtype of every parameter is known; 32 bits are assumed for an unknown one. */
  readonly dtypesKnown: boolean;
  /** Parameters that the list configures; in distillation parameters below a configured module. */
  readonly covered: Share;
  /** Inputs and outputs of modules that the list configures. */
  readonly inputs: number;
  readonly outputs: number;
  /** The share that each sub-config won, by its index in the list. */
  readonly subConfigs: readonly Share[];
  /** The model by size, for a treemap: the root first, children after their parents. */
  readonly picture: readonly PictureNode[];
  readonly pictureBy: PictureSize;
  /** Of one forward pass on the recorded input; null where the file does not say how the data flows. */
  readonly multiplyAdds: number | null;
}

/** The figure that the areas of the picture show. */
export type PictureSize = 'parameters' | 'multiply-adds';

/**
 * Sums up the effect of a resolved list. `masks` is the result of `predictMasks` for the same resolution, `null` where
 * it was not asked. The picture shows at most `mostNodes` parts of the model, by parameters where there is no data flow.
 */
export function surveyList(
  resolution: Resolution,
  tree: ModuleTree,
  masks: MaskPrediction | null,
  mostNodes: number,
  pictureBy: PictureSize = 'parameters',
): Overview {
  const macs = multiplyAddSums(tree);
  const isByMacs = pictureBy === 'multiply-adds' && macs !== null;
  const { elements, complete } = sumParameters(tree);
  const contributions =
    resolution.mode === 'distillation'
      ? belowDistilled(resolution, tree, elements)
      : configuredParameters(resolution, tree, masks);
  const subConfigs: Share[] = resolution.subConfigs.map(() => noShare);
  for (const share of contributions) subConfigs[share.subConfig] = addShares(subConfigs[share.subConfig]!, share);
  const covered = subConfigs.reduce(addShares, noShare);
  const { bits, dtypesKnown } = measureModel(tree);
  const bitsAfter = bits - covered.bitsBefore + covered.bitsAfter;
  return {
    mode: resolution.mode,
    total: { ...covered, elements: elements[tree.size]!, bitsBefore: bits, bitsAfter },
    complete,
    dtypesKnown,
    covered,
    inputs: countTargets(resolution, 'input'),
    outputs: countTargets(resolution, 'output'),
    subConfigs,
    picture: createPicture(tree, elements, contributions, mostNodes, isByMacs ? macs : elements),
    pictureBy: isByMacs ? 'multiply-adds' : 'parameters',
    multiplyAdds: macs?.[tree.size] ?? null,
  };
}

function countTargets({ outcomes }: Resolution, wanted: 'input' | 'output'): number {
  return outcomes.reduce(
    (count, { targets, moduleCount }) => count + moduleCount * targets.filter(({ kind }) => kind === wanted).length,
    0,
  );
}
