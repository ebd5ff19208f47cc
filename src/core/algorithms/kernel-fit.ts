import type { ModuleSpec } from '../module-tree/module-tree.ts';
import type { Kernel } from '../resolve/resolution.ts';
import { isTorchType, knownSize } from './torch-layers.ts';

/** Whether a kernel fits an input or output whose shape is not recorded; `open` where the shape decides. */
export type KernelFit = 'fits' | 'fails' | 'open';

/** The numbers of dimensions that a layer takes and gives; others count as taking two or more. */
function dimensionsOf(spec: ModuleSpec): { readonly least: number; readonly most: number } {
  const size = Number(/([123])d$/.exec(spec.type ?? '')?.[1] ?? Number.NaN);
  if (isTorchType(spec, /^Conv(Transpose)?[123]d$/)) return { least: size + 1, most: size + 2 };
  if (isTorchType(spec, /^BatchNorm1d$/)) return { least: 2, most: 3 };
  if (isTorchType(spec, /^BatchNorm[23]d$/)) return { least: size + 2, most: size + 2 };
  return { least: 2, most: Infinity };
}

/** Judges a kernel by what the layer decides: the number of dimensions, and the size of one (rule A-Q9). */
export function fitKernel(kernel: Kernel, spec: ModuleSpec, target: string): KernelFit {
  const { sizes, padding, paddingValue } = kernel;
  const { least, most } = dimensionsOf(spec);
  if (sizes.length > most) return 'fails';
  if (sizes.length > least || Math.abs(paddingValue) !== 1) return 'open';
  const known = padding === 'front' ? knownSize(spec, target) : null;
  const fits = sizes.map((step, at): KernelFit => {
    if (step === 1 || step === -1) return 'fits';
    if (step < 1 || known?.fromLast !== sizes.length - at) return 'open';
    return known.size % step === 0 ? 'fits' : 'fails';
  });
  return fits.find((fit) => fit === 'fails') ?? fits.find((fit) => fit === 'open') ?? 'fits';
}

/** The step along the first dimension, the batch, of a tensor of so many dimensions; of any number that the layer takes where it is not recorded. */
export function batchStep({ sizes, padding, paddingValue }: Kernel, spec: ModuleSpec, dimensions: number | null): number | null {
  const { least, most } = dimensions === null ? dimensionsOf(spec) : { least: dimensions, most: dimensions };
  const isPadded = sizes.length < least;
  if (sizes.length === 0 || (padding === 'front' && isPadded)) return paddingValue;
  return padding === 'back' || least === most ? sizes[0]! : null;
}
