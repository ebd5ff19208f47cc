import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import type { ViewState } from '../../store/view-store.ts';

const OpenModelDialog = lazyPart(async () => (await import('../start/OpenModelDialog.tsx')).OpenModelDialog);
const CompleteModelDialog = lazyPart(async () => (await import('../start/OpenModelDialog.tsx')).CompleteModelDialog);
const ModelChangeDialog = lazyPart(async () => (await import('../start/ModelChangeDialog.tsx')).ModelChangeDialog);
const OverlapDialog = lazyPart(async () => (await import('../start/OverlapDialog.tsx')).OverlapDialog);
const OpenTeacherDialog = lazyPart(async () => (await import('../start/OpenModelDialog.tsx')).OpenTeacherDialog);
const ImportDialog = lazyPart(async () => (await import('../import-export/ImportDialog.tsx')).ImportDialog);
const ExportDialog = lazyPart(async () => (await import('../import-export/ExportDialog.tsx')).ExportDialog);
const TemplatesDialog = lazyPart(async () => (await import('../templates/TemplatesDialog.tsx')).TemplatesDialog);
const ShortcutsDialog = lazyPart(async () => (await import('../palette/ShortcutsDialog.tsx')).ShortcutsDialog);
const AboutDialog = lazyPart(async () => (await import('./AboutDialog.tsx')).AboutDialog);
const PresetsDialog = lazyPart(async () => (await import('../sub-configs/pane/PresetsDialog.tsx')).PresetsDialog);
const PlansDialog = lazyPart(async () => (await import('../plans/PlansDialog.tsx')).PlansDialog);
const ShareDialog = lazyPart(async () => (await import('../plans/ShareDialog.tsx')).ShareDialog);
const CompareDialog = lazyPart(async () => (await import('../plans/CompareDialog.tsx')).CompareDialog);
const AssertionsDialog = lazyPart(async () => (await import('../plans/AssertionsDialog.tsx')).AssertionsDialog);
const GroupsDialog = lazyPart(async () => (await import('../groups/GroupsDialog.tsx')).GroupsDialog);
const Palette = lazyPart(async () => (await import('../palette/Palette.tsx')).Palette);

/** One of the dialogs; its own code is fetched when it is opened. */
export function OpenDialog({ dialog }: { readonly dialog: NonNullable<ViewState['dialog']> }) {
  return contents[dialog]();
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
  about: () => <AboutDialog />,
  plans: () => <PlansDialog />,
  share: () => <ShareDialog />,
  compare: () => <CompareDialog />,
  assertions: () => <AssertionsDialog />,
  presets: () => <PresetsDialog />,
  'dependency-groups': () => <GroupsDialog />,
  palette: () => <Palette />,
} as const;
