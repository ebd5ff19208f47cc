import { ArrowDown, ArrowUp, Braces, ChevronDown, ChevronRight, CopyPlus, EllipsisVertical, GripVertical, Palette, Trash2 } from 'lucide-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { writeJson } from '../../core/config/json-writer.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { MenuItem, Popover } from '../shared/Popover.tsx';
import { markColors, SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useActions, useDerived, useStores } from '../shared/use-app.ts';
import { useCard } from './card-context.ts';

/** Type of what is dragged when a card is. */
export const cardDragType = 'application/x-espalier-sub-config';

export interface CardHeaderProps {
  readonly subConfig: SubConfig;
  /** Number of sub-configs in the list. */
  readonly count: number;
  readonly collapsed: boolean;
}

/** Mark, label, switch and what can be done with a whole sub-config. */
export function CardHeader({ subConfig, count, collapsed }: CardHeaderProps) {
  const { id, mode, number } = useCard();
  const { edit, setView } = useActions();
  const { view } = useStores();
  const name = `sub-config ${number}`;
  const toggle = () => {
    const next = new Set(view.getState().collapsedSubConfigs);
    if (!next.delete(id)) next.add(id);
    setView({ collapsedSubConfigs: next });
  };
  const move = (to: number) => edit({ type: 'move-sub-config', mode, id, to });
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(number - 1 + (event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <div onKeyDown={press} className="px-2 py-1.5">
      <div className="flex items-center gap-1.5">
        <span
          draggable
          title="Drag to reorder (or Alt+↑, Alt+↓)"
          onDragStart={(event: DragEvent) => event.dataTransfer.setData(cardDragType, id)}
          className="cursor-grab text-faint"
        >
          <GripVertical size={14} aria-hidden="true" />
        </span>
        <IconButton
          size="small"
          label={`${collapsed ? 'Open' : 'Close'} ${name}`}
          aria-expanded={!collapsed}
          icon={collapsed ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
          onClick={toggle}
        />
        <SubConfigMark number={number} color={subConfig.color} state={subConfig.enabled ? 'selected' : 'off'} />
        <input
          type="text"
          value={subConfig.label}
          aria-label={`Label of ${name}`}
          placeholder={`Sub-config ${number}`}
          onChange={(event) => edit({ type: 'set-label', mode, id, label: event.target.value }, `${mode} ${id} label`)}
          className="h-6 min-w-0 flex-1 rounded border border-transparent bg-transparent px-1 font-medium hover:border-line"
        />
        <button
          type="button"
          role="switch"
          aria-checked={subConfig.enabled}
          aria-label={`Use ${name}`}
          title={subConfig.enabled ? 'On: part of the list' : 'Off: kept here, left out of the list'}
          onClick={() => edit({ type: 'set-enabled', mode, id, enabled: !subConfig.enabled })}
          className="flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 aria-checked:justify-end aria-checked:bg-inverse"
        >
          <span className={`size-2.5 rounded-full ${subConfig.enabled ? 'bg-inverse-text' : 'bg-line-strong'}`} />
        </button>
        <CardMenu subConfig={subConfig} count={count} move={move} />
      </div>
      <Summary enabled={subConfig.enabled} />
    </div>
  );
}

function CardMenu({ subConfig, count, move }: {
  readonly subConfig: SubConfig;
  readonly count: number;
  readonly move: (to: number) => void;
}) {
  const { id, mode, number } = useCard();
  const { edit } = useActions();
  return (
    <Popover
      label={`Actions of sub-config ${number}`}
      align="end"
      trigger={(props) => (
        <IconButton size="small" label={`Actions of sub-config ${number}`} icon={<EllipsisVertical size={14} />} {...props} />
      )}
    >
      {(close) => {
        const choose = (action: () => void) => () => {
          close();
          action();
        };
        return (
          <>
            <MenuItem icon={<CopyPlus size={14} />} onSelect={choose(() => edit({ type: 'duplicate-sub-config', mode, id }))}>
              Duplicate
            </MenuItem>
            <MenuItem icon={<ArrowUp size={14} />} hint="Alt+↑" disabled={number === 1} onSelect={choose(() => move(number - 2))}>
              Move up
            </MenuItem>
            <MenuItem icon={<ArrowDown size={14} />} hint="Alt+↓" disabled={number === count} onSelect={choose(() => move(number))}>
              Move down
            </MenuItem>
            <MenuItem
              icon={<Palette size={14} />}
              onSelect={choose(() => edit({ type: 'set-color', mode, id, color: (subConfig.color + 1) % markColors }))}
            >
              Next colour
            </MenuItem>
            <MenuItem
              icon={<Braces size={14} />}
              onSelect={choose(() => void navigator.clipboard.writeText(writeJson(subConfig.config)))}
            >
              Copy as JSON
            </MenuItem>
            <hr className="my-1 border-line" />
            <MenuItem
              icon={<Trash2 size={14} />}
              danger
              onSelect={choose(() => edit({ type: 'remove-sub-configs', mode, ids: [id] }))}
            >
              Remove
            </MenuItem>
          </>
        );
      }}
    </Popover>
  );
}

const selectResolved = (state: DerivedState) => state.lists;

/** `selects 48 · excludes 2 · 3 targets already taken by #1` */
function Summary({ enabled }: { readonly enabled: boolean }) {
  const { mode, index } = useCard();
  const view = useDerived(selectResolved)[mode]?.subConfigs[index];
  const parts: string[] = [];
  if (!enabled) parts.push('off: left out of the list');
  else if (view) {
    parts.push(`selects ${formatQuantity(view.count, 'module')}`);
    if (view.excludedCount > 0) parts.push(`excludes ${view.excludedCount}`);
    for (const { to, count } of view.lostTargets) {
      parts.push(`${formatQuantity(count, 'target')} already taken by #${to + 1}`);
    }
  }
  return (
    <p className="min-h-4 truncate pl-[4.75rem] text-xs text-muted" title={parts.join(' · ')}>
      {parts.join(' · ')}
    </p>
  );
}
