import { masksOf, type MaskPrediction } from '../masks/predict-masks.ts';
import { getKey, isConfigNumber, numberOf } from '../config/value.ts';
import type { ModuleTree, TensorInfo } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { parseQuantDtype } from '../resolve/quant-dtype.ts';
import type { Resolution, TargetOutcome } from '../resolve/resolution.ts';
import { dtypeBits } from './dtype-bits.ts';
import { type Contribution, noShare, type Share } from './share.ts';

/** Bits per element assumed when the dtype is unknown: torch's default. */
const defaultBits = 32;

/** Elements of a tensor; 0 where it is `None` or its shape is not known. */
function elementsOf(tensor: TensorInfo): number {
  return tensor.isNone || tensor.shape === null ? 0 : tensor.shape.reduce((product, size) => product * size, 1);
}

function bitsOf(tensor: TensorInfo): number {
  return elementsOf(tensor) * (dtypeBits(tensor.dtype) ?? defaultBits);
}

/** Bits that all parameters take in the model, shared and tied ones once, and whether every dtype is known. */
export function measureModel(tree: ModuleTree): { readonly bits: number; readonly dtypesKnown: boolean } {
  const claim = createClaims(tree);
  const ofSpec = tree.specs.map(({ parameters }) =>
    (parameters ?? []).map((tensor) => [tensor, bitsOf(tensor)] as const),
  );
  const sums = ofSpec.map((tensors) => tensors.reduce((sum, [, bits]) => sum + bits, 0));
  let bits = 0;
  for (let module = 0; module < tree.size; module++) {
    const spec = tree.specId[module]!;
    if (claim === null) bits += sums[spec]!;
    else for (const [tensor, own] of ofSpec[spec]!) if (claim(module, tensor.name)) bits += own;
  }
  const dtypesKnown = ofSpec.flat().every(([tensor]) => elementsOf(tensor) === 0 || dtypeBits(tensor.dtype) !== null);
  return { bits, dtypesKnown };
}

/** Every configured parameter once, under the sub-config that holds it, in the order of the modules (rule W2). */
export function configuredParameters(
  resolution: Resolution,
  tree: ModuleTree,
  masks: MaskPrediction | null,
): readonly Contribution[] {
  const contributions: Contribution[] = [];
  const predicted = masks?.type === 'masks' ? masks : null;
  const claim = createClaims(tree);
  const measured = resolution.outcomes.map((outcome) =>
    outcome.targets.flatMap((target) => {
      if (target.attribute !== 'tensor') return [];
      const tensor = tree.specs[outcome.specId]!.parameters?.find(({ name }) => name === target.target);
      return tensor && elementsOf(tensor) > 0 ? [{ target, tensor }] : [];
    }),
  );
  for (let module = 0; module < tree.size; module++) {
    const parameters = measured[resolution.outcomeId[module]!];
    if (!parameters || parameters.length === 0) continue;
    const ofModule = predicted ? masksOf(predicted, module) : undefined;
    for (const { target, tensor } of parameters) {
      if (claim !== null && !claim(module, tensor.name)) continue;
      const { subConfig } = target;
      const known = ofModule?.get(target.target)?.masked;
      contributions.push({ module, subConfig, ...shareOf(resolution, target, tensor, known ?? null) });
    }
  }
  return contributions;
}

function shareOf({ mode }: Resolution, target: TargetOutcome, tensor: TensorInfo, masked: number | null): Share {
  const elements = elementsOf(tensor);
  const bitsBefore = bitsOf(tensor);
  const plain = { ...noShare, elements, bitsBefore, bitsAfter: bitsBefore };
  if (mode === 'quantization') return { ...plain, bitsAfter: elements * quantBits(target, tensor) };
  if (mode !== 'pruning') return plain;
  if (masked !== null) return { ...plain, masked };
  const ratio = getKey(target.setting, 'sparse_ratio');
  if (!isConfigNumber(ratio)) return { ...plain, open: elements };
  return { ...plain, masked: elements * Math.min(1, Math.max(0, numberOf(ratio))), estimated: elements };
}

function quantBits(target: TargetOutcome, tensor: TensorInfo): number {
  const range = parseQuantDtype(getKey(target.setting, 'quant_dtype'));
  return range.ok && range.value.bits > 0 ? range.value.bits : (dtypeBits(tensor.dtype) ?? defaultBits);
}

/** Says of each tensor once that it is new: shared modules and tied parameters are one (rule M1). */
function createClaims(tree: ModuleTree): ((module: number, parameter: string) => boolean) | null {
  if (tree.sharedWith.size === 0 && tree.tiedTo.size === 0) return null;
  const claimed = new Set<string>();
  return (module, parameter) => {
    const name = moduleName(tree, tree.sharedWith.get(module) ?? module);
    const full = name === '' ? parameter : `${name}.${parameter}`;
    const tensor = tree.tiedTo.get(full) ?? full;
    if (claimed.has(tensor)) return false;
    claimed.add(tensor);
    return true;
  };
}

/** In distillation an output represents everything that leads to it: the modules below a configured module (rule W4). */
export function belowDistilled(
  resolution: Resolution,
  tree: ModuleTree,
  elements: Float64Array,
): readonly Contribution[] {
  const contributions: Contribution[] = [];
  const owner = new Int32Array(tree.size).fill(-1);
  for (let module = 0; module < tree.size; module++) {
    const above = module === 0 ? -1 : owner[tree.parent[module]!]!;
    owner[module] = resolution.outcomes[resolution.outcomeId[module]!]?.targets[0]?.subConfig ?? above;
    const own = elements[module + 1]! - elements[module]!;
    if (owner[module]! >= 0 && own > 0) {
      contributions.push({ ...noShare, module, subConfig: owner[module]!, elements: own });
    }
  }
  return contributions;
}
