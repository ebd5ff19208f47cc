import { Cog } from 'lucide-react';
import { Suspense, useState } from 'react';
import { writeAlgorithm } from '../../../core/algorithms/algorithm.ts';
import { describeAlgorithm } from '../../../core/algorithms/algorithm-words.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { Button } from '../../shared/Button.tsx';
import { ErrorBoundary } from '../../shared/late-parts/ErrorBoundary.tsx';
import { lazyPart } from '../../shared/late-parts/lazy-part.tsx';
import { useDocument } from '../../shared/use-app.ts';

const AlgorithmDialog = lazyPart(() => import('./AlgorithmDialog.tsx').then((part) => part.AlgorithmDialog));

const selectAlgorithms = (state: DocumentState) => state.history.present.algorithms;

/** Which class of NNI runs the list of the mode, and a way to choose another. */
export function AlgorithmLine({ mode }: { readonly mode: Mode }) {
  const { algorithm } = useDocument(selectAlgorithms)[mode];
  const [isOpen, setOpen] = useState(false);
  const { does } = describeAlgorithm(algorithm);
  return (
    <div role="group" aria-label="Algorithm" className="flex items-center gap-2 border-b border-line bg-surface py-1 pr-2 pl-3 text-xs">
      <Cog size={14} className="shrink-0 text-muted" aria-hidden="true" />
      <p className="min-w-0 flex-1 truncate" title={`${writeAlgorithm(algorithm)}: ${does}`}>
        <span className="font-mono">{writeAlgorithm(algorithm)}</span> <span className="text-muted">{does}</span>
      </p>
      <Button kind="plain" size="small" aria-label="Change the algorithm" onClick={() => setOpen(true)}>
        Change
      </Button>
      {isOpen && (
        <ErrorBoundary part="The choice of the algorithm" onClose={() => setOpen(false)}>
          <Suspense fallback={null}>
            <AlgorithmDialog mode={mode} onClose={() => setOpen(false)} />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  );
}
