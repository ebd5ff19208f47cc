import { formatQuantity } from '../text/format-count.ts';
import type { RecordedDoubt } from './recorded-doubts.ts';

/** How far a flow that `recordedBy` recorded is from NNI's own trace: a sentence for each cause (rule T12e). */
export function wordRecording(recordedBy: string, doubts: readonly RecordedDoubt[]): string {
  const start = `${recordedBy} recorded this data flow, and NNI traces the model itself.`;
  return [start, ...(doubts.length === 0 ? ['Nothing in this flow is known to differ.'] : doubts.map(wordDoubt))].join(' ');
}

function wordDoubt({ cause, count, module }: RecordedDoubt): string {
  const where = module === '' ? '' : `, ${count === 1 ? 'in' : 'first in'} ${module}`;
  switch (cause) {
    case 'sizes':
      return `${formatQuantity(count, 'operation')} ${count === 1 ? 'has' : 'have'} sizes as numbers${where}: where the code reads them from a tensor (x.shape), NNI ties the layers above that tensor, too.`;
    case 'attention':
      return `torch.jit.trace can refuse ${formatQuantity(count, 'attention layer')} of torch itself${where}, and NNI with it (TracingCheckError).`;
  }
}
