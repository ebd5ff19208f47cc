import { useState, type FormEvent } from 'react';
import { readJson } from '../../core/config/json-reader.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import type { Mode } from '../../core/config/mode.ts';
import { builtInTemplate, builtInTemplateTypes } from '../../core/config/setting-templates.ts';
import { isTemplate, possibleTargets, templateFromParameters, withTarget } from '../../core/config/template-start.ts';
import type { ConfigObject } from '../../core/config/value.ts';
import { countTypes } from '../../core/module-tree/tree-index.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { typeCounts } from '../../core/offers/selected-specs.ts';
import type { SettingTemplate } from '../../core/config/setting-templates.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button } from '../shared/Button.tsx';
import { Combobox } from '../shared/Combobox.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived } from '../shared/use-app.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const fieldLook = 'h-7 rounded border border-line-strong bg-surface font-mono';

/** A module type and the settings that its targets begin with. */
export function TemplateForm({ mode, start }: {
  readonly mode: Mode;
  /** The template to change; an empty setting starts with the parameters of the type. */
  readonly start: SettingTemplate;
}) {
  const { edit, setView } = useActions();
  const tree = useDerived(selectTree);
  const [moduleType, setModuleType] = useState(start.moduleType);
  const known = builtInTemplateTypes(mode);
  const specsOf = (type: string) => tree?.specs.filter((candidate) => candidate.type === type) ?? [];
  const startFor = (type: string): ConfigObject | null => {
    const specs = specsOf(type);
    return specs.length > 0 ? templateFromParameters(mode, specs) : builtInTemplate(mode, 'Linear');
  };
  const write = (template: ConfigObject | null) => (template ? writeJson(template) : '{}');
  const [text, setText] = useState(() =>
    write(start.setting.entries.length > 0 ? start.setting : startFor(start.moduleType)),
  );
  const read = readJson(text);
  const setting = read.ok && isTemplate(read.value.value) ? read.value.value : null;
  const type = moduleType.trim();
  const offered = (tree ? typeCounts(tree) : [])
    .filter((each) => !known.includes(each.type))
    .map((each) => ({ value: each.type, hint: formatQuantity(each.count, 'module') }));

  const register = (event: FormEvent) => {
    event.preventDefault();
    if (!setting || type === '') return;
    edit({ type: 'set-template', template: { mode, moduleType: type, setting } });
    setView({ dialog: null, templateType: null });
  };

  return (
    <form onSubmit={register} className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-1">
          <span aria-hidden="true" className="font-medium">
            Module type
          </span>
          <Combobox
            label="Module type"
            text={moduleType}
            // A type that is typed to its end needs no list over the rest of the form.
            source={{ type: 'options', options: offered.some(({ value }) => value === type) ? [] : offered }}
            onText={(typed) => {
              setModuleType(typed);
              if (tree?.types.includes(typed)) setText(write(startFor(typed)));
            }}
            takesFirst
            placeholder={offered[0]?.value ?? 'Conv1D'}
            className="w-full border-line-strong! bg-surface!"
          />
          <span role="status" aria-label="Purpose" className="min-h-4 text-xs text-muted">
            {wordType(type, tree, known)}
          </span>
        </div>
        <label className="flex min-w-0 flex-col gap-1">
          <span className="font-medium">Start from</span>
          <select
            defaultValue=""
            onChange={(event) => {
              const from = event.target.value;
              setText(write(from === '' ? startFor(type) : builtInTemplate(mode, from)));
            }}
            className={`${fieldLook} px-2`}
          >
            <option value="">the module’s own parameters</option>
            {known.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </div>
      {setting && (
        <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <legend className="mb-1 font-medium">Targets</legend>
          {possibleTargets(mode, specsOf(type)[0] ?? null, setting).map((target) => (
            <label key={target} className="flex items-center gap-1.5 font-mono text-code">
              <input
                type="checkbox"
                aria-label={`Target ${target}`}
                checked={setting.entries.some(([name]) => name === target)}
                onChange={(event) => setText(writeJson(withTarget(mode, setting, target, event.target.checked, specsOf(type))))}
              />
              {target}
            </label>
          ))}
        </fieldset>
      )}
      <label className="flex flex-col gap-1">
        <span className="font-medium">Targets with their settings, as JSON</span>
        <textarea
          rows={12}
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
        <Button type="submit" kind="primary" disabled={!setting || type === ''}>
          Register
        </Button>
      </div>
    </form>
  );
}

function wordType(type: string, tree: ModuleTree | null, known: readonly string[]): string {
  if (type === '') return 'The class name, as the tree shows it.';
  const place = tree?.types.indexOf(type) ?? -1;
  const count = tree && place >= 0 ? (countTypes(tree)[place] ?? 0) : 0;
  const found = tree ? `${formatQuantity(count, 'module')} of this model.` : '';
  return known.includes(type) ? `${found} Replaces NNI’s own template.`.trim() : found;
}
