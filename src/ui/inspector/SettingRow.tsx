import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { getKey, type ConfigObject } from '../../core/config/value.ts';
import type { SettingProvenance } from '../../core/resolve/resolution.ts';
import { SentenceText } from './SentenceText.tsx';
import { sourceSentence } from './sentences.ts';
import { valueText } from './wording.ts';

export interface SettingRowProps {
  readonly provenance: SettingProvenance;
  readonly setting: ConfigObject;
}

/** A key with its value and source; where the value replaced others, those can be shown. */
export function SettingRow({ provenance: { key, chain }, setting }: SettingRowProps) {
  const [open, setOpen] = useState(false);
  const value = getKey(setting, key);
  const inForce = chain.findLast((step) => !step.overridden) ?? chain.at(-1);
  const others = chain.filter((step) => step !== inForce);
  const quiet = value === null && inForce?.source === 'template';
  return (
    <>
      <tr className={`align-baseline ${quiet ? 'text-faint' : ''}`}>
        <th scope="row" className="w-[40%] py-0.5 pl-3 text-left font-normal">
          <span className="flex items-baseline gap-0.5">
            {others.length > 0 ? (
              <button
                type="button"
                aria-expanded={open}
                aria-label={`What ${key} replaced`}
                title="What it replaced"
                onClick={() => setOpen(!open)}
                className="-ml-2 inline-flex size-4 shrink-0 items-center justify-center self-center rounded text-muted hover:bg-hover"
              >
                <ChevronRight size={12} className={open ? 'rotate-90' : ''} />
              </button>
            ) : (
              <span className="-ml-2 w-4 shrink-0" />
            )}
            <span className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{key}</span>
          </span>
        </th>
        <td className="py-0.5 pl-2 font-mono text-xs [overflow-wrap:anywhere]">
          {value === undefined ? '' : valueText(value)}
        </td>
        <td className="w-[34%] py-0.5 pr-3 pl-2 text-xs">{inForce && <SentenceText sentence={sourceSentence(inForce)} />}</td>
      </tr>
      {open &&
        others.toReversed().map((step, index) => (
          <tr key={index} className="align-baseline text-muted">
            <td className="py-0.5 pl-6 text-xs">{step.overridden ? 'instead of' : 'from'}</td>
            <td className="py-0.5 pl-2 font-mono text-xs [overflow-wrap:anywhere]">
              {step.overridden ? <s>{valueText(step.value)}</s> : valueText(step.value)}
            </td>
            <td className="py-0.5 pr-3 pl-2 text-xs">
              <SentenceText sentence={sourceSentence(step)} />
            </td>
          </tr>
        ))}
    </>
  );
}
