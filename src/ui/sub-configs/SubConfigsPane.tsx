import { CircleCheck, OctagonX, Plus } from 'lucide-react';
import { useEffect, useRef, type DragEvent } from 'react';
import { pythonVersions, type PythonVersion } from '../../core/python-re/python-version.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useDocument, useSubConfigs, useView } from '../shared/use-app.ts';
import { cardDragType } from './CardHeader.tsx';
import { NoSubConfigs } from './NoSubConfigs.tsx';
import { SubConfigCard } from './SubConfigCard.tsx';

const selectReveal = (state: ViewState) => state.reveal;
const selectMode = (state: ViewState) => state.mode;
const selectPython = (state: DocumentState) => state.history.present.python;
const selectResolved = (state: DerivedState) => state.lists;

/** The sub-configs of the mode, in the order in which NNI takes them. */
export function SubConfigsPane() {
  const { addSubConfig, edit } = useActions();
  const mode = useView(selectMode);
  const subConfigs = useSubConfigs();
  const scroller = useRef<HTMLDivElement>(null);
  const reveal = useView(selectReveal);

  useEffect(() => {
    if (reveal?.type !== 'sub-config' || reveal.subConfigId === undefined) return;
    const card = scroller.current?.querySelector<HTMLElement>(`[data-sub-config="${CSS.escape(reveal.subConfigId)}"]`);
    const place = reveal.path?.slice(0, 2).join('.') ?? '';
    const field = card?.querySelector<HTMLElement>(`[data-field="${CSS.escape(place)}"]`) ?? card?.querySelector('[data-field]');
    card?.scrollIntoView({ block: 'nearest' });
    if (field instanceof HTMLElement) field.focus();
  }, [reveal]);

  const drop = (event: DragEvent<HTMLLIElement>, to: number) => {
    const id = event.dataTransfer.getData(cardDragType);
    if (id === '') return;
    event.preventDefault();
    edit({ type: 'move-sub-config', mode, id, to });
  };

  return (
    <>
      <div className="flex items-center gap-2 border-b border-line bg-surface px-3 py-1.5">
        <h2 className="font-semibold">{subConfigs.length === 0 ? 'Sub-configs' : formatQuantity(subConfigs.length, 'sub-config')}</h2>
        <VerdictLine />
        <PythonChoice />
        <Button icon={<Plus size={14} />} onClick={() => addSubConfig()}>
          Add
        </Button>
      </div>
      <div ref={scroller} tabIndex={0} role="region" aria-label="List of sub-configs" className="min-h-0 flex-1 overflow-y-auto p-2">
        {subConfigs.length === 0 ? (
          <NoSubConfigs />
        ) : (
          <ol className="flex flex-col gap-2">
            {subConfigs.map((subConfig, at) => (
              <li
                key={subConfig.id}
                onDragOver={(event) => {
                  if (event.dataTransfer.types.includes(cardDragType)) event.preventDefault();
                }}
                onDrop={(event) => drop(event, at)}
              >
                <SubConfigCard id={subConfig.id} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </>
  );
}

function VerdictLine() {
  const mode = useView(selectMode);
  const list = useDerived(selectResolved)[mode];
  const { setView } = useActions();
  if (!list || list.subConfigs.length === 0) return <span className="flex-1" />;
  const { verdict } = list;
  if (verdict.accepted) {
    return (
      <p role="status" className="flex min-w-0 flex-1 items-center gap-1 text-xs text-muted">
        <CircleCheck size={14} className="shrink-0" aria-hidden="true" />
        <span className="truncate">NNI accepts this list</span>
      </p>
    );
  }
  const text = `NNI refuses: ${verdict.error.type}${verdict.error.message === '' ? '' : `: ${verdict.error.message}`}`;
  return (
    <p role="status" className="min-w-0 flex-1">
      <button
        type="button"
        onClick={() => setView({ problemsOpen: true })}
        title={text}
        className="flex max-w-full items-center gap-1 rounded text-xs text-refused hover:underline"
      >
        <OctagonX size={14} className="shrink-0" aria-hidden="true" />
        <span className="truncate">{text}</span>
      </button>
    </p>
  );
}

function PythonChoice() {
  const python = useDocument(selectPython);
  const { edit } = useActions();
  return (
    <label className="flex shrink-0 items-center gap-1 text-xs text-muted" title="Patterns are read as this version of Python reads them">
      <span className="hidden min-[1500px]:inline">Python</span>
      <select
        value={python}
        aria-label="Version of Python"
        onChange={(event) => edit({ type: 'set-python', python: event.target.value as PythonVersion })}
        className="h-7 rounded border border-line bg-transparent px-1 text-text"
      >
        {pythonVersions.map((version) => (
          <option key={version} value={version}>
            {version}
          </option>
        ))}
      </select>
    </label>
  );
}
