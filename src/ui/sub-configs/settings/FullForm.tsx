import { Fragment, useMemo, useState } from 'react';
import { typesOf } from '../../../core/offers/selected-specs.ts';
import { useCard } from '../card/card-context.ts';
import { useTemplateRegistry } from '../card/use-card-state.ts';
import { Button } from '../../shared/Button.tsx';
import { expandSettings } from './expansion.ts';
import { useOtherForms } from './use-other-forms.ts';
import { useSelectedSpecs } from './use-target-offers.ts';

/** The settings of each target as NNI sees them, worked out when it is opened. */
export function FullForm() {
  const { number } = useCard();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="text-xs text-muted" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded hover:text-text">What NNI sees</summary>
      {isOpen && (
        <div role="group" aria-label={`Sub-config ${number} as NNI sees it`} className="flex flex-col gap-1.5 pt-1 pl-3">
          <Expansions />
          <WriteOut />
        </div>
      )}
    </details>
  );
}

/** By module type and target; values of the template are fainter. */
function Expansions() {
  const { config, mode } = useCard();
  const specs = useSelectedSpecs();
  const findTemplate = useTemplateRegistry(mode);
  const expansions = useMemo(() => expandSettings(config, typesOf(specs), findTemplate), [config, specs, findTemplate]);
  if (expansions.length === 0) return <p>Nothing: no selected module has a setting template.</p>;
  return expansions.map(({ types, targets }) => (
    <div key={types.join()}>
      <p className="font-mono text-text">{types.join(', ')}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 font-mono">
        {targets.map(({ target, settings }) => (
          <Fragment key={target}>
            <dt>{target}</dt>
            <dd className="flex flex-wrap gap-x-3">
              {settings.map(({ key, text, isOwn }) => (
                <span key={key} className={`[overflow-wrap:anywhere] ${isOwn ? 'font-semibold text-text' : ''}`}>
                  {key}: {text}
                </span>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  ));
}

/** Makes settings of the sub-config of what is shown. */
function WriteOut() {
  const { defaults } = useOtherForms();
  if (defaults === null) return null;
  return (
    <div className="-ml-1.5">
      <Button kind="plain" size="small" onClick={defaults}>
        Write out the defaults
      </Button>
    </div>
  );
}
