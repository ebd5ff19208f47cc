import { ChevronDown, ChevronRight, Link2 } from 'lucide-react';
import { memo, useCallback, useLayoutEffect, useRef } from 'react';
import type { RowRendererProps } from 'react-arborist';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { formatQuantity } from '../shared/format.ts';
import { describeGroup } from '../shared/groups.ts';
import { GroupMark } from '../shared/GroupMark.tsx';
import { SeverityIcon, severityLabels } from '../shared/SeverityIcon.tsx';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { labelsOf } from './row-labels.ts';
import { useRowState, type RowMark, type RowState } from './row-state.ts';
import type { VisibleRow } from './visible-rows.ts';

/** The focusable element of a row, with what a screen reader says of it. */
export function TreeItem({ node, attrs, innerRef }: RowRendererProps<VisibleRow>) {
  const row = node.data;
  const state = useRowState(row);
  const element = useRef<HTMLDivElement>(null);
  // One function as long as the tree's is one: else every row would be let go and taken again at each drawing.
  const hold = useCallback(
    (drawn: HTMLDivElement | null) => {
      element.current = drawn;
      innerRef(drawn);
    },
    [innerRef],
  );
  useLayoutEffect(() => {
    const drawn = element.current;
    return () => leaveFocus(drawn);
  }, []);
  if (!state) return null;
  const { tree, preview, marks, groups, severity, chosen } = state;
  const { 'aria-expanded': _expanded, ...rest } = attrs;
  const labels = labelsOf(tree, row);
  const name = [
    labels.fullName,
    labels.type,
    labels.shape,
    ...(preview?.matches ? ['matches the pattern'] : []),
    ...marks.map(describeMark),
    ...groups.map(({ group }) => `in ${describeGroup(group)}`),
    ...(severity === null ? [] : [severityLabels[severity]]),
  ];
  return (
    <div
      {...rest}
      // The tree would let a row grow with its name, and what stands at its end would be out of sight.
      style={{ ...rest.style, minWidth: 0 }}
      tabIndex={node.isFocused ? 0 : -1}
      aria-level={row.depth + 1}
      // Only the rows around what is in sight are in the page: how many there are must be said.
      aria-posinset={row.place}
      aria-setsize={row.beside}
      aria-selected={chosen}
      data-row={row.id}
      draggable
      {...(row.state === 'leaf' ? {} : { 'aria-expanded': row.state === 'open' })}
      aria-label={name.filter((part) => part !== '').join(', ')}
      ref={hold}
      onFocus={(event) => event.stopPropagation()}
      className="group select-none outline-offset-[-2px] hover:bg-hover aria-selected:bg-chosen aria-selected:shadow-[inset_-2px_0_var(--line-strong)]"
    >
      <RowContent row={row} state={state} />
    </div>
  );
}

/** A row that is scrolled out of sight is taken away: the tree keeps the focus for it, and the keys go on from there. */
function leaveFocus(row: HTMLElement | null): void {
  if (row === document.activeElement) row?.closest<HTMLElement>('[role=tree]')?.focus({ preventScroll: true });
}

function describeMark(mark: RowMark): string {
  return `${mark.state} by sub-config ${mark.number}`;
}

/** For a tree component that draws the content of a row apart from the row: here the row draws it. */
export function NoContent(): null {
  return null;
}

/** Pixels by which what is beneath a row stands further to the right. */
const indent = 14;
/** So that of a row far beneath the others its name is in sight, not only the space before it. */
const mostIndent = '50%';

/** In forced colours, which take the background away, a dashed outline marks a match. */
const matchedRow =
  'border-preview-line bg-preview forced-colors:outline-2 forced-colors:-outline-offset-2 forced-colors:outline-dashed';
const faintText = 'text-faint forced-colors:text-(--dimmed)';

/** What a row shows; drawn anew only where that changes. */
const RowContent = memo(function RowContent({ row, state }: { readonly row: VisibleRow; readonly state: RowState }) {
  const { tree, closed, preview, marks, groups, severity } = state;
  const labels = labelsOf(tree, row);
  const dimmed = (preview !== null && preview.count === 0) || row.found === false;
  return (
    <div
      style={{ paddingLeft: `min(${row.depth * indent}px, ${mostIndent})` }}
      className={`flex h-full items-center gap-1.5 border-l-2 pr-2 ${preview?.matches && row.runLength === 0 ? matchedRow : 'border-transparent forced-colors:ml-0.5 forced-colors:border-l-0'}`}
    >
      {row.state === 'leaf' ? (
        <span className="w-4 shrink-0" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          onMouseDown={(event) => event.preventDefault()}
          data-toggle=""
          className="flex size-4 shrink-0 items-center justify-center rounded text-muted hover:bg-chosen"
        >
          {closed ? <ChevronRight size={12} /> : <ChevronDown size={12} />}
        </button>
      )}
      <span className={`truncate font-mono text-code ${dimmed ? faintText : ''}`}>{labels.label}</span>
      <span className={`min-w-12 truncate text-xs ${dimmed ? faintText : 'text-muted'}`}>{labels.type}</span>
      <SharedMark tree={tree} row={row} />
      <span className="flex-1" />
      {preview !== null && closed && preview.count > 0 && (
        <span className="shrink-0 rounded-sm bg-preview px-1 text-xs forced-colors:outline-1 forced-colors:outline-dashed" title="Modules here that match the pattern">
          {formatCount(preview.count)}
        </span>
      )}
      {labels.shape !== '' && marks.length < 4 && (
        <span className="hidden shrink-0 font-mono text-[11px] text-faint @min-[300px]:inline">{labels.shape}</span>
      )}
      {groups.slice(0, 2).map(({ group, index }) => (
        <GroupMark key={index} index={index} hint={describeGroup(group)} />
      ))}
      {severity !== null && <SeverityIcon severity={severity} named={false} />}
      <span className={`flex shrink-0 items-center ${closed ? 'gap-1.5' : 'gap-0.5'}`}>
        {marks.slice(0, 4).map((mark) => (
          <Mark key={mark.id} mark={mark} size={row.end - row.module} counted={closed && preview === null} />
        ))}
        {marks.length > 4 && <span className="text-xs text-muted">+{marks.length - 4}</span>}
      </span>
    </div>
  );
});

function Mark({ mark, size, counted }: { readonly mark: RowMark; readonly size: number; readonly counted: boolean }) {
  return (
    <span
      className="inline-flex items-center gap-0.5"
      title={
        counted && mark.state === 'selected'
          ? `Sub-config ${mark.number} selects ${formatCount(mark.count)} of ${formatQuantity(size, 'module')} here`
          : `${mark.state === 'selected' ? 'Selected' : 'Excluded'} by sub-config ${mark.number}`
      }
    >
      {counted && mark.state === 'selected' && <span className="text-[11px] text-muted">{formatCount(mark.count)}</span>}
      <SubConfigMark number={mark.number} color={mark.color} state={mark.state} />
    </span>
  );
}

function SharedMark({ tree, row }: { readonly tree: ModuleTree; readonly row: VisibleRow }) {
  const first = tree.sharedWith.get(row.module);
  if (first === undefined || row.runLength > 0) return null;
  return (
    <span className="shrink-0 text-faint" title={`The same module as ${moduleName(tree, first)}`}>
      <Link2 size={12} aria-hidden="true" />
    </span>
  );
}
