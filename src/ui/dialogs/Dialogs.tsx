import { lazy, Suspense } from 'react';
import type { ViewState } from '../../store/view-store.ts';
import { useView } from '../shared/use-app.ts';

const OpenModelDialog = lazy(async () => ({ default: (await import('./OpenModelDialog.tsx')).OpenModelDialog }));
const OpenTeacherDialog = lazy(async () => ({ default: (await import('./OpenModelDialog.tsx')).OpenTeacherDialog }));
const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }));
const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog.tsx')).ExportDialog }));
const TemplatesDialog = lazy(async () => ({ default: (await import('./TemplatesDialog.tsx')).TemplatesDialog }));
const ShortcutsDialog = lazy(async () => ({ default: (await import('./ShortcutsDialog.tsx')).ShortcutsDialog }));
const PresetsDialog = lazy(async () => ({ default: (await import('./PresetsDialog.tsx')).PresetsDialog }));
const PlansDialog = lazy(async () => ({ default: (await import('./PlansDialog.tsx')).PlansDialog }));
const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog.tsx')).ShareDialog }));

const selectDialog = (state: ViewState) => state.dialog;

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useView(selectDialog);
  return <Suspense>{dialog !== null && contents[dialog]()}</Suspense>;
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
  presets: () => <PresetsDialog />,
  palette: () => null,
} as const;
