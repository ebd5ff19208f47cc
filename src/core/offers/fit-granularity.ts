import { defaultAlgorithms, type Algorithm } from '../algorithms/algorithm.ts';
import { MaskFailure, metricShape, productOf } from '../masks/symbolic-mask.ts';
import type { Mode } from '../config/mode.ts';
import { objectOf, type ConfigValue } from '../config/value.ts';
import { kernelOf } from '../resolve/kernel.ts';
import type { Kernel } from '../resolve/resolution.ts';
import type { SelectedSpec } from './selected-specs.ts';

/** How a granularity cuts the tensors of one shape. */
export interface ShapeFit {
  readonly target: string;
  readonly shape: readonly number[];
  /** Number of modules. */
  readonly count: number;
  /** Pieces that are masked, or have a scale, of their own; `null` where the sizes do not divide the shape. */
  readonly pieces: number | null;
}

/**
 * The effect of a granularity on the parameters `targets` of the selected modules (rules R6, X1). Returns one row for each shape,
 * modules that it does not divide first. Empty where no shape is known or NNI refuses the value.
 */
export function fitGranularity(
  granularity: ConfigValue,
  mode: Mode,
  targets: readonly string[],
  specs: readonly SelectedSpec[],
  algorithm: Algorithm = defaultAlgorithms[mode],
): readonly ShapeFit[] {
  const kernel = kernelOf(objectOf([['granularity', granularity]]), 'parameter', mode);
  if (!kernel.ok) return [];
  // LevelPruner takes `default` for no kernel (rule A-P2); without a kernel a quantizer has one scale for the whole tensor.
  const isSingle = algorithm.name === 'LevelPruner' && granularity === 'default';
  const effective = isSingle ? null : kernel.value;
  const fits = new Map<string, ShapeFit>();
  for (const { spec, count } of specs) {
    for (const { name, shape } of spec.parameters ?? []) {
      if (shape === null || !targets.includes(name)) continue;
      const key = JSON.stringify([name, shape]);
      const before = fits.get(key);
      const pieces = before ? before.pieces : effective === null && mode === 'quantization' ? 1 : piecesOf(shape, effective);
      fits.set(key, { target: name, shape, count: count + (before?.count ?? 0), pieces });
    }
  }
  return [...fits.values()].toSorted((a, b) => Number(a.pieces !== null) - Number(b.pieces !== null));
}

function piecesOf(shape: readonly number[], kernel: Kernel | null): number | null {
  try {
    return productOf(metricShape(shape, kernel));
  } catch (error) {
    if (error instanceof MaskFailure) return null;
    throw error;
  }
}

/** Whether blocks of `size` fill a dimension of `length` without a rest; -1 spans it whole (rule X1). */
export function isDivided(length: number, size: number): boolean {
  return size === -1 || (size !== 0 && length % size === 0);
}
