import { Circle, CircleCheck, Clock, EyeOff, OctagonX, ShieldX, TriangleAlert } from 'lucide-react';
import type { ShownState } from './shown-verdict.ts';

const icons = {
  refused: OctagonX,
  'fails-when-it-runs': Clock,
  'assertion-fails': ShieldX,
  'runs-with-warnings': EyeOff,
  'text-broken': TriangleAlert,
  ready: CircleCheck,
  empty: Circle,
} as const satisfies Record<ShownState, unknown>;

/** The icon of a verdict, in the colour of the words next to it. */
export function VerdictIcon({ state }: { readonly state: ShownState }) {
  const Icon = icons[state];
  return <Icon size={14} className="shrink-0" aria-hidden="true" />;
}
