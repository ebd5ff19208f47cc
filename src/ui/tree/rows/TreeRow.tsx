import { Link2 } from 'lucide-react';
import { memo, useCallback, useContext, useLayoutEffect, useMemo, useRef, type CSSProperties, type ReactNode } from 'react';
import type { RowRendererProps } from 'react-arborist';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { severityLabels } from '../../../core/diagnostics/severity.ts';
import { formatQuantity } from '../../shared/format.ts';
import { describeGroup } from '../../shared/groups.ts';
import { GroupMark } from '../../shared/GroupMark.tsx';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { Gutter, toneOf } from './Gutter.tsx';
import { labelsOf, type RowLabels } from './row-labels.ts';
import { useDerived } from '../../shared/use-app.ts';
import { lightOf, type RowName, type RowPreview } from './row-light.ts';
import { RowSourcesContext, useRowState, type RowMark, type RowState } from './row-state.ts';
import { SpanContext } from './use-pattern-spans.ts';
import type { VisibleRow } from './visible-rows.ts';

/** A row of the tree. It is drawn again only when something of it changes, not with every list that is resolved. */
export function TreeItem({ node, attrs, innerRef }: RowRendererProps<VisibleRow>) {
  const row = node.data;
  const state = useRowState(row);
  const pointed = useContext(RowSourcesContext)?.pointed ?? null;
  const spans = useContext(SpanContext);
  const tree = state?.tree;
  const { preview, span } = useDerived(useMemo(() => lightOf(row, tree ? nameOf(tree, row) : null, pointed, spans), [row, tree, pointed, spans]));
  if (!state) return null;
  const [from, to] = span ?? (row.runLength > 0 ? nothing : searchedIn(labelsOf(state.tree, row), state.searched));
  return (
    <DrawnRow row={row} style={attrs.style} isFocused={node.isFocused} hold={innerRef} state={state} preview={preview} from={from} to={to} />
  );
}

interface DrawnRowProps {
  readonly row: VisibleRow;
  /** The place of the row. */
  readonly style: CSSProperties | undefined;
  readonly isFocused: boolean;
  /** Gives the drawn element to the tree. */
  readonly hold: (drawn: HTMLDivElement | null) => void;
  readonly state: RowState;
  readonly preview: RowPreview | null;
  /** The matched part of the label, from and to before; equal where there is none. */
  readonly from: number;
  readonly to: number;
}

/**
 * The focusable element of a row, with the words of a screen reader. It takes the values that the tree component makes anew for every row at
 * each change apart, so that a row that stays as it was is not drawn again.
 */
const DrawnRow = memo(function DrawnRow({ row, style, isFocused, hold, state, preview, from, to }: DrawnRowProps) {
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
  // The tree would let a row grow with its name, and the columns at its end would be out of sight.
  const place = useMemo(() => ({ ...style, minWidth: 0 }), [style]);
  const { tree, marks, moreMarks, groups, severity, severityBelow, chosen, inside } = state;
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
      style={place}
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
      <RowContent row={row} state={state} preview={preview} from={from} to={to} />
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

/** The name of a row's module; `null` where no part of it is marked. */
function nameOf(tree: ModuleTree, row: VisibleRow): RowName | null {
  if (row.runLength > 0 || row.module === 0) return null;
  const { fullName, label } = labelsOf(tree, row);
  return { name: fullName, before: fullName.length - label.length };
}

/** The part of a row's label that the searched text is in; the rest of the full name is above. */
function searchedIn({ fullName, label }: RowLabels, searched: string): readonly [number, number] {
  if (searched === '' || fullName === '(root)') return nothing;
  const before = fullName.length - label.length;
  const from = fullName.toLowerCase().lastIndexOf(searched.toLowerCase());
  const to = from + searched.length;
  return from < 0 || to <= before ? nothing : [Math.max(0, from - before), to - before];
}

/** For a tree component that draws the content of a row apart from the row: here the row draws it. */
export function NoContent(): null {
  return null;
}

/** The indent of a row, as wide as `--indent` for each level; capped at a part of the tree's width, so that deeply nested names stay visible. */
function indentOf(depth: number): string {
  return `min(${depth} * var(--indent), 22cqw)`;
}

/** Pixels of a chevron and the gap after it, which the label of a leaf keeps free. */
const chevronRoom = 20;

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
  readonly preview: RowPreview | null;
  /** The matched part of the label, from and to before; equal where there is none. */
  readonly from: number;
  readonly to: number;
}

/** The content of a row; drawn again only when it changes. */
const RowContent = memo(function RowContent({ row, state, preview, from, to }: RowContentProps) {
  const { tree, closed, marks, moreMarks, groups, severity, severityBelow, inside } = state;
  const labels = labelsOf(tree, row);
  const dimmed = (preview !== null && preview.count === 0) || row.found === false;
  const isMatched = preview?.matches === true && row.runLength === 0;
  // Of a row that matches itself, only the others count: its own match is the row's colour.
  const matchesBelow = preview !== null && closed ? preview.count - (preview.matches && row.runLength === 0 ? 1 : 0) : 0;
  const shape = labels.shape.replaceAll(' ', '');
  const isLeaf = row.state === 'leaf';
  const own = isMatched ? undefined : marks.find((mark) => mark.own && mark.state === 'selected');
  return (
    <div
      style={own && { background: `color-mix(in srgb, ${toneOf(own.color)} 10%, transparent)` }}
      className={`tree-columns h-full items-center pr-2 ${isMatched ? matchedRow : ''}`}
    >
      {/* What is empty is left out: each element of each row costs time at every letter. */}
      {marks.length > 0 && <Gutter marks={marks} more={moreMarks} closed={closed} size={row.end - row.module} />}
      <span
        // Behind the space: one line for each level above.
        style={nameStyle(row.depth, isLeaf)}
        className="tree-guides col-start-2 flex h-full min-w-0 items-center gap-1"
      >
        {!isLeaf && (
          <button
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            onMouseDown={(event) => event.preventDefault()}
            data-toggle=""
            className={`tree-chevron ${closed ? '' : 'tree-chevron-open'} flex size-4 shrink-0 items-center justify-center rounded text-muted hover:bg-chosen`}
          />
        )}
        {nameWith(labels.label, from, to, dimmed)}
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
    </div>
  );
});

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

/** A name with its matched part marked. No component of its own: React would go through one more for each row at each letter. */
function nameWith(text: string, from: number, to: number, dimmed: boolean): ReactNode {
  return (
    <span className={`min-w-0 flex-[0_1_auto] truncate font-mono text-code ${dimmed ? faintText : ''}`} title={text}>
      {to > from ? (
        <>
          {from > 0 && text.slice(0, from)}
          <span className="font-semibold underline decoration-preview-line decoration-2 underline-offset-3">{text.slice(from, to)}</span>
          {to < text.length && text.slice(to)}
        </>
      ) : (
        text
      )}
    </span>
  );
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
