import { modes, type Mode } from '../config/mode.ts';
import { emptyObject, valuesEqual, type ConfigObject } from '../config/value.ts';
import { defaultAlgorithms, writeAlgorithm, type Algorithm } from './algorithm.ts';

/** The class that runs a list, with the arguments that were given. */
export interface PlannedAlgorithm {
  readonly algorithm: Algorithm;
  /** By Python's names; missing ones are NNI's own, or still open. */
  readonly call: ConfigObject;
}

/** One for each mode. */
export type PlannedAlgorithms = Readonly<Record<Mode, PlannedAlgorithm>>;

/** The planned class of each mode when none is chosen. */
export const defaultPlanned: PlannedAlgorithms = {
  pruning: { algorithm: defaultAlgorithms.pruning, call: emptyObject },
  quantization: { algorithm: defaultAlgorithms.quantization, call: emptyObject },
  distillation: { algorithm: defaultAlgorithms.distillation, call: emptyObject },
};

/** Whether two are one class with the same arguments. */
export function isSameAlgorithm(a: PlannedAlgorithm, b: PlannedAlgorithm): boolean {
  return writeAlgorithm(a.algorithm) === writeAlgorithm(b.algorithm) && valuesEqual(a.call, b.call);
}

/** The order in which people run several modes on one model. */
export const usualChain: readonly Mode[] = modes;
