import { CircleHelp, Clock, EyeOff, OctagonX, ShieldX } from 'lucide-react';
import { severityLabels, type Severity } from '../../core/diagnostics/severity.ts';

const icons = { refused: OctagonX, later: Clock, assertion: ShieldX, silent: EyeOff, 'not-checked': CircleHelp } as const;
const tones = {
  refused: 'text-refused',
  later: 'text-later',
  assertion: 'text-refused',
  silent: 'text-silent',
  'not-checked': 'text-not-checked',
} as const;

/** The icon of a severity: its own shape and colour, with its name unless the words are next to it. */
export function SeverityIcon({ severity, named = true }: { readonly severity: Severity; readonly named?: boolean }) {
  const Icon = icons[severity];
  return (
    <span
      className={`inline-flex shrink-0 ${tones[severity]}`}
      role={named ? 'img' : undefined}
      aria-label={named ? severityLabels[severity] : undefined}
      aria-hidden={named ? undefined : true}
    >
      <Icon size={14} strokeWidth={2.25} />
    </span>
  );
}
