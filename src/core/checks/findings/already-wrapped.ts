import { shortened } from '../../diagnostics/phrases.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A model that a compressor has wrapped before (rule R5). The remedy is in the script, not in the list. */
export const alreadyWrapped: FindingKind<ProblemValues['already-wrapped']> = {
  words: ({ module, count }) => ({
    title:
      count === 1
        ? `${shortened(module)} is wrapped by a compressor already.`
        : `${formatQuantity(count, 'module')} are wrapped by a compressor already, ${shortened(module)} first.`,
    why: 'The model has _nni_wrapper modules in it. Call unwrap_model() on the compressor that wrapped it before a second one takes the model.',
  }),
};
