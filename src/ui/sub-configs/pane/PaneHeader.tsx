import { ChevronsDownUp, ChevronsUpDown, CircleCheck, Clock, OctagonX, Plus, TriangleAlert } from 'lucide-react';
import { wordVerdict, type ListVerdict } from '../../../core/checks/list-verdict.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { Place } from '../../../core/diagnostics/finding.ts';
import { pythonVersions, type PythonVersion } from '../../../core/python-re/python-version.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { Button, IconButton } from '../../shared/Button.tsx';
import { formatQuantity } from '../../shared/format.ts';
import { useActions, useDerived, useDocument, useStores, useView } from '../../shared/use-app.ts';
import { AddMenu } from './AddMenu.tsx';
import { MenuButton } from '../../shared/MenuButton.tsx';
import { useSubConfigIds } from '../card/use-card-state.ts';

const selectPython = (state: DocumentState) => state.history.present.python;
const selectResolved = (state: DerivedState) => state.lists;

/** How many there are, what NNI says of them, the Python version, and a way to add one. */
export function PaneHeader({ mode, count }: { readonly mode: Mode; readonly count: number }) {
  return (
    <div className="flex items-center gap-2 border-b border-line bg-surface px-3 py-1.5">
      <h2 className="shrink-0 font-semibold">{count === 0 ? 'Sub-configs' : formatQuantity(count, 'sub-config')}</h2>
      <VerdictLine mode={mode} />
      <PythonChoice />
      {count > 1 && <FoldAll mode={mode} />}
      <MenuButton
        label="Add a sub-config"
        align="end"
        trigger={(props) => (
          <Button icon={<Plus size={14} />} aria-label="Add sub-config" {...props}>
            Add
          </Button>
        )}
      >
        {(close) => <AddMenu mode={mode} close={close} />}
      </MenuButton>
    </div>
  );
}

function VerdictLine({ mode }: { readonly mode: Mode }) {
  const list = useDerived(selectResolved)[mode];
  if (!list || list.subConfigs.length === 0) return <span className="flex-1" />;
  const { outcome, verdict } = list;
  return (
    <div role="status" aria-label="Verdict" className="flex min-w-0 flex-1">
      {outcome.state === 'ready' ? (
        <span className="flex min-w-0 items-center gap-1 text-xs text-muted">
          <CircleCheck size={14} className="shrink-0" aria-hidden="true" />
          <span className="truncate">{wordVerdict(outcome)}</span>
        </span>
      ) : (
        <VerdictLink mode={mode} outcome={outcome} where={verdict.accepted ? null : verdict.where} />
      )}
    </div>
  );
}

const looks = {
  refused: { Icon: OctagonX, tone: 'text-refused' },
  'fails-when-it-runs': { Icon: Clock, tone: 'text-later' },
  'runs-with-warnings': { Icon: TriangleAlert, tone: 'text-muted' },
} as const;

/** What is known against the list; a press opens the problems and goes to the place where NNI stops. */
function VerdictLink({ mode, outcome, where }: {
  readonly mode: Mode;
  readonly outcome: ListVerdict;
  readonly where: Place | null;
}) {
  const { setView, reveal } = useActions();
  const { derived } = useStores();
  const { Icon, tone } = looks[outcome.state === 'ready' ? 'runs-with-warnings' : outcome.state];
  const text = wordVerdict(outcome);
  const go = () => {
    setView({ problemsOpen: true });
    const id = where === null || where.subConfig === null ? undefined : derived.getState().listIds[mode][where.subConfig];
    if (id !== undefined && where !== null) reveal({ type: 'sub-config', subConfigId: id, path: where.path });
  };
  return (
    <button
      type="button"
      onClick={go}
      title={`${text}\n${where === null ? 'Show the problems' : 'Go to the place'}`}
      className={`flex max-w-full min-w-0 items-center gap-1 rounded text-xs ${tone} hover:underline`}
    >
      <Icon size={14} className="shrink-0" aria-hidden="true" />
      <span className="truncate">{text}</span>
    </button>
  );
}

const selectCollapsed = (state: ViewState) => state.collapsedSubConfigs;

function FoldAll({ mode }: { readonly mode: Mode }) {
  const { setView } = useActions();
  const ids = useSubConfigIds(mode);
  const collapsed = useView(selectCollapsed);
  const allClosed = ids.every((id) => collapsed.has(id));
  return (
    <IconButton
      label={allClosed ? 'Open all sub-configs' : 'Close all sub-configs'}
      icon={allClosed ? <ChevronsUpDown size={14} /> : <ChevronsDownUp size={14} />}
      onClick={() => setView({ collapsedSubConfigs: new Set(allClosed ? [] : ids), ...(allClosed ? {} : { openMembers: new Set() }) })}
    />
  );
}

function PythonChoice() {
  const python = useDocument(selectPython);
  const { edit } = useActions();
  return (
    <select
      value={python}
      aria-label="Version of Python"
      title="Patterns are read as this version of Python reads them"
      onChange={(event) => edit({ type: 'set-python', python: event.target.value as PythonVersion })}
      className="h-7 shrink-0 rounded border border-line bg-surface px-1 text-xs text-muted"
    >
      {pythonVersions.map((version) => (
        <option key={version} value={version}>
          Python {version}
        </option>
      ))}
    </select>
  );
}
