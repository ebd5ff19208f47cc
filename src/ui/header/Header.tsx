import { Download, FileInput, FolderOpen, Redo2, Search, Share2, Undo2 } from 'lucide-react';
import { modes, modeTitles } from '../../core/config/mode.ts';
import { redoLabel, undoLabel } from '../../core/plan/history.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { FileLinkState } from '../../store/file-link-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { Button, IconButton } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { earlyActions } from '../actions/early-actions.ts';
import { keysOf } from '../actions/page-action.ts';
import { Logo } from '../shared/Logo.tsx';
import { Tabs } from '../shared/Tabs.tsx';
import { useActions, useDerived, useDocument, useFileLink, usePlans, useView } from '../shared/use-app.ts';
import { sameItems, useKept } from '../shared/use-kept.ts';
import { ModelMenu } from './ModelMenu.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { SaveState } from './SaveState.tsx';
import { LatePart } from '../shared/late-parts/LatePart.tsx';

const SaveButton = lazyPart(async () => (await import('./SaveButton.tsx')).SaveButton);
const PlanButton = lazyPart(async () => (await import('../plans/PlanButton.tsx')).PlanButton);

const selectHasFile = (state: FileLinkState) => state.file !== null;
const selectHasPlan = (state: PlansState) => state.openId !== null;
const selectMode = (state: ViewState) => state.mode;
const selectCounts = ({ history }: DocumentState) => modes.map((mode) => history.present.lists[mode].length);
const selectUndo = (state: DocumentState) => undoLabel(state.history);
const selectRedo = (state: DocumentState) => redoLabel(state.history);
const selectStudent = (state: DerivedState) => state.student;
const selectHasModel = (state: DerivedState) => state.student !== null;

/** Model, mode, and the controls for the whole plan. */
export function Header() {
  const { closePlan, setView } = useActions();
  const hasPlan = usePlans(selectHasPlan);
  const hasFile = useFileLink(selectHasFile);
  const hasModel = useDerived(selectHasModel);
  return (
    <header className="header flex min-h-11 shrink-0 items-center gap-2 border-b border-line px-3">
      <button
        type="button"
        aria-label="Espalier: start page"
        title={hasModel ? 'To the start page; the plan is kept' : undefined}
        disabled={!hasModel}
        onClick={closePlan}
        className="-ml-1 hidden h-7 items-center gap-1.5 rounded px-1 font-semibold hover:enabled:bg-hover min-[900px]:flex"
      >
        <Logo className="size-5" />
        <span className="hidden min-[1200px]:inline">Espalier</span>
      </button>
      <div className={hasModel ? 'header-names with-plan' : 'header-names'}>
        <ModelButton />
        <LatePart part="The menu of the plan">{hasPlan && <PlanButton />}</LatePart>
      </div>
      <div className="header-modes">
        <ModeTabs />
      </div>
      <span className="header-gap" />
      <SaveState />
      <UndoRedo />
      <LatePart part="Save">{hasFile && <SaveButton />}</LatePart>
      <Button icon={<FileInput size={14} />} onClick={() => setView({ dialog: 'import' })}>
        <span className="header-label max-[760px]:sr-only">Import</span>
      </Button>
      {hasModel && (
        // On a phone, and in a low window, it is in the menu of the plan, and the palette in the one at the end.
        <span className="header-extra max-[520px]:hidden">
          <IconButton
            label="Share"
            hint="Share the plan as a link or a file"
            icon={<Share2 size={16} />}
            onClick={() => setView({ dialog: 'share' })}
          />
        </span>
      )}
      <Button
        // Before a model is open, opening one is the thing to do.
        kind={hasModel ? 'primary' : 'outline'}
        data-tour="export"
        icon={<Download size={14} />}
        onClick={() => setView({ dialog: 'export' })}
      >
        <span className="header-export-label max-[760px]:sr-only">Export</span>
      </Button>
      <span className="header-extra max-[520px]:hidden">
        <Button
          aria-label="Command palette"
          title={`Every action and every module (${keysOf(earlyActions.palette)})`}
          icon={<Search size={14} />}
          onClick={() => setView({ dialog: 'palette' })}
        >
          <kbd className="hidden font-sans text-xs text-muted min-[1280px]:inline">{keysOf(earlyActions.palette)}</kbd>
        </Button>
      </span>
      <MoreMenu />
    </header>
  );
}

/** The three lists of the plan, with how many sub-configs each has. */
function ModeTabs() {
  const { setView } = useActions();
  const mode = useView(selectMode);
  const counts = useDocument(useKept(selectCounts, sameItems));
  const tabs = modes.map((id, at) => {
    const count = counts[at] ?? 0;
    const note = count > 0 && (
      <span className="font-mono text-xs text-faint" aria-label={formatQuantity(count, 'sub-config')}>
        {count}
      </span>
    );
    return { id, label: modeTitles[id], note };
  });
  return <Tabs label="Mode" tabs={tabs} chosen={mode} onChoose={(id) => setView({ mode: id, draft: null })} />;
}

function UndoRedo() {
  const { undo, redo } = useActions();
  const undoable = useDocument(selectUndo);
  const redoable = useDocument(selectRedo);
  return (
    <div className="flex">
      <IconButton
        label="Undo"
        hint={undoable === null ? 'Nothing to undo' : `Undo: ${undoable} (${keysOf(earlyActions.undo)})`}
        icon={<Undo2 size={16} />}
        disabled={undoable === null}
        onClick={undo}
      />
      <IconButton
        label="Redo"
        hint={redoable === null ? 'Nothing to redo' : `Redo: ${redoable} (${keysOf(earlyActions.redo)})`}
        icon={<Redo2 size={16} />}
        disabled={redoable === null}
        onClick={redo}
      />
    </div>
  );
}

function ModelButton() {
  const { setView } = useActions();
  const student = useDerived(selectStudent);
  if (!student) {
    return (
      <Button icon={<FolderOpen size={14} />} onClick={() => setView({ dialog: 'open-model' })}>
        Open a model
      </Button>
    );
  }
  return <ModelMenu student={student} />;
}
