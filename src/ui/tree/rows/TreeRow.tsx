import { Link2 } from 'lucide-react';
import { memo, useLayoutEffect, useMemo, useRef, type CSSProperties, type ReactNode } from 'react';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { severityLabels } from '../../../core/diagnostics/severity.ts';
import { formatQuantity } from '../../shared/format.ts';
import { describeGroup } from '../../shared/groups.ts';
import { GroupMark } from '../../shared/GroupMark.tsx';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { Gutter, toneOf } from './Gutter.tsx';
import { labelsOf } from './row-labels.ts';
import type { RowLight } from './row-light.ts';
import type { RowMark, RowState } from './row-state.ts';
import { rowHeight } from './row-window.ts';
import type { VisibleRow } from './visible-rows.ts';

interface TreeRowProps extends Pick<RowLight, 'isMatched' | 'matches'> {
  readonly row: VisibleRow;
  /** Pixels from the first row. */
  readonly top: number;
  readonly isFocused: boolean;
  readonly state: RowState;
}

/**
 * A row of the tree: the element that can have the focus, with the words of a screen reader, and what it shows. It is drawn again only when
 * something of it changes.
 */
export const TreeRow = memo(function TreeRow({ row, top, isFocused, state, isMatched: isHit, matches }: TreeRowProps) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isFocused) element.current?.focus({ preventScroll: true });
  }, [isFocused]);
  useLayoutEffect(() => {
    const drawn = element.current;
    return () => leaveFocus(drawn);
  }, []);
  // What no letter of a pattern changes is the same element at every letter: React passes it over.
  const gutter = useMemo(() => gutterOf(row, state), [row, state]);
  const columns = useMemo(() => columnsOf(row, state), [row, state]);
  const inside = useMemo(() => insideOf(row, state), [row, state]);
  const dimmed = matches === 0 || row.found === false;
  const isMatched = isHit && row.runLength === 0;
  const own = isMatched ? undefined : state.marks.find((mark) => mark.own && mark.state === 'selected');
  return (
    <div
      role="treeitem"
      style={{ top, height: rowHeight }}
      tabIndex={isFocused ? 0 : -1}
      aria-level={row.depth + 1}
      // Only the rows around the visible ones are in the page: how many there are must be said.
      aria-posinset={row.place}
      aria-setsize={row.beside}
      aria-selected={state.chosen}
      data-row={row.id}
      draggable
      {...(row.state === 'leaf' ? {} : { 'aria-expanded': row.state === 'open' })}
      aria-label={wordsOf(row, state, isHit)}
      ref={element}
      className="absolute w-full select-none outline-offset-[-2px] hover:bg-hover aria-selected:bg-chosen aria-selected:shadow-[inset_-2px_0_var(--line-strong)]"
    >
      <div
        style={own && { background: `color-mix(in srgb, ${toneOf(own.color)} 10%, transparent)` }}
        className={`tree-columns h-full items-center pr-2 ${dimmed ? 'tree-dimmed' : ''} ${isMatched ? matchedRow : ''}`}
      >
        {gutter}
        {nameOf(row, state, matches, isMatched)}
        {matches === null && inside !== null ? inside : columns}
      </div>
    </div>
  );
});

/** A row in words. */
function wordsOf(row: VisibleRow, { tree, marks, moreMarks, groups, severity, severityBelow, inside }: RowState, isMatched: boolean): string {
  const { fullName, type, shape } = labelsOf(tree, row);
  const words = [
    fullName,
    type,
    shape,
    ...(isMatched ? ['matches the pattern'] : []),
    ...marks.map(describeMark),
    ...(moreMarks > 0 ? [`and by ${formatQuantity(moreMarks, 'more sub-config')}`] : []),
    ...groups.map(({ group }) => `in ${describeGroup(group)}`),
    ...(severity === null ? [] : [severityLabels[severity]]),
    ...(severityBelow === null ? [] : [`${severityLabels[severityBelow]} below`]),
    inside,
  ];
  return words.filter((part) => part !== '').join(', ');
}

/** A row that is scrolled out of sight is taken away: the tree keeps the focus for it, and the keys go on from there. */
function leaveFocus(row: HTMLElement | null): void {
  if (row === document.activeElement) row?.closest<HTMLElement>('[role=tree]')?.focus({ preventScroll: true });
}

function describeMark(mark: RowMark): string {
  return `${mark.state} by sub-config ${mark.number}`;
}

/** The indent of a row, as wide as `--indent` for each level; capped at a part of the tree's width, so that deeply nested names stay visible. */
function indentOf(depth: number): string {
  return `min(${depth} * var(--indent), 22cqw)`;
}

/** Pixels of a chevron and the gap after it, which the label of a leaf keeps free. */
const chevronRoom = 20;

/** In forced colours, which take the background away, a dashed outline marks a match. */
const matchedRow = 'bg-preview forced-colors:outline-2 forced-colors:-outline-offset-2 forced-colors:outline-dashed';

/** Characters that types and shapes have room for in any case, together and a shape alone. */
const fittingPair = 15;
const fittingShape = 15;

/** Cuts a text at the end of its column. Each text that is cut costs time at every painting: only long ones are. */
function cut(letters: number, fitting: number): string {
  return letters > fitting ? 'truncate' : 'whitespace-nowrap';
}

/** The bars of the sub-configs that concern a row. What is empty is left out: each element of each row costs time at every letter. */
function gutterOf(row: VisibleRow, { marks, moreMarks, closed }: RowState): ReactNode {
  return marks.length > 0 && <Gutter marks={marks} more={moreMarks} closed={closed} size={row.end - row.module} />;
}

/** The name with its chevron, and how many matches are below a closed row. */
function nameOf(row: VisibleRow, { tree, closed }: RowState, matches: number | null, isMatched: boolean): ReactNode {
  const isLeaf = row.state === 'leaf';
  const { label } = labelsOf(tree, row);
  // Of a row that matches itself, only the others count: its own match is the row's colour.
  const matchesBelow = matches !== null && closed ? matches - (isMatched ? 1 : 0) : 0;
  return (
    <span
      // Behind the space: one line for each level above.
      style={nameStyle(row.depth, isLeaf)}
      className="tree-guides col-start-2 flex h-full min-w-0 items-center gap-1"
    >
      {!isLeaf && chevrons[closed ? 'closed' : 'open']}
      <span className="tree-name min-w-0 flex-[0_1_auto] truncate font-mono text-code" title={label}>
        {label}
      </span>
      {row.runLength === 0 && sharedMark(tree, row.module)}
      {matchesBelow > 0 && (
        <span
          className="shrink-0 rounded-sm bg-preview px-1 text-xs text-text outline-preview-line/50 [.bg-preview_&]:outline-1 forced-colors:outline-1 forced-colors:outline-dashed"
          title="Modules below that match"
        >
          {formatCount(matchesBelow)}
        </span>
      )}
    </span>
  );
}

/** One element for all rows: React passes over an element that it has seen. */
const chevrons = { closed: chevron(''), open: chevron('tree-chevron-open') } as const;

function chevron(state: string): ReactNode {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      onMouseDown={(event) => event.preventDefault()}
      data-toggle=""
      className={`tree-chevron ${state} flex size-4 shrink-0 items-center justify-center rounded text-muted hover:bg-chosen`}
    />
  );
}

/** The columns behind the name: type, shape, sums and marks. */
function columnsOf(row: VisibleRow, state: RowState): ReactNode {
  const { type, shape: spaced } = labelsOf(state.tree, row);
  const shape = spaced.replaceAll(' ', '');
  return (
    <>
      <span className={`tree-type ${cut(type.length + shape.length, fittingPair)} text-xs ${shape === '' ? 'tree-inside' : ''} text-muted`} title={type}>
        {type}
      </span>
      {shape !== '' && (
        <span className={`tree-shape ${cut(shape.length, fittingShape)} text-right font-mono text-xs text-muted`} title={spaced}>
          {shape}
        </span>
      )}
      {sumsOf(state)}
    </>
  );
}

/** The columns of a closed row that says what is set inside, in place of its type; null where nothing is. */
function insideOf(row: VisibleRow, state: RowState): ReactNode {
  const { inside, tree } = state;
  if (inside === '') return null;
  return (
    <>
      <span className="tree-type tree-inside truncate text-xs" title={`${labelsOf(tree, row).type}: ${inside}`}>
        {inside}
      </span>
      {sumsOf(state)}
    </>
  );
}

function sumsOf({ parameters, multiplyAdds, groups, severity, severityBelow }: RowState): ReactNode {
  return (
    <>
      <span className="tree-params text-right text-xs tabular-nums text-muted">{parameters}</span>
      {multiplyAdds !== null && <span className="text-right text-xs tabular-nums text-muted">{multiplyAdds}</span>}
      {(groups.length > 0 || severity !== null || severityBelow !== null) && (
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
      )}
    </>
  );
}

/** The room before a name, one object for all rows of a level: React compares the parts of any other. */
const nameStyles = new Map<number, CSSProperties>();

function nameStyle(depth: number, isLeaf: boolean): CSSProperties {
  const key = depth * 2 + (isLeaf ? 1 : 0);
  const known = nameStyles.get(key);
  if (known) return known;
  const room = indentOf(depth);
  const style = { paddingLeft: isLeaf ? `calc(${room} + ${chevronRoom}px)` : room, backgroundSize: `${room} 100%` };
  nameStyles.set(key, style);
  return style;
}

function sharedMark(tree: ModuleTree, module: number): ReactNode {
  const first = tree.sharedWith.get(module);
  return (
    first !== undefined && (
      <span className="shrink-0 text-faint" title={`The same module as ${moduleName(tree, first)}`}>
        <Link2 size={12} aria-hidden="true" />
      </span>
    )
  );
}
