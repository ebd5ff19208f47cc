import { ChevronDown, ChevronRight, EllipsisVertical, Trash2, Ungroup } from 'lucide-react';
import { useMemo, type KeyboardEvent } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { familyKey } from '../../../store/view-store.ts';
import { IconButton } from '../../shared/Button.tsx';
import { formatCount } from '../../../core/text/format-count.ts';
import { formatQuantity } from '../../shared/format.ts';
import { MenuButton } from '../../shared/layers/MenuButton.tsx';
import { MenuItem } from '../../shared/layers/Popover.tsx';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { useActions, useDocument } from '../../shared/use-app.ts';
import { CardContext, type Card } from '../card/card-context.ts';
import { placeFindings } from '../card/finding-places.ts';
import { MoveToMode } from '../card/MoveToMode.tsx';
import { SubConfigCard } from '../card/SubConfigCard.tsx';
import { useIsClosed, useToggle } from '../card/use-open-cards.ts';
import { NearItems } from '../near-list/NearItems.tsx';
import { DragGrip } from '../pane/DragGrip.tsx';
import { useListItems } from '../pane/use-list-items.ts';
import { useMoveCard } from '../pane/use-move-card.ts';
import { AddSetting } from '../settings/AddSetting.tsx';
import { SettingsSection } from '../settings/SettingsSection.tsx';
import { TargetsSection } from '../settings/TargetsSection.tsx';
import { FamilyMarks } from './FamilyMarks.tsx';
import { useFamily } from './use-family.ts';

const selectLists = (state: DocumentState) => state.history.present.lists;

/**
 * Neighbours that a preset or a fix made alike, as one card (rule K2): it is closed until it is opened, their common part
 * is edited for all of them, and they can be taken apart.
 */
export function FamilyCard({ family, ids, mode, start }: {
  readonly family: string;
  readonly ids: readonly string[];
  readonly mode: Mode;
  /** Place of the first member in the list, from 0. */
  readonly start: number;
}) {
  const key = familyKey(family);
  const closed = useIsClosed(key, true);
  const toggle = useToggle(key, true);
  const { edit } = useActions();
  const { title, settings, common, view, moduleCount, severities, colors, isOn } = useFamily(mode, ids);
  const first = start + 1;
  const last = start + ids.length;
  const name = `sub-configs ${first} to ${last}`;
  const move = useMoveCard();
  const items = useListItems(mode);
  const step = (by: 1 | -1) => {
    const at = items.findIndex((item) => item.start === start);
    // Past all of the card above or below, which may be a family, too.
    const passed = items[at + by]?.ids.length ?? 0;
    move(ids[0]!, start + by * passed, ids.length);
  };
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? -1 : 1);
  };
  const configs = useDocument(selectLists)[mode].slice(start, start + ids.length).map(({ config }) => config);
  const card = useMemo((): Card => {
    return { id: ids[0]!, mode, number: first, cardName: name, ids, config: common, view, findings: placeFindings([], common) };
  }, [ids, mode, first, name, common, view]);
  return (
    <article aria-label={`Sub-configs ${first} to ${last}`} className="@container rounded-md border border-line bg-surface">
      <div onKeyDown={press} className="long-head flex min-h-8 items-center gap-1 pr-1 pl-0.5">
        <DragGrip name={name} id={ids[0]!} count={ids.length} onStep={step} />
        <button
          type="button"
          aria-expanded={!closed}
          aria-label={`${closed ? 'Open' : 'Close'} ${name}`}
          onClick={toggle}
          className="flex min-h-7 min-w-0 flex-1 items-center gap-1.5 rounded text-left"
        >
          {closed ? <ChevronRight size={14} className="shrink-0 text-muted" /> : <ChevronDown size={14} className="shrink-0 text-muted" />}
          <FamilyMarks first={{ number: first, color: colors.first }} last={{ number: last, color: colors.last }} state={isOn ? 'selected' : 'off'} />
          <span className="head-lines flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
            <span className="head-title font-medium" title={title}>
              {title}
            </span>
            <span className="line-clamp-2 text-xs text-muted" title={settings}>
              {settings}
            </span>
          </span>
        </button>
        <span className="head-counts flex shrink-0 items-center gap-2 pl-1 text-xs text-muted">
          {severities.map(({ severity, count }) => (
            <span key={severity} className="flex items-center gap-1">
              <SeverityIcon severity={severity} />
              {count}
            </span>
          ))}
          {isOn ? formatQuantity(moduleCount, 'module') : 'off'}
        </span>
        <button
          type="button"
          role="switch"
          aria-checked={isOn}
          aria-label={`Use ${name}`}
          onClick={() => edit(ids.map((id) => ({ type: 'set-enabled', mode, id, enabled: !isOn })))}
          className="ml-1 flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 aria-checked:justify-end aria-checked:bg-inverse"
        >
          <span className={`size-2.5 rounded-full ${isOn ? 'bg-inverse-text' : 'bg-line-strong forced-colors:bg-[ButtonText]'}`} />
        </button>
        <MenuButton
          label={`Actions of ${name}`}
          align="end"
          trigger={(props) => (
            <IconButton size="small" label={`Actions of ${name}`} icon={<EllipsisVertical size={14} />} {...props} />
          )}
        >
          {(close) => (
            <>
              <MenuItem
                icon={<Ungroup size={14} />}
                onSelect={() => {
                  close();
                  edit({ type: 'take-apart', mode, ids });
                }}
              >
                Take apart
              </MenuItem>
              <MoveToMode ids={ids} configs={configs} close={close} />
              <MenuItem
                icon={<Trash2 size={14} />}
                danger
                onSelect={() => {
                  close();
                  edit({ type: 'remove-sub-configs', mode, ids });
                }}
              >
                Remove all {formatCount(ids.length)}
              </MenuItem>
            </>
          )}
        </MenuButton>
      </div>
      {!closed && (
        <div className="flex flex-col gap-2 px-3 pt-1 pb-2.5 *:isolate">
          <CardContext value={card}>
            <p className="text-xs text-muted">What is set here changes all {formatCount(ids.length)}.</p>
            <TargetsSection />
            <SettingsSection path={[]} />
            <AddSetting path={[]} />
          </CardContext>
          <ol aria-label={`Members of ${name}`} className="flex flex-col gap-1">
            <NearItems
              ids={ids}
              usualHeight={34}
              idOf={(id) => (ids.includes(id) ? id : null)}
              nameOf={(at) => `Sub-config ${first + at}`}
            >
              {(id) => <SubConfigCard id={id} mode={mode} isMember />}
            </NearItems>
          </ol>
        </div>
      )}
    </article>
  );
}
