import { useMemo } from 'react';
import { expandShorthand, shorthandReach, toShorthand, type FormConversion } from '../../core/config/shorthand.ts';
import { Button } from '../shared/Button.tsx';
import { useActions } from '../shared/use-app.ts';
import { useCard } from './card-context.ts';
import { groupByTargets } from './group-by-targets.ts';
import { typesOf } from './model-facts.ts';
import { useTemplateRegistry } from './use-card-state.ts';
import { useSelectedSpecs } from './use-target-offers.ts';

/** Which targets the settings at the top reach, and the way to the other form where both are equal. */
export function ShorthandLine() {
  const { id, mode, config, number } = useCard();
  const { edit } = useActions();
  const specs = useSelectedSpecs();
  const findTemplate = useTemplateRegistry(mode);
  const { reaches, full, short } = useMemo(() => {
    const templates = [...new Set(typesOf(specs).flatMap((type) => findTemplate(type) ?? []))];
    return {
      reaches: templates.length === 0 ? [] : groupByTargets(shorthandReach(config, templates)),
      full: expandShorthand(config, mode, templates),
      short: toShorthand(config, mode, templates),
    };
  }, [config, mode, specs, findTemplate]);
  const convert = ({ config: converted }: FormConversion, label: string) =>
    edit({ type: 'set-config', mode, id, config: converted, label });
  if (reaches.length === 0 && !short.changed) return null;
  return (
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
  );
}
