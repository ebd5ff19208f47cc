import { Suspense, useEffect } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { ErrorBoundary } from '../shared/late-parts/ErrorBoundary.tsx';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';

const loadOpenDialog = async () => (await import('./OpenDialog.tsx')).OpenDialog;
const OpenDialog = lazyPart(loadOpenDialog);
const Tour = lazyPart(async () => (await import('../tour/Tour.tsx')).Tour);

const fetchDialogsAfter = 1500;

const selectDialog = (state: ViewState) => state.dialog;
const selectHasModel = (state: DerivedState) => state.student !== null;
const selectTouring = (state: ViewState) => state.tour !== null;

async function fetchDialogs(): Promise<void> {
  await Promise.all([loadOpenDialog(), import('../palette/Palette.tsx')]).catch(() => undefined);
}

/** The dialog that is open, if any, and the tour. */
export function Dialogs() {
  const dialog = useView(selectDialog);
  const touring = useView(selectTouring);
  const hasModel = useDerived(selectHasModel);
  const { setView } = useActions();
  useEffect(() => {
    // Fetched once the model shows, so that text typed right after its keys is not lost.
    const timer = hasModel ? setTimeout(() => void fetchDialogs(), fetchDialogsAfter) : null;
    return () => {
      if (timer !== null) clearTimeout(timer);
    };
  }, [hasModel]);
  return (
    <>
      <ErrorBoundary key={dialog} part="The dialog" onClose={() => setView({ dialog: null })}>
        <Suspense>{dialog !== null && <OpenDialog dialog={dialog} />}</Suspense>
      </ErrorBoundary>
      <ErrorBoundary part="The tour" onClose={() => setView({ tour: null })}>
        <Suspense>{touring && <Tour />}</Suspense>
      </ErrorBoundary>
    </>
  );
}
