import { titleOfConfig } from '../../../core/config/sub-config-words.ts';
import type { ConfigObject } from '../../../core/config/value.ts';
import { PatternText } from '../../shared/PatternText.tsx';

/** The title of a sub-config: its label, or the modules that it selects. */
export function CardTitle({ label, config }: { readonly label: string; readonly config: ConfigObject }) {
  const parts = titleOfConfig(config);
  if (label !== '') return <span className="font-medium">{label}</span>;
  if (parts.length === 0) return <span className="text-muted">Choose modules</span>;
  return parts.map(({ kind, text }, at) => (
    // Parts of a title have no identity but their place.
    <span key={at} className={kind === 'word' ? 'text-muted' : 'font-mono text-[12.5px] font-medium'}>
      {kind === 'pattern' ? <PatternText pattern={text} /> : text}
    </span>
  ));
}
