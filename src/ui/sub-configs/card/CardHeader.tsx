import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { settingsText, titleText } from '../../../core/config/sub-config-words.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import { SubConfigMark } from '../../shared/SubConfigMark.tsx';
import { useActions } from '../../shared/use-app.ts';
import { useCard } from './card-context.ts';
import { CardMenu } from './CardMenu.tsx';
import { CardCounts, CardSummary } from './CardSummary.tsx';
import { CardTitle } from './CardTitle.tsx';
import { LabelField } from './LabelField.tsx';
import { useChoosing } from '../pane/choosing.ts';
import { DragGrip } from '../pane/DragGrip.tsx';
import { useMoveCard } from '../pane/use-move-card.ts';

export interface CardHeaderProps {
  readonly subConfig: SubConfig;
  readonly collapsed: boolean;
  readonly findings: readonly Finding[];
  readonly onToggle: () => void;
}

/** Letters of a title that leaves no room for the counts next to it on a phone. */
const longTitle = 24;

/** One line: mark, title, settings, counts, switch and menu; in an open card the counts are below. */
export function CardHeader({ subConfig, collapsed, findings, onToggle }: CardHeaderProps) {
  const { id, mode, number } = useCard();
  const { label, config, enabled, color } = subConfig;
  const move = useMoveCard();
  const [isRenaming, setRenaming] = useState(false);
  const titleId = useId();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'F2') setRenaming(true);
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(id, number - 1 + (event.key === 'ArrowUp' ? -1 : 1));
  };
  const settings = collapsed ? settingsText(config, mode) : '';
  const isLong = collapsed && (label || titleText(config)).length > longTitle;
  return (
    <div onKeyDown={press} className="pr-1 pl-0.5">
      <div className={`flex min-h-8 items-center gap-1 ${isLong ? 'long-head' : ''}`}>
        <CardGrip />
        {isRenaming ? (
          <LabelField subConfig={subConfig} onDone={() => setRenaming(false)} />
        ) : (
          <button
            type="button"
            aria-expanded={!collapsed}
            aria-label={`${collapsed ? 'Open' : 'Close'} sub-config ${number}`}
            aria-describedby={titleId}
            data-field="label"
            onClick={onToggle}
            onDoubleClick={() => setRenaming(true)}
            className="flex min-h-7 min-w-0 flex-1 items-center gap-1.5 rounded text-left"
          >
            {collapsed ? <ChevronRight size={14} className="shrink-0 text-muted" /> : <ChevronDown size={14} className="shrink-0 text-muted" />}
            <SubConfigMark number={number} color={color} state={enabled ? 'selected' : 'off'} />
            {/* Settings without room next to the title stand below it, in two lines at most. */}
            <span className="head-lines flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
              <span id={titleId} className={collapsed ? 'head-title' : 'max-w-full min-w-0 truncate'}>
                <CardTitle label={label} config={config} />
              </span>
              {settings !== '' && (
                <span className="line-clamp-2 text-xs text-muted" title={settings}>
                  {settings}
                </span>
              )}
            </span>
          </button>
        )}
        {collapsed && <CardCounts enabled={enabled} findings={findings} />}
        <EnabledSwitch subConfig={subConfig} />
        <CardMenu subConfig={subConfig} onRename={() => setRenaming(true)} />
      </div>
      {!collapsed && <CardSummary subConfig={subConfig} />}
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
  return <DragGrip name={`sub-config ${number}`} id={id} count={1} onStep={(by) => move(id, number - 1 + by)} />;
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
      className="ml-1 flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 aria-checked:justify-end aria-checked:bg-inverse"
    >
      <span className={`size-2.5 rounded-full ${enabled ? 'bg-inverse-text' : 'bg-line-strong forced-colors:bg-[ButtonText]'}`} />
    </button>
  );
}
