import { useRef, useState, type FormEvent } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import type { Assertion, Demand, SubConfig } from '../../core/plan/plan.ts';
import { Button } from '../shared/Button.tsx';
import { useActions, useDerived, useSubConfigs } from '../shared/use-app.ts';
import { demandLabels, demandOf, demandTypes, isCount } from './assertion-wording.ts';

const fieldStyle = 'h-7 rounded border border-line-strong bg-surface px-2';

/** `#2 attention`. */
export function titleOfSubConfig({ label }: SubConfig, index: number): string {
  return label === '' ? `Sub-config ${index + 1}` : `#${index + 1} ${label}`;
}

/** Writes a new assertion, or changes `assertion`. */
export function AssertionForm({ mode, assertion, about, onDone }: {
  readonly mode: Mode;
  readonly assertion: Assertion | null;
  /** The sub-config that it starts with; `null` for the whole list. */
  readonly about: string | null;
  readonly onDone: () => void;
}) {
  const { edit } = useActions();
  const subConfigs = useSubConfigs();
  const [subConfig, setSubConfig] = useState(about ?? '');
  const [type, setType] = useState<Demand['type']>(assertion?.demand.type ?? 'selects-exactly');
  const selected = useSelectedCount(mode, subConfig);
  const [value, setValue] = useState(() => startOf(assertion) || (about === null ? '' : selected));
  const field = useRef<HTMLInputElement>(null);
  const [label, setLabel] = useState(assertion?.label ?? '');
  const demand = demandOf(type, value);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!demand) return;
    edit({
      type: 'set-assertion',
      assertion: { id: assertion?.id ?? '', mode, subConfig: subConfig === '' ? null : subConfig, label: label.trim(), demand },
    });
    setValue('');
    setLabel('');
    // The button is off now, and would take the focus with it.
    field.current?.focus();
    onDone();
  };

  return (
    <form onSubmit={submit} aria-label={assertion ? 'Change an assertion' : 'New assertion'} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <label className="flex flex-col gap-1 max-sm:w-full">
          <span className="text-xs text-muted">What</span>
          <select value={subConfig} onChange={(event) => setSubConfig(event.target.value)} className={fieldStyle}>
            <option value="">The whole list</option>
            {subConfigs.map((each, index) => (
              <option key={each.id} value={each.id}>
                {titleOfSubConfig(each, index)}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-col gap-1 max-sm:w-full">
          <span className="text-xs text-muted">Demand</span>
          <select
            value={type}
            onChange={(event) => {
              const chosen = event.target.value as Demand['type'];
              if (isCount(chosen) !== isCount(type)) setValue('');
              setType(chosen);
            }}
            className={fieldStyle}
          >
            {demandTypes.map((each) => (
              <option key={each} value={each}>
                {demandLabels[each]}
              </option>
            ))}
          </select>
        </label>
        <label className="flex min-w-32 flex-1 flex-col gap-1">
          <span className="text-xs text-muted">{isCount(type) ? 'Number of modules' : 'Pattern, as re.match tries it'}</span>
          <input
            ref={field}
            value={value}
            spellCheck={false}
            inputMode={isCount(type) ? 'numeric' : 'text'}
            placeholder={isCount(type) ? selected || '32' : 'vision'}
            onChange={(event) => setValue(event.target.value)}
            className={`${fieldStyle} font-mono`}
          />
        </label>
        <label className="flex min-w-32 flex-1 flex-col gap-1">
          <span className="text-xs text-muted">Label, if you like</span>
          <input value={label} onChange={(event) => setLabel(event.target.value)} className={fieldStyle} />
        </label>
        <Button type="submit" kind="primary" disabled={!demand}>
          {assertion ? 'Change it' : 'Add'}
        </Button>
        {assertion && <Button onClick={onDone}>Cancel</Button>}
      </div>
    </form>
  );
}

/** How many modules the sub-config selects now, as it is typed; empty where nothing is known. */
function useSelectedCount(mode: Mode, subConfig: string): string {
  return useDerived(({ lists, listIds }) => {
    const count = lists[mode]?.subConfigs[listIds[mode].indexOf(subConfig)]?.count;
    return count === undefined ? '' : String(count);
  });
}

function startOf(assertion: Assertion | null): string {
  if (!assertion) return '';
  return 'count' in assertion.demand ? String(assertion.demand.count) : assertion.demand.pattern;
}
