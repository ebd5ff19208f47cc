import { Suspense } from 'react';
import type { ViewState } from '../../store/view-store.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { lazyPart } from '../shared/lazy-part.tsx';
import { useActions, useView } from '../shared/use-app.ts';

const OpenModelDialog = lazyPart(async () => (await import('./OpenModelDialog.tsx')).OpenModelDialog);
const OpenTeacherDialog = lazyPart(async () => (await import('./OpenModelDialog.tsx')).OpenTeacherDialog);
const ImportDialog = lazyPart(async () => (await import('./ImportDialog.tsx')).ImportDialog);
const ExportDialog = lazyPart(async () => (await import('./ExportDialog.tsx')).ExportDialog);
const TemplatesDialog = lazyPart(async () => (await import('./TemplatesDialog.tsx')).TemplatesDialog);
const ShortcutsDialog = lazyPart(async () => (await import('./ShortcutsDialog.tsx')).ShortcutsDialog);
const PresetsDialog = lazyPart(async () => (await import('./PresetsDialog.tsx')).PresetsDialog);
const PlansDialog = lazyPart(async () => (await import('./PlansDialog.tsx')).PlansDialog);
const ShareDialog = lazyPart(async () => (await import('./ShareDialog.tsx')).ShareDialog);
const CompareDialog = lazyPart(async () => (await import('./CompareDialog.tsx')).CompareDialog);

const selectDialog = (state: ViewState) => state.dialog;

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useView(selectDialog);
  const { setView } = useActions();
  return (
    <ErrorBoundary key={dialog} part="The dialog" onClose={() => setView({ dialog: null })}>
      <Suspense>{dialog !== null && contents[dialog]()}</Suspense>
    </ErrorBoundary>
  );
}

const contents = {
  'open-model': () => <OpenModelDialog />,
  'open-teacher': () => <OpenTeacherDialog />,
  import: () => <ImportDialog />,
  export: () => <ExportDialog />,
  templates: () => <TemplatesDialog />,
  shortcuts: () => <ShortcutsDialog />,
  plans: () => <PlansDialog />,
  share: () => <ShareDialog />,
  compare: () => <CompareDialog />,
  presets: () => <PresetsDialog />,
  palette: () => null,
} as const;
