import { modes } from '../../core/config/mode.ts';
import type { PlanSummary } from '../../store/plans-store.ts';
import { formatQuantity } from '../shared/format.ts';

/** The title of a plan; a plan that was never named gets a general one. */
export function titleOfPlan(name: string): string {
  return name === '' ? 'Untitled plan' : name;
}

/** `2 sub-configs for pruning, 1 for distillation`, or that it is empty. */
export function wordCounts(counts: PlanSummary['counts']): string {
  const parts = modes
    .filter((mode) => counts[mode] > 0)
    .map((mode, at) => `${at === 0 ? formatQuantity(counts[mode], 'sub-config') : counts[mode]} for ${mode}`);
  return parts.length === 0 ? 'no sub-configs yet' : parts.join(', ');
}

/** `resnet18, 68 modules`. */
export function wordModel({ model, moduleCount }: Pick<PlanSummary, 'model' | 'moduleCount'>): string {
  return model === null ? 'no model yet' : `${model}, ${formatQuantity(moduleCount, 'module')}`;
}

const day = 24 * 60 * 60 * 1000;

/** When something was, as short as it is clear: `just now`, `12 min ago`, `14:05`, `3 Nov`, `3 Nov 2025`. */
export function wordTime(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const then = new Date(at);
  const clock = `${String(then.getHours()).padStart(2, '0')}:${String(then.getMinutes()).padStart(2, '0')}`;
  if (now - at < day) return clock;
  const month = then.toLocaleString('en', { month: 'short' });
  const date = `${then.getDate()} ${month}`;
  return then.getFullYear() === new Date(now).getFullYear() ? date : `${date} ${then.getFullYear()}`;
}
