import { Suspense, useEffect } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { lazyPart } from '../shared/lazy-part.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';

const OpenModelDialog = lazyPart(async () => (await import('./OpenModelDialog.tsx')).OpenModelDialog);
const CompleteModelDialog = lazyPart(async () => (await import('./OpenModelDialog.tsx')).CompleteModelDialog);
const ModelChangeDialog = lazyPart(async () => (await import('./ModelChangeDialog.tsx')).ModelChangeDialog);
const OverlapDialog = lazyPart(async () => (await import('./OverlapDialog.tsx')).OverlapDialog);
const OpenTeacherDialog = lazyPart(async () => (await import('./OpenModelDialog.tsx')).OpenTeacherDialog);
const ImportDialog = lazyPart(async () => (await import('./ImportDialog.tsx')).ImportDialog);
const ExportDialog = lazyPart(async () => (await import('./ExportDialog.tsx')).ExportDialog);
const TemplatesDialog = lazyPart(async () => (await import('./TemplatesDialog.tsx')).TemplatesDialog);
const ShortcutsDialog = lazyPart(async () => (await import('./ShortcutsDialog.tsx')).ShortcutsDialog);
const PresetsDialog = lazyPart(async () => (await import('./PresetsDialog.tsx')).PresetsDialog);
const PlansDialog = lazyPart(async () => (await import('./PlansDialog.tsx')).PlansDialog);
const ShareDialog = lazyPart(async () => (await import('./ShareDialog.tsx')).ShareDialog);
const CompareDialog = lazyPart(async () => (await import('./CompareDialog.tsx')).CompareDialog);
const AssertionsDialog = lazyPart(async () => (await import('./AssertionsDialog.tsx')).AssertionsDialog);
const loadPalette = async () => (await import('../palette/Palette.tsx')).Palette;
const Palette = lazyPart(loadPalette);
const Tour = lazyPart(async () => (await import('../tour/Tour.tsx')).Tour);

const fetchPaletteAfter = 1500;

const selectDialog = (state: ViewState) => state.dialog;
const selectHasModel = (state: DerivedState) => state.student !== null;
const selectTouring = (state: ViewState) => state.tour !== null;

/** The dialog that is open, if any, and the tour. */
export function Dialogs() {
  const dialog = useView(selectDialog);
  const touring = useView(selectTouring);
  const hasModel = useDerived(selectHasModel);
  const { setView } = useActions();
  useEffect(() => {
    // Fetched once the model shows, so that what is typed right after its keys is not lost.
    const timer = hasModel ? setTimeout(() => loadPalette().catch(() => undefined), fetchPaletteAfter) : null;
    return () => {
      if (timer !== null) clearTimeout(timer);
    };
  }, [hasModel]);
  return (
    <>
      <ErrorBoundary key={dialog} part="The dialog" onClose={() => setView({ dialog: null })}>
        <Suspense>{dialog !== null && contents[dialog]()}</Suspense>
      </ErrorBoundary>
      <ErrorBoundary part="The tour" onClose={() => setView({ tour: null })}>
        <Suspense>{touring && <Tour />}</Suspense>
      </ErrorBoundary>
    </>
  );
}

const contents = {
  'open-model': () => <OpenModelDialog />,
  'complete-model': () => <CompleteModelDialog />,
  overlap: () => <OverlapDialog />,
  'model-change': () => <ModelChangeDialog />,
  'open-teacher': () => <OpenTeacherDialog />,
  import: () => <ImportDialog />,
  export: () => <ExportDialog />,
  templates: () => <TemplatesDialog />,
  shortcuts: () => <ShortcutsDialog />,
  plans: () => <PlansDialog />,
  share: () => <ShareDialog />,
  compare: () => <CompareDialog />,
  assertions: () => <AssertionsDialog />,
  presets: () => <PresetsDialog />,
  palette: () => <Palette />,
} as const;
