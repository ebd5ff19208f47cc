import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { alignText } from '../../core/config/sub-config-words.ts';
import { isConfigObject } from '../../core/config/value.ts';
import type { ShownSetting } from './read-provenance.ts';
import { SentenceText } from './SentenceText.tsx';
import { sourceSentence } from './sentences.ts';
import { valueText } from './wording.ts';

/** A key with its value and source; where the value replaced others, they can be shown. */
export function SettingRow({ setting }: { readonly setting: ShownSetting }) {
  const { key, value, from, replaced, readAs } = setting;
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr className="align-baseline">
        <th scope="row" className="relative py-0.5 pl-5.5 text-left font-mono text-xs font-normal whitespace-nowrap">
          {replaced.length > 0 && (
            <button
              type="button"
              aria-expanded={open}
              aria-label={`Values that ${key} replaced`}
              title="Values that it replaced"
              onClick={() => setOpen(!open)}
              className="absolute top-1 left-1 inline-flex size-4 items-center justify-center rounded text-muted hover:bg-hover"
            >
              <ChevronRight size={12} className={open ? 'rotate-90' : ''} />
            </button>
          )}
          {key}
        </th>
        <td className="w-full py-0.5 pl-3">
          {key === 'align' && isConfigObject(value) ? (
            <span className="[overflow-wrap:anywhere]">{alignText(value)}</span>
          ) : (
            <span className="font-mono text-xs [overflow-wrap:anywhere]">{valueText(value)}</span>
          )}
          {typeof readAs === 'string' && <span className="text-xs text-muted"> read as {readAs}</span>}
        </td>
        <td className="py-0.5 pr-3 pl-3 text-right text-xs whitespace-nowrap text-muted">
          {from && <SentenceText sentence={sourceSentence(from)} />}
        </td>
      </tr>
      {open &&
        replaced.map((step) => (
          <tr key={`${step.source} ${step.path.join(' ')}`} className="align-baseline text-muted">
            <td className="py-0.5 pl-5.5 text-xs">instead of</td>
            <td className="py-0.5 pl-3 font-mono text-xs [overflow-wrap:anywhere]">
              <s>{valueText(step.value)}</s>
            </td>
            <td className="py-0.5 pr-3 pl-3 text-right text-xs whitespace-nowrap">
              <SentenceText sentence={sourceSentence(step)} />
            </td>
          </tr>
        ))}
    </>
  );
}
