import { ChevronsDownUp, ChevronsUpDown, Plus } from 'lucide-react';
import type { Mode } from '../../../core/config/mode.ts';
import { pythonVersions, type PythonVersion } from '../../../core/python-re/python-version.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { Button, IconButton } from '../../shared/Button.tsx';
import { formatQuantity } from '../../shared/format.ts';
import { useActions, useDocument, useView } from '../../shared/use-app.ts';
import { AddMenu } from './AddMenu.tsx';
import { MenuButton } from '../../shared/layers/MenuButton.tsx';
import { useSubConfigIds } from '../card/use-card-state.ts';

const selectPython = (state: DocumentState) => state.history.present.python;

/** How many there are, the Python version, and a way to add one. */
export function PaneHeader({ mode, count }: { readonly mode: Mode; readonly count: number }) {
  return (
    <div className="flex items-center gap-2 border-b border-line bg-surface px-3 py-1.5">
      <h2 className="shrink-0 font-semibold">{count === 0 ? 'Sub-configs' : formatQuantity(count, 'sub-config')}</h2>
      <span className="flex-1" />
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
