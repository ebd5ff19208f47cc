import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SelectorKey } from '../../../core/config/selector-keys.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { formatQuantity } from '../../shared/format.ts';
import { Button } from '../../shared/Button.tsx';
import { useActions, useDerived, useDocument, useIsReadOnly } from '../../shared/use-app.ts';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard } from '../card/card-context.ts';
import { Combobox } from '../../shared/Combobox.tsx';
import { findEntry } from './entries.ts';
import { fieldId } from '../card/finding-places.ts';
import { typeCounts } from '../../../core/offers/selected-specs.ts';

const selectTemplates = (state: DocumentState) => state.history.present.templates;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** Types as chips with the number of their modules, and a field that completes types of the model. */
export function TypesField({ selector, written, takesFocus, onAdd, onRemove }: {
  readonly selector: SelectorKey;
  readonly written: readonly string[];
  /** The empty field was asked for just now. */
  readonly takesFocus: boolean;
  readonly onAdd: (values: readonly string[]) => void;
  readonly onRemove: (index: number) => void;
}) {
  const { number } = useCard();
  const tree = useDerived(selectTree);
  const [typed, setTyped] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) list.current?.querySelector('input')?.focus();
  }, [takesFocus]);
  const options = (tree ? typeCounts(tree) : [])
    .filter(({ type }) => !written.includes(type))
    .map(({ type, count }) => ({ value: type, hint: formatQuantity(count, 'module') }));
  const take = (wanted: string) => {
    setTyped('');
    const type = wanted.trim();
    if (type !== '' && !written.includes(type)) onAdd([type]);
  };
  return (
    <>
      <div
        data-selector={selector}
        ref={list}
        className="flex flex-wrap items-center gap-1"
      >
        {written.map((type, index) => (
          <TypeChip key={index} selector={selector} index={index} type={type} onRemove={onRemove} />
        ))}
        <Combobox
          label={`Type ${written.length + 1} of ${selector}, sub-config ${number}`}
          text={typed}
          source={{ type: 'options', options }}
          onText={setTyped}
          onChoose={take}
          onEnter={() => take(typed)}
          onLeave={() => {
            if (typed.trim() === '') onRemove(written.length);
            else take(typed);
          }}
          onErase={() => {
            if (written.length > 0) onRemove(written.length - 1);
          }}
          onPasteLines={onAdd}
          takesFirst
          placeholder={written.length === 0 ? 'Add a type, e.g. Linear' : 'Add a type'}
          field={fieldId([selector, written.length])}
          look={written.length === 0 ? 'dashed' : 'bare'}
          className={written.length === 0 ? 'flex-1' : 'w-28 flex-auto'}
        />
      </div>
      {selector === 'op_types' && <RegisteredTypes types={written} />}
      {written.map((_, index) => (
        <FieldFindings key={index} path={[selector, index]} />
      ))}
    </>
  );
}

/** Types that NNI knows only by a template of the plan, each with the targets of that, and a way to change it. */
function RegisteredTypes({ types }: { readonly types: readonly string[] }) {
  const { mode } = useCard();
  const { setView } = useActions();
  const isReadOnly = useIsReadOnly();
  const registered = useDocument(selectTemplates).filter((template) => template.mode === mode && types.includes(template.moduleType));
  return registered.map(({ moduleType, setting }) => (
    <p key={moduleType} className="flex items-center gap-1 text-xs text-muted">
      <span className="min-w-0">
        <span className="font-mono">{moduleType}</span> is registered with {setting.entries.map(([target]) => target).join(', ')}
      </span>
      {!isReadOnly && (
        <Button kind="plain" size="small" title={`Change the template of ${moduleType}`} onClick={() => setView({ dialog: 'templates', templateType: moduleType })}>
          Change
        </Button>
      )}
    </p>
  ));
}

function TypeChip({ selector, index, type, onRemove }: {
  readonly selector: SelectorKey;
  readonly index: number;
  readonly type: string;
  readonly onRemove: (index: number) => void;
}) {
  const { number, view } = useCard();
  const entry = findEntry(view, selector, index, type);
  const unknown = entry?.state.type === 'unknown';
  return (
    <span
      title={unknown ? 'Not in this model' : undefined}
      className={`inline-flex min-h-7 max-w-full items-center gap-1.5 rounded border pl-2 font-mono text-[12.5px] ${unknown ? 'border-dashed border-silent text-silent' : 'border-line bg-sunken'}`}
    >
      <span className="min-w-0 py-0.5 wrap-anywhere">{type}</span>
      {entry && <span className="shrink-0 text-xs text-muted">{unknown ? 'not in this model' : formatCount(entry.count)}</span>}
      <button
        type="button"
        aria-label={`Remove type ${type} of ${selector}, sub-config ${number}`}
        data-field={fieldId([selector, index])}
        onClick={() => onRemove(index)}
        className="flex w-6 shrink-0 items-center justify-center self-stretch rounded text-muted hover:bg-hover hover:text-text"
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
}
