import { Trash2 } from 'lucide-react';
import { useId, useMemo, useState, type FormEvent } from 'react';
import { readJson } from '../../core/config/json-reader.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import { builtInTemplate, builtInTemplateTypes, settingClassNames } from '../../core/config/setting-templates.ts';
import { templateFromParameters } from '../../core/config/template-start.ts';
import { isConfigObject } from '../../core/config/value.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { useActions, useDerived, useDocument, useView } from '../shared/use-app.ts';

const selectMode = (state: ViewState) => state.mode;
const selectAsked = (state: ViewState) => state.templateType;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** Registers module types that NNI has no template for. */
export function TemplatesDialog() {
  const { setView, edit } = useActions();
  const mode = useView(selectMode);
  const templates = useDocument(selectPlan).templates.filter((template) => template.mode === mode);
  return (
    <Dialog
      title={`Setting templates for ${mode}`}
      width="wide"
      onClose={() => setView({ dialog: null, templateType: null })}
    >
      <p className="mb-3 text-muted">
        NNI compresses only module types that it has a template for. Here you register others; the Python export writes
        them as <code className="font-mono">{settingClassNames[mode]}.register(…)</code>.
      </p>
      {templates.length > 0 && (
        <ul aria-label="Registered types" className="mb-4 divide-y divide-line rounded border border-line">
          {templates.map(({ moduleType, setting }) => (
            <li key={moduleType} className="flex items-center gap-2 px-2 py-1">
              <span className="font-mono">{moduleType}</span>
              <span className="min-w-0 flex-1 truncate text-xs text-muted">
                {setting.entries.map(([target]) => target).join(', ')}
              </span>
              <IconButton
                size="small"
                label={`Unregister ${moduleType}`}
                icon={<Trash2 size={14} />}
                onClick={() => edit({ type: 'remove-template', mode, moduleType })}
              />
            </li>
          ))}
        </ul>
      )}
      <TemplateForm />
    </Dialog>
  );
}

function TemplateForm() {
  const { edit, setView } = useActions();
  const mode = useView(selectMode);
  const asked = useView(selectAsked);
  const tree = useDerived(selectTree);
  const id = useId();
  const [moduleType, setModuleType] = useState(asked ?? '');
  const known = useMemo(() => new Set(builtInTemplateTypes(mode)), [mode]);
  const unknownTypes = tree?.types.filter((type) => type !== '' && !known.has(type)) ?? [];
  const startFor = (type: string) => {
    const spec = tree?.specs.find((candidate) => candidate.type === type);
    const start = spec ? templateFromParameters(mode, spec) : (builtInTemplate(mode, 'Linear') ?? null);
    return start ? writeJson(start) : '{}';
  };
  const [text, setText] = useState(() => startFor(moduleType));
  const read = readJson(text);
  const setting = read.ok && isConfigObject(read.value.value) ? read.value.value : null;

  const register = (event: FormEvent) => {
    event.preventDefault();
    if (!setting || moduleType.trim() === '') return;
    edit({ type: 'set-template', template: { mode, moduleType: moduleType.trim(), setting } });
    setView({ dialog: null, templateType: null });
  };

  return (
    <form onSubmit={register} className="flex flex-col gap-3">
      <div className="flex gap-3">
        <label className="flex flex-1 flex-col gap-1">
          <span className="font-medium">Module type</span>
          <input
            value={moduleType}
            list={`${id}-types`}
            spellCheck={false}
            onChange={(event) => {
              setModuleType(event.target.value);
              if (unknownTypes.includes(event.target.value)) setText(startFor(event.target.value));
            }}
            placeholder="Conv1D"
            className="h-7 rounded border border-line-strong bg-surface px-2 font-mono"
          />
          <datalist id={`${id}-types`}>
            {unknownTypes.map((type) => (
              <option key={type} value={type} />
            ))}
          </datalist>
        </label>
        <label className="flex flex-1 flex-col gap-1">
          <span className="font-medium">Start from</span>
          <select
            defaultValue=""
            onChange={(event) => {
              const template = builtInTemplate(mode, event.target.value);
              setText(template && event.target.value !== '' ? writeJson(template) : startFor(moduleType));
            }}
            className="h-7 rounded border border-line-strong bg-surface px-1"
          >
            <option value="">The module’s own parameters</option>
            {[...known].map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
      </div>
      <label className="flex flex-col gap-1">
        <span className="font-medium">Targets with their settings, as JSON</span>
        <textarea
          rows={14}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          className="resize-y rounded border border-line-strong bg-surface p-2 font-mono text-xs"
        />
      </label>
      {!setting && (
        <p role="alert" className="rounded border border-refused bg-refused-soft px-2 py-1">
          {read.ok
            ? 'A template is an object: target names, each with an object of settings.'
            : `Line ${read.error.line}, column ${read.error.column}: ${read.error.message} ${read.error.remedy}`}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" kind="primary" disabled={!setting || moduleType.trim() === ''}>
          Register
        </Button>
      </div>
    </form>
  );
}
