import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { OpenedTree } from '../../worker/protocol.ts';
import { labelsOf } from '../tree/rows/row-labels.ts';
import { leaf, open } from '../tree/rows/open-rows.ts';
import { rowHeight } from '../tree/rows/row-window.ts';
import { rowAt, type VisibleRow } from '../tree/rows/visible-rows.ts';
import { markColors } from '../shared/SubConfigMark.tsx';
import type { NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';
import type { OrderedLinks } from './link-order.ts';
import { isFailing } from './link-wording.ts';
import { describeRow, type RowLinks } from './row-links.ts';
import type { TeacherRows } from './use-teacher-rows.ts';
import type { useRowsInSight } from './use-rows-in-sight.ts';

export interface TeacherTreeProps {
  readonly opened: OpenedTree;
  readonly student: OpenedTree;
  readonly links: OrderedLinks;
  readonly subConfigs: readonly (NumberedSubConfig | null)[];
  readonly list: TeacherRows;
  readonly sight: ReturnType<typeof useRowsInSight>;
  /** The student's modules that link to the row were asked for. */
  readonly onChoose: (row: RowLinks) => void;
}

/** The teacher's modules, each with its links. One tab stop; arrow keys go through the rows. */
export function TeacherTree({ opened, student, links, subConfigs, list, sight, onChoose }: TeacherTreeProps) {
  const { tree } = opened;
  const { rows, toggle } = list;
  const [active, setActive] = useState(0);
  const id = useId();
  const at = Math.min(active, rows.size - 1);
  const linked = (place: number) => describeRow(links, rows, place, student.tree);

  const goTo = (wanted: number) => {
    const place = Math.max(0, Math.min(wanted, rows.size - 1));
    setActive(place);
    sight.show(place);
  };
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(sight.size.height / rowHeight) - 1);
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.size - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (goal !== undefined) goTo(goal);
    else if (event.key === 'ArrowRight' && rows.state[at] !== leaf) {
      if (rows.state[at] === open) goTo(at + 1);
      else toggle(at);
    } else if (event.key === 'ArrowLeft') {
      if (rows.state[at] === open) toggle(at);
      else if (rows.above[at]! >= 0) goTo(rows.above[at]!);
    } else if (event.key === 'Enter' || event.key === ' ') {
      const row = linked(at);
      if (row) onChoose(row);
      else if (rows.state[at] !== leaf) toggle(at);
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={sight.box}
      role="tree"
      aria-label="Teacher"
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      onScroll={sight.onScroll}
      onKeyDown={press}
      className="group/tree scrollbar-room min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]"
    >
      <div role="none" style={{ height: rows.size * rowHeight }} className="relative">
        {Array.from({ length: Math.max(0, sight.end - sight.start) }, (_, step) => sight.start + step).map((place) => {
          const row = rowAt(tree, rows, place);
          return (
            <TeacherRow
              key={row.id}
              id={`${id}-${place}`}
              top={place * rowHeight}
              row={row}
              labels={labelsOf(tree, row)}
              linked={linked(place)}
              subConfigs={subConfigs}
              isActive={place === at}
              onToggle={() => toggle(place)}
              onPress={(links_) => {
                setActive(place);
                if (links_) onChoose(links_);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

interface TeacherRowProps {
  readonly id: string;
  readonly top: number;
  readonly row: VisibleRow;
  readonly labels: ReturnType<typeof labelsOf>;
  readonly linked: RowLinks | null;
  readonly subConfigs: readonly (NumberedSubConfig | null)[];
  readonly isActive: boolean;
  readonly onToggle: () => void;
  readonly onPress: (linked: RowLinks | null) => void;
}

const indent = 14;

function TeacherRow({ id, top, row, labels, linked, subConfigs, isActive, onToggle, onPress }: TeacherRowProps) {
  const subConfig = linked ? subConfigs[linked.subConfig] : null;
  const tone = subConfig ? `var(--mark-${subConfig.color % markColors})` : 'var(--line-strong)';
  const isBad = linked !== null && isFailing(linked.fit);
  const inset = `min(${row.depth * indent}px, 60%)`;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-posinset={row.place}
      aria-setsize={row.beside}
      aria-selected={isActive}
      {...(row.state === 'leaf' ? {} : { 'aria-expanded': row.state === 'open' })}
      aria-label={[labels.fullName, labels.type, labels.shape, linked?.title ?? ''].filter((part) => part !== '').join(', ')}
      onClick={(event) => ((event.target as Element).closest('[data-toggle]') ? onToggle() : onPress(linked))}
      onDoubleClick={(event) => row.state !== 'leaf' && !(event.target as Element).closest('[data-toggle]') && onToggle()}
      style={{ top, height: rowHeight, ...(linked?.isOwn && { background: `color-mix(in srgb, ${tone} 10%, transparent)` }) }}
      className="teacher-columns absolute inset-x-0 cursor-default items-center pr-3 select-none hover:bg-hover group-focus/tree:aria-selected:outline-2 group-focus/tree:aria-selected:-outline-offset-2 group-focus/tree:aria-selected:outline-focus"
    >
      <span className="flex h-full items-center" title={linked?.title}>
        {linked && (
          <>
            <span style={{ background: tone }} className={`h-full w-1 forced-color-adjust-none ${linked.isOwn ? '' : 'opacity-45'}`} />
            <span style={{ color: tone }} className="flex-1 text-center font-mono text-[11px] leading-none font-semibold">
              {subConfig?.number}
            </span>
          </>
        )}
      </span>
      <span style={{ paddingLeft: inset, backgroundSize: `${inset} 100%` }} className="tree-guides flex h-full min-w-0 items-center gap-1">
        {row.state === 'leaf' ? (
          <span className="w-4 shrink-0" />
        ) : (
          <span data-toggle="" aria-hidden="true" className="flex size-4 shrink-0 items-center justify-center rounded text-muted hover:bg-chosen">
            {row.state === 'closed' ? <ChevronRight size={12} /> : <ChevronDown size={12} />}
          </span>
        )}
        <span className="min-w-0 truncate font-mono text-code" title={labels.fullName}>
          {labels.label}
        </span>
      </span>
      <span className="truncate text-xs text-muted" title={labels.type}>
        {labels.type}
      </span>
      <span className={`truncate text-right text-xs ${isBad ? 'font-medium text-refused' : linked ? 'text-text' : 'text-muted'}`} title={linked?.title}>
        {linked?.text ?? ''}
      </span>
    </div>
  );
}
