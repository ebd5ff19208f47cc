import { useEffect, useRef } from 'react';
import type { SubConfig } from '../../../core/plan/plan.ts';
import { titleText } from '../../../core/config/sub-config-words.ts';
import { useActions } from '../../shared/use-app.ts';
import { useCard } from './card-context.ts';

/** The name of a sub-config as a field. When it is empty, the title comes from the selected modules. */
export function LabelField({ subConfig, onDone }: { readonly subConfig: SubConfig; readonly onDone: () => void }) {
  const { id, mode, number } = useCard();
  const { edit } = useActions();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <input
      type="text"
      ref={field}
      value={subConfig.label}
      aria-label={`Label of sub-config ${number}`}
      placeholder={titleText(subConfig.config) || 'A name for this sub-config'}
      onChange={(event) => edit({ type: 'set-label', mode, id, label: event.target.value }, `${mode} ${id} label`)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.stopPropagation();
          onDone();
        }
      }}
      onBlur={onDone}
      className="h-6 min-w-0 flex-1 rounded border border-line bg-transparent px-1.5 font-medium"
    />
  );
}
