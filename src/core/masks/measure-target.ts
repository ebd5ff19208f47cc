import { pythonTruth } from '../config/python-repr.ts';
import { intOf, isConfigList, isConfigNumber, numberOf, type ConfigList, type ConfigValue } from '../config/value.ts';
import type { TargetOutcome } from '../resolve/resolution.ts';
import type { MaskTarget } from './mask-targets.ts';
import { MaskFailure, metricShape, productOf } from './symbolic-mask.ts';

/**
 * Shape of the metric of a target, and everything that NNI's L1 norm of it raises (rule X1): kernels that do not fit,
 * granularities that are no kernel, tensors without elements or of whole numbers.
 */
export function measureTarget({
  shape,
  outcome: { kernel },
  malformed,
  isWhole,
}: Pick<MaskTarget, 'shape' | 'malformed' | 'isWhole'> & { readonly outcome: Pick<TargetOutcome, 'kernel'> }): readonly number[] {
  if (malformed !== null) checkSteps(malformed, shape);
  if (kernel === null) return shape;
  const cells = metricShape(shape, kernel);
  if (productOf(shape) === 0) {
    // In an empty dimension the step is 0.
    if (productOf(cells) !== 0) throw new MaskFailure('ZeroDivisionError', 'integer modulo by zero');
    const wanted = `shape [${[...cells, -1].join(', ')}] because the unspecified dimension size -1 can be any value`;
    throw new MaskFailure('RuntimeError', `cannot reshape tensor of 0 elements into ${wanted} and is ambiguous`);
  }
  if (isWhole) throw new MaskFailure('RuntimeError', 'norm(): input dtype should be either floating point or complex.');
  return cells;
}

/** Walks the steps of a granularity that is not made of ints, as Python does, up to its exception. */
function checkSteps([sizes, mode, value]: ConfigList, shape: readonly number[]): void {
  const given: readonly ConfigValue[] | null = typeof sizes === 'string' ? Array.from(sizes) : isConfigList(sizes) ? sizes : null;
  if (given === null) throw new MaskFailure('TypeError', 'The kernel has no length.');
  if (given.length > shape.length) throw new MaskFailure('AssertionError');
  const padding = Array.from({ length: shape.length - given.length }, () => (pythonTruth(value) ? value! : intOf(1)));
  const steps = mode === 'back' ? [...given, ...padding] : [...padding, ...given];
  steps.forEach((step, dim) => {
    const length = typeof step === 'boolean' ? Number(step) : isConfigNumber(step) ? numberOf(step) : null;
    if (length === null) throw new MaskFailure('TypeError', 'A step is no number.');
    if (length === 0) throw new MaskFailure('ZeroDivisionError', 'modulo by zero');
    if (length !== -1 && shape[dim]! % length !== 0) throw new MaskFailure('AssertionError');
  });
  const isFloat = (step: ConfigValue): boolean => isConfigNumber(step) && step.type === 'float';
  if (steps.some(isFloat)) throw new MaskFailure('TypeError', "'float' object cannot be interpreted as an integer");
}
