import { Link2 } from 'lucide-react';
import { memo, useCallback, useLayoutEffect, useRef, type CSSProperties } from 'react';
import type { RowRendererProps } from 'react-arborist';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { severityLabels } from '../../../core/diagnostics/severity.ts';
import { formatQuantity } from '../../shared/format.ts';
import { describeGroup } from '../../shared/groups.ts';
import { GroupMark } from '../../shared/GroupMark.tsx';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { markColors } from '../../shared/SubConfigMark.tsx';
import { labelsOf, type RowLabels } from './row-labels.ts';
import { useRowState, type RowMark, type RowState } from './row-state.ts';
import { useSpanIn } from './use-pattern-spans.ts';
import type { VisibleRow } from './visible-rows.ts';

/** A row of the tree. It is drawn again only when something of it changes, not with every list that is resolved. */
export function TreeItem({ node, attrs, innerRef }: RowRendererProps<VisibleRow>) {
  const row = node.data;
  const state = useRowState(row);
  const isMatched = row.runLength === 0 && (state?.preview?.matches === true || row.found === true);
  const found = useSpanIn(isMatched && state ? moduleName(state.tree, row.module) : null);
  if (!state) return null;
  const [from, to] = row.runLength > 0 ? nothing : spanInLabel(labelsOf(state.tree, row), state.searched, found);
  return <DrawnRow row={row} style={attrs.style} isFocused={node.isFocused} hold={innerRef} state={state} from={from} to={to} />;
}

interface DrawnRowProps {
  readonly row: VisibleRow;
  /** The place of the row. */
  readonly style: CSSProperties | undefined;
  readonly isFocused: boolean;
  /** Gives the drawn element to the tree. */
  readonly hold: (drawn: HTMLDivElement | null) => void;
  readonly state: RowState;
  /** The matched part of the label, from and to before; equal where there is none. */
  readonly from: number;
  readonly to: number;
}

/**
 * The focusable element of a row, with the words of a screen reader. It takes the values that the tree component makes anew for every row at
 * each change apart, so that a row that stays as it was is not drawn again.
 */
const DrawnRow = memo(function DrawnRow({ row, style, isFocused, hold, state, from, to }: DrawnRowProps) {
  const element = useRef<HTMLDivElement>(null);
  // One function as long as the tree's is one: else every row would be let go and taken again at each drawing.
  const holdBoth = useCallback(
    (drawn: HTMLDivElement | null) => {
      element.current = drawn;
      hold(drawn);
    },
    [hold],
  );
  useLayoutEffect(() => {
    const drawn = element.current;
    return () => leaveFocus(drawn);
  }, []);
  const { tree, preview, marks, moreMarks, groups, severity, severityBelow, chosen, inside } = state;
  const labels = labelsOf(tree, row);
  const name = [
    labels.fullName,
    labels.type,
    labels.shape,
    ...(preview?.matches ? ['matches the pattern'] : []),
    ...marks.map(describeMark),
    ...(moreMarks > 0 ? [`and by ${formatQuantity(moreMarks, 'more sub-config')}`] : []),
    ...groups.map(({ group }) => `in ${describeGroup(group)}`),
    ...(severity === null ? [] : [severityLabels[severity]]),
    ...(severityBelow === null ? [] : [`${severityLabels[severityBelow]} below`]),
    inside,
  ];
  return (
    <div
      role="treeitem"
      // The tree would let a row grow with its name, and the columns at its end would be out of sight.
      style={{ ...style, minWidth: 0 }}
      tabIndex={isFocused ? 0 : -1}
      aria-level={row.depth + 1}
      // Only the rows around the visible ones are in the page: how many there are must be said.
      aria-posinset={row.place}
      aria-setsize={row.beside}
      aria-selected={chosen}
      data-row={row.id}
      draggable
      {...(row.state === 'leaf' ? {} : { 'aria-expanded': row.state === 'open' })}
      aria-label={name.filter((part) => part !== '').join(', ')}
      ref={holdBoth}
      onFocus={(event) => event.stopPropagation()}
      className="group select-none outline-offset-[-2px] hover:bg-hover aria-selected:bg-chosen aria-selected:shadow-[inset_-2px_0_var(--line-strong)]"
    >
      <RowContent row={row} state={state} from={from} to={to} />
    </div>
  );
});

/** A row that is scrolled out of sight is taken away: the tree keeps the focus for it, and the keys go on from there. */
function leaveFocus(row: HTMLElement | null): void {
  if (row === document.activeElement) row?.closest<HTMLElement>('[role=tree]')?.focus({ preventScroll: true });
}

function describeMark(mark: RowMark): string {
  return `${mark.state} by sub-config ${mark.number}`;
}

const nothing = [0, 0] as const;

/** The part of a row's label that a pattern (`found`, in the full name) or the searched text matches; the rest of the full name is above. */
function spanInLabel({ fullName, label }: RowLabels, searched: string, found: readonly [number, number] | null): readonly [number, number] {
  if (fullName === '(root)') return nothing;
  const before = fullName.length - label.length;
  const start = found || searched === '' ? -1 : fullName.toLowerCase().lastIndexOf(searched.toLowerCase());
  const [from, to] = found ?? [start, start < 0 ? -1 : start + searched.length];
  return to <= before ? nothing : [Math.max(0, from - before), to - before];
}

/** For a tree component that draws the content of a row apart from the row: here the row draws it. */
export function NoContent(): null {
  return null;
}

/** The indent of a row, as wide as `--indent` for each level; capped at a part of the tree's width, so that deeply nested names stay visible. */
function indentOf(depth: number): string {
  return `min(${depth} * var(--indent), 22cqw)`;
}

/** In forced colours, which take the background away, a dashed outline marks a match. */
const matchedRow = 'bg-preview forced-colors:outline-2 forced-colors:-outline-offset-2 forced-colors:outline-dashed';
const faintText = 'text-faint forced-colors:text-(--dimmed)';

/** Characters that types and shapes have room for in any case, together and a shape alone. */
const fittingPair = 15;
const fittingShape = 15;

/** Cuts a text at the end of its column. Each text that is cut costs time at every painting: only long ones are. */
function cut(letters: number, fitting: number): string {
  return letters > fitting ? 'truncate' : 'whitespace-nowrap';
}

interface RowContentProps {
  readonly row: VisibleRow;
  readonly state: RowState;
  /** The matched part of the label, from and to before; equal where there is none. */
  readonly from: number;
  readonly to: number;
}

/** The content of a row; drawn again only when it changes. */
const RowContent = memo(function RowContent({ row, state, from, to }: RowContentProps) {
  const { tree, closed, preview, marks, moreMarks, groups, severity, severityBelow, inside } = state;
  const labels = labelsOf(tree, row);
  const dimmed = (preview !== null && preview.count === 0) || row.found === false;
  const isMatched = preview?.matches === true && row.runLength === 0;
  // Of a row that matches itself, only the others count: its own match is the row's colour.
  const matchesBelow = preview !== null && closed ? preview.count - (preview.matches && row.runLength === 0 ? 1 : 0) : 0;
  const shape = labels.shape.replaceAll(' ', '');
  const own = isMatched ? undefined : marks.find((mark) => mark.own && mark.state === 'selected');
  return (
    <div
      style={own && { background: `color-mix(in srgb, ${toneOf(own.color)} 10%, transparent)` }}
      className={`tree-columns h-full items-center pr-2 ${isMatched ? matchedRow : ''}`}
    >
      <Gutter marks={marks} more={moreMarks} closed={closed} size={row.end - row.module} />
      <span
        // Behind the space: one line for each level above.
        style={{ paddingLeft: indentOf(row.depth), backgroundSize: `${indentOf(row.depth)} 100%` }}
        className="tree-guides flex h-full min-w-0 items-center gap-1"
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
            className={`tree-chevron ${closed ? '' : 'tree-chevron-open'} flex size-4 shrink-0 items-center justify-center rounded text-muted hover:bg-chosen`}
          />
        )}
        <Label text={labels.label} from={from} to={to} dimmed={dimmed} />
        <SharedMark tree={tree} row={row} />
        {matchesBelow > 0 && (
          <span
            className="shrink-0 rounded-sm bg-preview px-1 text-xs text-text outline-preview-line/50 [.bg-preview_&]:outline-1 forced-colors:outline-1 forced-colors:outline-dashed"
            title="Modules below that match"
          >
            {formatCount(matchesBelow)}
          </span>
        )}
      </span>
      {inside !== '' && preview === null ? (
        <span className="tree-inside truncate text-xs" title={`${labels.type}: ${inside}`}>
          {inside}
        </span>
      ) : (
        <>
          <span className={`${cut(labels.type.length + shape.length, fittingPair)} text-xs ${labels.shape === '' ? 'tree-inside' : ''} ${dimmed ? faintText : 'text-muted'}`} title={labels.type}>
            {labels.type}
          </span>
          {labels.shape !== '' && (
            <span className={`tree-shape ${cut(shape.length, fittingShape)} text-right font-mono text-xs ${dimmed ? faintText : 'text-muted'}`} title={labels.shape}>
              {shape}
            </span>
          )}
        </>
      )}
      <span className={`text-right text-xs tabular-nums ${dimmed ? faintText : 'text-muted'}`}>{state.parameters}</span>
      {state.multiplyAdds !== null && (
        <span className={`text-right text-xs tabular-nums ${dimmed ? faintText : 'text-muted'}`}>{state.multiplyAdds}</span>
      )}
      <span className="flex items-center justify-end gap-1">
        {groups.slice(0, 1).map(({ index }) => (
          <GroupMark key={index} index={index} hint={groups.map((one) => describeGroup(one.group)).join(', ')} />
        ))}
        {severityBelow !== null ? (
          <span className="inline-flex opacity-75 forced-colors:opacity-100" title={`Below: ${severityLabels[severityBelow]}`}>
            <SeverityIcon severity={severityBelow} named={false} />
          </span>
        ) : (
          severity !== null && <SeverityIcon severity={severity} named={false} />
        )}
      </span>
    </div>
  );
});

/** A name with its matched part marked. */
function Label({ text, from, to, dimmed }: { readonly text: string; readonly from: number; readonly to: number; readonly dimmed: boolean }) {
  return (
    <span className={`min-w-0 flex-[0_1_auto] truncate font-mono text-code ${dimmed ? faintText : ''}`} title={text}>
      {to > from ? (
        <>
          {text.slice(0, from)}
          <span className="font-semibold underline decoration-preview-line decoration-2 underline-offset-3">{text.slice(from, to)}</span>
          {text.slice(to)}
        </>
      ) : (
        text
      )}
    </span>
  );
}

function toneOf(color: number): string {
  return `var(--mark-${color % markColors})`;
}

/** Numbers that the gutter has room for. */
const mostNumbers = 2;

/** The left edge of a row: a bar and the number of each sub-config that selects or excludes it, or modules below it. */
function Gutter({ marks, more, closed, size }: {
  readonly marks: readonly RowMark[];
  readonly more: number;
  readonly closed: boolean;
  readonly size: number;
}) {
  if (marks.length === 0) return <span />;
  const shown = marks.length > mostNumbers ? marks.slice(0, mostNumbers - 1) : marks;
  const titles = [...marks.map((mark) => titleOf(mark, closed, size)), ...(more > 0 ? [`and ${formatQuantity(more, 'more sub-config')}`] : [])];
  return (
    <span className="flex h-full items-center" title={titles.join('\n')}>
      <span className="flex h-full w-1 shrink-0 flex-col">
        {marks.map((mark) => (
          <span
            key={mark.id}
            style={{ [mark.state === 'excluded' ? 'borderColor' : 'background']: toneOf(mark.color) }}
            className={`flex-1 forced-color-adjust-none ${mark.state === 'excluded' ? 'border-l-2 border-dotted' : mark.own ? '' : 'opacity-45'}`}
          />
        ))}
      </span>
      {/* Two numbers stand one above the other: side by side they would read as one. */}
      <span className={`flex flex-1 flex-col items-center overflow-hidden font-mono font-semibold ${marks.length > 1 ? 'text-[10px] leading-[12px]' : 'text-[11px] leading-none'}`}>
        {shown.map((mark) => (
          <span key={mark.id} style={{ color: toneOf(mark.color) }} className={mark.state === 'excluded' ? 'line-through' : ''}>
            {mark.number}
          </span>
        ))}
        {marks.length > shown.length && <span className="text-muted">+</span>}
      </span>
    </span>
  );
}

function titleOf(mark: RowMark, closed: boolean, size: number): string {
  if (mark.state === 'excluded') return `Excluded by sub-config ${mark.number}`;
  if (closed) return `Sub-config ${mark.number} selects ${formatCount(mark.count)} of ${formatQuantity(size, 'module')} here`;
  return `Selected by sub-config ${mark.number}`;
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
