import { createDraftPreviews } from '../app/previews/draft-previews.ts';
import { deriveContinuously } from '../app/derivations.ts';
import type { InstantPreviews } from '../app/parts.ts';
import { createViewActions } from '../app/view-actions.ts';
import { createPlan } from '../core/plan/create-plan.ts';
import { readPlan } from '../core/plan/plan-file.ts';
import { inflateGzip } from '../core/readers/bytes/gzip.ts';
import { readCeilings } from '../core/readers/messages/read-error.ts';
import { decodeText } from '../core/readers/bytes/text-encoding.ts';
import type { AppActions, AppContext } from '../store/app-context.ts';
import { createDerivedStore } from '../store/derived-store.ts';
import { createDocumentStore } from '../store/document-store.ts';
import { createFileLinkStore } from '../store/file-link-store.ts';
import { createPlansStore } from '../store/plans-store.ts';
import { createViewStore } from '../store/view-store.ts';
import { createEngineClient } from '../worker/client.ts';
import type { TreeRole } from '../worker/protocol.ts';
import type { ReportData } from './report-data.ts';
import { startEngineHere } from './engine-here.ts';

/** Puts a report together: the stores, an engine on this thread, and actions that only look. */
export function createReport(data: ReportData): AppContext {
  const plan = readPlan(data.plan);
  const document = createDocumentStore(plan.ok ? plan.value : createPlan());
  const view = createViewStore({ mode: data.mode, problemsOpen: false });
  const derived = createDerivedStore();
  const engine = createEngineClient(startEngineHere, () => undefined, (trouble) => derived.setState({ trouble }));
  const instant: InstantPreviews = { preview: () => null, dispose: () => undefined };
  const parts = { document, view, derived, engine, instant };
  deriveContinuously(parts);
  const actions = { ...nothingChanges, ...createViewActions(parts, createDraftPreviews(parts)) };

  const open = async (role: TreeRole, packed: string | null): Promise<void> => {
    if (packed === null) return;
    const source = { type: 'text', name: data.file, text: unpack(packed) } as const;
    const opened = await engine.call('open-tree', { role, source, limits: readCeilings });
    if (!opened.ok) throw new Error(`The model in this report cannot be read: ${opened.error.type}`);
    derived.setState({ [role]: opened.value });
    if (role === 'student') view.setState({ openModules: new Set([0]) });
  };
  void open('teacher', data.teacher)
    .then(() => open('student', data.tree))
    .catch((error: unknown) => derived.setState({ trouble: { type: 'engine-crashed', message: String(error) } }));
  return { ...parts, plans: createPlansStore(), fileLink: createFileLinkStore(), actions, samples: [], isReadOnly: true };
}

function unpack(packed: string): string {
  const bytes = Uint8Array.from(atob(packed), (unit) => unit.charCodeAt(0));
  const inflated = inflateGzip(bytes, readCeilings.maxBytes);
  const text = inflated.ok ? decodeText(inflated.value) : inflated;
  return text.ok ? text.value : '';
}

const nothing = (): void => undefined;
const nothingLater = async (): Promise<void> => undefined;
const no = async (): Promise<false> => false;

/** In a report nothing is opened, changed or saved. No control asks for it; these exist for the types. */
const nothingChanges: Omit<AppActions, keyof ReturnType<typeof createViewActions>> = {
  openTree: no,
  openSample: no,
  settleOverlap: no,
  takeRename: nothing,
  dismissModelChange: nothing,
  compareAgain: nothing,
  cancelOpening: nothing,
  closeTeacher: nothing,
  dismissOpenStatus: nothing,
  edit: nothing,
  savePlanAgain: nothingLater,
  downloadPlan: nothingLater,
  undo: nothing,
  redo: nothing,
  addSubConfig: nothing,
  replaceList: nothing,
  applyFix: nothing,
  openPlan: nothingLater,
  newPlan: nothingLater,
  startAnew: nothingLater,
  closePlan: nothingLater,
  openPlanText: no,
  renamePlan: nothingLater,
  duplicatePlan: nothingLater,
  deletePlan: nothingLater,
  bringBackPlan: nothingLater,
  keepState: nothingLater,
  readPlan: async () => null,
  settleConflict: nothingLater,
  dismissPlanNotice: nothing,
  linkFile: nothingLater,
  linkPlan: nothingLater,
  saveFile: nothingLater,
  settleFile: nothingLater,
  allowFile: nothingLater,
  dismissFileProblem: nothing,
};
