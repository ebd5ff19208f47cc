import { ChevronDown, ChevronRight, GripVertical } from 'lucide-react';
import type { DragEvent, KeyboardEvent } from 'react';
import type { Finding } from '../../../core/checks/finding.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import { IconButton } from '../../shared/Button.tsx';
import { SubConfigMark } from '../../shared/SubConfigMark.tsx';
import { useActions, useStores } from '../../shared/use-app.ts';
import { useCard } from './card-context.ts';
import { CardMenu } from './CardMenu.tsx';
import { CardSummary } from './CardSummary.tsx';
import { useChoosing } from '../pane/choosing.ts';
import { cardDragType, useMoveCard } from '../pane/use-move-card.ts';

export interface CardHeaderProps {
  readonly subConfig: SubConfig;
  readonly collapsed: boolean;
  readonly findings: readonly Finding[];
}

/** Mark, label, switch and what can be done with a whole sub-config. */
export function CardHeader({ subConfig, collapsed, findings }: CardHeaderProps) {
  const { id, number } = useCard();
  const { setView } = useActions();
  const { view } = useStores();
  const move = useMoveCard();
  const name = `sub-config ${number}`;
  const toggle = () => {
    const next = new Set(view.getState().collapsedSubConfigs);
    if (!next.delete(id)) next.add(id);
    setView({ collapsedSubConfigs: next });
  };
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(id, number - 1 + (event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <div onKeyDown={press} className="py-1.5 pr-2 pl-1">
      <div className="flex items-center gap-1">
        <CardGrip />
        <IconButton
          size="small"
          label={`${collapsed ? 'Open' : 'Close'} ${name}`}
          aria-expanded={!collapsed}
          icon={collapsed ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
          onClick={toggle}
        />
        <SubConfigMark number={number} color={subConfig.color} state={subConfig.enabled ? 'selected' : 'off'} />
        <LabelField subConfig={subConfig} />
        <EnabledSwitch subConfig={subConfig} />
        <CardMenu subConfig={subConfig} />
      </div>
      <CardSummary enabled={subConfig.enabled} findings={collapsed ? findings : []} />
    </div>
  );
}

/** Where a card is taken hold of; while several are chosen, the box that chooses it. */
function CardGrip() {
  const { id, number } = useCard();
  const move = useMoveCard();
  const choosing = useChoosing();
  if (choosing) {
    return (
      <input
        type="checkbox"
        checked={choosing.chosen.has(id)}
        aria-label={`Choose sub-config ${number}`}
        onChange={() => choosing.toggle(id)}
        className="mx-1 size-4"
      />
    );
  }
  return (
    <span
      role="button"
      tabIndex={0}
      draggable
      aria-label={`Move sub-config ${number}`}
      title="Drag to reorder, or press ↑ and ↓ (Alt+↑ and Alt+↓ from anywhere in this line)"
      onDragStart={(event: DragEvent<HTMLElement>) => {
        event.dataTransfer.setData(cardDragType, id);
        event.dataTransfer.effectAllowed = 'move';
        const header = event.currentTarget.closest('article')?.firstElementChild;
        if (header) event.dataTransfer.setDragImage(header, 8, 8);
      }}
      onKeyDown={(event) => {
        if (event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        move(id, number - 1 + (event.key === 'ArrowUp' ? -1 : 1));
      }}
      className="flex h-6 w-5 cursor-grab items-center justify-center rounded text-faint hover:text-text active:cursor-grabbing"
    >
      <GripVertical size={14} aria-hidden="true" />
    </span>
  );
}

function LabelField({ subConfig }: { readonly subConfig: SubConfig }) {
  const { id, mode, number } = useCard();
  const { edit } = useActions();
  return (
    <input
      type="text"
      value={subConfig.label}
      aria-label={`Label of sub-config ${number}`}
      placeholder={`Sub-config ${number}`}
      data-field="label"
      onChange={(event) => edit({ type: 'set-label', mode, id, label: event.target.value }, `${mode} ${id} label`)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
      className="h-6 min-w-0 flex-1 truncate rounded border border-transparent bg-transparent px-1 font-medium placeholder:text-text hover:border-line"
    />
  );
}

function EnabledSwitch({ subConfig: { enabled } }: { readonly subConfig: SubConfig }) {
  const { id, mode, number } = useCard();
  const { edit } = useActions();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={enabled}
      aria-label={`Use sub-config ${number}`}
      title={enabled ? 'On: part of the list' : 'Off: kept here, left out of the list'}
      onClick={() => edit({ type: 'set-enabled', mode, id, enabled: !enabled })}
      className="flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 aria-checked:justify-end aria-checked:bg-inverse"
    >
      <span className={`size-2.5 rounded-full ${enabled ? 'bg-inverse-text' : 'bg-line-strong forced-colors:bg-[ButtonText]'}`} />
    </button>
  );
}
