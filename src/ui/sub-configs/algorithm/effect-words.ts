import type { Moment, Need } from '../../../core/algorithms/outcome.ts';
import type { Mode } from '../../../core/config/mode.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { AlgorithmEffect, OutcomeView } from '../../../worker/algorithm-calls.ts';
import { formatQuantity } from '../../shared/format.ts';

const moments: Readonly<Record<Moment, string>> = {
  constructor: 'Refuses this list',
  compress: 'Fails in compress()',
  'first-forward': 'Fails in the first forward pass',
};

const needs: Readonly<Record<Need, string>> = {
  calls: 'which modules are called',
  shapes: 'shapes of inputs and outputs',
  outputs: 'inputs and outputs of modules',
  parameters: 'the parameters of modules',
  steps: 'how long the training runs',
};

/** Whether a class runs through, as far as it is known; `null` where it is not. */
export function suits({ error, needs: open, failsAfter }: OutcomeView): boolean | null {
  if (error !== null || failsAfter) return false;
  return open.length > 0 ? null : true;
}

/** How a run ends: `Fails in compress() at fc1.bias`, with the exception where it is wanted. Empty where it runs through. */
function wordRun({ error, needs: open, failsAfter }: OutcomeView, withException: boolean): string {
  if (error !== null) {
    const place = [error.name, error.target].filter((part) => part !== '').join('.');
    return `${moments[error.moment]}${place === '' ? '' : ` at ${place}`}${withException ? `: ${error.type}` : ''}`;
  }
  if (open.length > 0) return `Depends on ${open.map((need) => needs[need]).join(', ')}`;
  return failsAfter ? 'The forward pass after compress() fails' : '';
}

/** The effect of a class on the list: the error of a run, or its result. Empty where the list has no target yet. */
export function wordEffect({ outcome, masked, targets }: AlgorithmEffect, mode: Mode, withException = false): string {
  const run = wordRun(outcome, withException);
  if (run !== '') return run;
  if (masked?.of === 0 || targets === 0) return '';
  if (masked !== null) {
    if (masked.elements === 0 && masked.open > 0) return `In ${formatQuantity(masked.open, 'target')} the weights decide how much is masked`;
    const open = masked.open === 0 ? '' : `; in ${formatQuantity(masked.open, 'target')} the weights decide`;
    return `Masks ${formatCount(masked.elements)} of ${formatCount(masked.of)} elements${open}`;
  }
  if (targets === null) return 'Runs through';
  return mode === 'quantization' ? `Quantizes ${formatQuantity(targets, 'target')}` : `Adds a loss at ${formatQuantity(targets, 'target')}`;
}
