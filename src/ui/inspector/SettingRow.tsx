import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { alignText } from '../../core/config/sub-config-words.ts';
import { isConfigObject } from '../../core/config/value.ts';
import type { ShownSetting } from './read-provenance.ts';
import { SentenceText } from './SentenceText.tsx';
import { sourceSentence } from './sentences.ts';
import { valueText } from './wording.ts';

/** Letters of a key and its value that have room next to a source, in a side panel of usual width. */
const roomByTarget = 22;
const roomByShorthand = 26;

/** A key with its value and source; where the value replaced others, they can be shown. */
export function SettingRow({ setting }: { readonly setting: ShownSetting }) {
  const { key, value, from, replaced, readAs } = setting;
  const [open, setOpen] = useState(false);
  const isAlign = key === 'align' && isConfigObject(value);
  const text = isAlign ? alignText(value) : valueText(value);
  // Next to a long value its source would leave it a few letters a line.
  const reading = typeof readAs === 'string' ? ` read as ${readAs}` : '';
  const isLong = key.length + text.length + reading.length > (from?.source === 'target-setting' ? roomByTarget : roomByShorthand);
  const source = from && <SentenceText sentence={sourceSentence(from)} />;
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
        <td colSpan={isLong ? 2 : 1} className={`w-full py-0.5 pl-3 ${isLong ? 'pr-3' : ''}`}>
          <span className={`[overflow-wrap:anywhere] ${isAlign ? '' : 'font-mono text-xs'}`}>{text}</span>
          {reading !== '' && <span className="text-xs text-muted">{reading}</span>}
          {/* On a phone no value has room next to its source. */}
          {source && <span className={`block text-xs text-muted ${isLong ? '' : 'sm:hidden'}`}>{source}</span>}
        </td>
        {!isLong && <td className="max-sm:hidden py-0.5 pr-3 pl-3 text-right text-xs whitespace-nowrap text-muted">{source}</td>}
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
