import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { PlacedBox, PlacedEdge, Point } from '../../worker/lay-out-flow.ts';
import { useElementSize } from '../shared/use-element-size.ts';
import { FlowBoxView } from './FlowBoxView.tsx';
import { describeBox } from './flow-wording.ts';
import { directionOf, neighbourBox } from './neighbour-box.ts';
import { usePanAndZoom } from './use-pan-and-zoom.ts';
import { ZoomButtons } from './ZoomButtons.tsx';

export interface FlowDrawingProps {
  readonly tree: ModuleTree;
  readonly label: string;
  readonly module: number;
  readonly picture: {
    readonly frame: number;
    readonly boxes: readonly PlacedBox[];
    readonly edges: readonly PlacedEdge[];
    readonly width: number;
    readonly height: number;
  };
  readonly setOf: (row: number) => number | null;
  readonly subConfigOf: (row: number) => { readonly number: number; readonly color: number } | null;
  readonly onChoose: (row: number) => void;
  readonly onOpen: (row: number) => void;
}

/** The picture of a flow. Arrow keys follow the data, Enter goes to the tree, plus opens a folded module. */
export function FlowDrawing({ tree, label, module, picture, setOf, subConfigOf, onChoose, onOpen }: FlowDrawingProps) {
  const [area, size] = useElementSize();
  const svg = useRef<SVGSVGElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const { boxes, edges, width, height } = picture;
  const chosen = boxes.find((box) => 'row' in box && box.type !== 'operation' && box.row === module) ?? null;
  const tabStop = boxes.find(({ id }) => id === stop) ?? chosen ?? boxes[0];
  const zoom = usePanAndZoom(area, size, picture);
  const { scale } = zoom;
  const chosenId = chosen?.id;
  const isDrawn = size.width > 0;
  const { frame } = picture;
  useEffect(() => {
    // Each new frame is shown from its top and its middle.
    if (!isDrawn || frame < 0 || area.current === null) return;
    const box = chosenId === undefined ? null : svg.current?.querySelector(`[data-box="${chosenId}"]`);
    if (box) box.scrollIntoView({ block: 'nearest', inline: 'center' });
    else area.current.scrollTo({ left: (area.current.scrollWidth - area.current.clientWidth) / 2, top: 0 });
  }, [area, chosenId, frame, isDrawn]);
  const pressKey = (event: KeyboardEvent) => {
    if (!tabStop || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directionOf(event.key);
    const next = direction && neighbourBox(picture, tabStop, direction);
    if (next) svg.current?.querySelector<SVGGElement>(`[data-box="${next.id}"]`)?.focus();
    else if (event.key === 'Enter' || event.key === ' ') choose(tabStop);
    else if (event.key === '+' && tabStop.type === 'folded') onOpen(tabStop.row);
    else if (direction === null) return;
    event.preventDefault();
  };
  const choose = (box: PlacedBox) => {
    if ('row' in box) onChoose(box.row);
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={area} className="min-h-0 flex-1 cursor-grab overflow-auto active:cursor-grabbing" onPointerDown={zoom.onPointerDown} onPointerMove={zoom.onPointerMove}>
        <svg
          ref={svg}
          role="group"
          aria-label={label}
          viewBox={`0 0 ${width} ${height}`}
          width={width * scale}
          height={height * scale}
          className="mx-auto block select-none"
          onKeyDown={pressKey}
        >
          <defs>
            <marker id="flow-arrow" viewBox="0 0 8 8" refX={7} refY={4} markerWidth={8} markerHeight={8} markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0.5 L8 4 L0 7.5Z" className="fill-line-strong" />
            </marker>
          </defs>
          {edges.map(({ from, to, points }) => (
            <path
              key={`${from} ${to}`}
              d={pathThrough(points)}
              fill="none"
              markerEnd="url(#flow-arrow)"
              className={from === chosenId || to === chosenId ? 'stroke-text' : 'stroke-line-strong'}
              strokeWidth={from === chosenId || to === chosenId ? 1.75 : 1}
            />
          ))}
          {boxes.map((box) => {
            const row = box.type === 'module' || box.type === 'folded' ? box.row : null;
            const set = row === null || box.type === 'folded' ? null : sameOfAll(box.rows, setOf);
            const subConfig = row === null ? null : sameOfAll(box.rows, subConfigOf);
            return (
              <FlowBoxView
                key={box.id}
                box={box}
                isChosen={box.id === chosenId}
                isTabStop={box === tabStop}
                set={set}
                subConfig={subConfig}
                description={describeBox(tree, box, { boxes, edges, set, subConfig: subConfig?.number ?? null })}
                onChoose={() => choose(box)}
                onFocus={() => setStop(box.id)}
                onOpen={box.type === 'folded' ? () => onOpen(box.row) : null}
              />
            );
          })}
        </svg>
      </div>
      <div className="absolute right-3 bottom-3 rounded border border-line bg-surface">
        <ZoomButtons {...zoom} />
      </div>
    </div>
  );
}

/** The value of all rows; null where they differ. */
function sameOfAll<Value>(rows: readonly number[], valueOf: (row: number) => Value | null): Value | null {
  const [first, ...others] = rows;
  const value = first === undefined ? null : valueOf(first);
  return others.every((row) => valueOf(row) === value) ? value : null;
}

/** A smooth line: curves between the middles of the parts of a broken line. */
function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const parts = [`M${first.x} ${first.y}`];
  for (const [at, point] of rest.entries()) {
    const next = rest[at + 1];
    if (next === undefined) break;
    const end = at === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    parts.push(`Q${point.x} ${point.y} ${end.x} ${end.y}`);
  }
  if (rest.length === 1) parts.push(`L${last.x} ${last.y}`);
  return parts.join(' ');
}
