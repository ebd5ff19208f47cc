import type { SubConfig } from '../../core/plan/plan.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';

/** Which sub-config the modules are added to, or excluded from. */
export function SubConfigChoice({ subConfigs, chosen, onChoose }: {
  readonly subConfigs: readonly SubConfig[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}) {
  if (subConfigs.length === 0) {
    return <p className="px-3 py-2 text-muted">There is no sub-config yet. Make one for these modules instead.</p>;
  }
  return (
    <div role="group" aria-label="Sub-config" className="flex flex-wrap gap-1 border-b border-line px-2 py-1.5">
      {subConfigs.map(({ id, label, color, enabled }, at) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          aria-label={`Sub-config ${at + 1}${label === '' ? '' : `, ${label}`}`}
          onClick={() => onChoose(id)}
          className="flex h-6 max-w-48 items-center gap-1.5 rounded border border-line px-1.5 text-xs hover:bg-hover aria-pressed:border-line-strong aria-pressed:bg-chosen"
        >
          <SubConfigMark number={at + 1} color={color} state={enabled ? 'selected' : 'off'} />
          {label !== '' && <span className="truncate">{label}</span>}
        </button>
      ))}
    </div>
  );
}
