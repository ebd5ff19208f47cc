import { Fragment, useMemo } from 'react';
import { expandShorthand, shorthandReach, toShorthand, type FormConversion } from '../../../core/resolve/shorthand.ts';
import { Button } from '../../shared/Button.tsx';
import { useActions } from '../../shared/use-app.ts';
import { useCard } from '../card/card-context.ts';
import { expandSettings, type Expansion } from './expansion.ts';
import { groupByTargets } from './group-by-targets.ts';
import { typesOf } from '../../../core/offers/selected-specs.ts';
import { useTemplateRegistry } from '../card/use-card-state.ts';
import { useSelectedSpecs } from './use-target-offers.ts';

/** Which targets the settings at the top reach, and the way to the other form where both are equal. */
export function ShorthandLine() {
  const { id, mode, config, number } = useCard();
  const { edit } = useActions();
  const specs = useSelectedSpecs();
  const findTemplate = useTemplateRegistry(mode);
  const { reaches, full, short, expansions } = useMemo(() => {
    const types = typesOf(specs);
    const templates = [...new Set(types.flatMap((type) => findTemplate(type) ?? []))];
    return {
      reaches: templates.length === 0 ? [] : groupByTargets(shorthandReach(config, templates)),
      full: expandShorthand(config, mode, templates),
      short: toShorthand(config, mode, templates),
      expansions: expandSettings(config, types, findTemplate),
    };
  }, [config, mode, specs, findTemplate]);
  const convert = ({ config: converted }: FormConversion, label: string) =>
    edit({ type: 'set-config', mode, id, config: converted, label });
  if (reaches.length === 0 && !short.changed) return null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <ul aria-label={`What the settings at the top of sub-config ${number} reach`} className="min-w-40 flex-1">
          {reaches.map(({ keys, targets }) => (
            <li key={keys.join()} className={`font-mono ${targets.length === 0 ? 'text-silent' : ''}`}>
              {keys.join(', ')} → {targets.length === 0 ? 'no target' : targets.join(', ')}
            </li>
          ))}
        </ul>
        {full.changed && full.equal && full.unreached.length === 0 && (
          <Button
            kind="plain"
            size="small"
            title="The same, with the settings in target_settings"
            aria-label={`Write out per target, sub-config ${number}`}
            onClick={() => convert(full, `Write out sub-config ${number}`)}
          >
            Write out per target
          </Button>
        )}
        {short.changed && short.equal && (
          <Button
            kind="plain"
            size="small"
            title="The same, with what targets have in common at the top"
            aria-label={`Shorten, sub-config ${number}`}
            onClick={() => convert(short, `Shorten sub-config ${number}`)}
          >
            Shorten
          </Button>
        )}
      </div>
      <FullForm expansions={expansions} number={number} />
    </>
  );
}

/** What NNI makes of it, target by target; what comes from the template is fainter. */
function FullForm({ expansions, number }: { readonly expansions: readonly Expansion[]; readonly number: number }) {
  if (expansions.length === 0) return null;
  return (
    <details className="text-xs text-muted">
      <summary className="w-fit cursor-pointer rounded hover:text-text">Full form</summary>
      <div role="group" aria-label={`Full form of sub-config ${number}`} className="flex flex-col gap-1.5 pt-1 pl-3">
        {expansions.map(({ types, targets }) => (
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
        ))}
      </div>
    </details>
  );
}
