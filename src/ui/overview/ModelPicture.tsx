import { memo, useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { Overview, PictureSize } from '../../core/overview/overview.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { type NumberedSubConfig, useResolvedSubConfigs } from '../shared/use-resolved-sub-configs.ts';
import { useActions, useDerived } from '../shared/use-app.ts';
import { formatLarge } from '../shared/format.ts';
import { useElementSize } from '../shared/use-element-size.ts';
import { BandHatchings } from './BandHatchings.tsx';
import { cellBeside, type Direction, layOutPicture, type PictureBox } from './layout-picture.ts';
import { PictureCell } from './PictureCell.tsx';
import { describeCell, partName } from './picture-wording.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const sizes: readonly (readonly [PictureSize, string])[] = [['parameters', 'Parameters'], ['multiply-adds', 'Multiply-adds']];

/** The model by size, coloured by the sub-configs that cover it. One tab stop; arrow keys go from part to part. */
export function ModelPicture({ overview, size, onSize }: {
  readonly overview: Overview;
  /** The figure that the user chose; the overview follows. */
  readonly size: PictureSize;
  readonly onSize: (size: PictureSize) => void;
}) {
  const tree = useDerived(selectTree);
  const { revealModule } = useActions();
  const subConfigs = useResolvedSubConfigs();
  const [frame, { width, height }] = useElementSize();
  const [active, setActive] = useState<number | null>(null);
  const prefix = useId();
  const { groups, cells } = useMemo(() => layOutPicture(overview.picture, width, height), [overview, width, height]);
  if (!tree) return null;
  const chosen = active === null ? undefined : cells[active];
  const reveal = (cell: PictureBox | undefined) => cell && revealModule(overview.picture[cell.node]!.module);
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directions[event.key];
    const at = active ?? -1;
    if (direction) setActive(at < 0 ? 0 : cellBeside(cells, at, direction));
    else if (event.key === 'Home') setActive(0);
    else if (event.key === 'End') setActive(cells.length - 1);
    else if (event.key === 'Enter' || event.key === ' ') reveal(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <section aria-label="Picture of the model" className="flex min-h-80 flex-1 flex-col">
      <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <h3 className="text-sm font-semibold text-text">The model by {overview.pictureBy === 'parameters' ? 'number of parameters' : `${formatLarge(overview.multiplyAdds ?? 0)} multiply-adds`}</h3>
        {overview.multiplyAdds !== null && (
          <fieldset className="flex gap-3">
            <legend className="sr-only">Size of the parts</legend>
            {sizes.map(([option, label]) => (
              <label key={option} className="flex items-center gap-1">
                <input type="radio" name={`${prefix}size`} checked={size === option} onChange={() => onSize(option)} />
                {label}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      <div ref={frame} className="relative my-1 min-h-0 flex-1">
        <svg
          role="listbox"
          aria-label="Parts of the model by size"
          aria-activedescendant={chosen ? `${prefix}${chosen.node}` : undefined}
          tabIndex={0}
          width={width}
          height={height}
          className="absolute inset-0"
          onKeyDown={onKeyDown}
          onFocus={(event) => event.currentTarget.matches(':focus-visible') && setActive(active ?? 0)}
          onBlur={() => setActive(null)}
          onPointerLeave={() => setActive(null)}
          onPointerMove={(event) => setActive(cellUnder(event.target))}
          onClick={(event) => reveal(cells[cellUnder(event.target) ?? -1])}
        >
          <Boxes {...{ overview, tree, groups, cells, subConfigs, prefix }} />
          {chosen && (
            <rect
              x={chosen.x + 1}
              y={chosen.y + 1}
              width={Math.max(chosen.width - 2, 1)}
              height={Math.max(chosen.height - 2, 1)}
              fill="none"
              className="stroke-(--focus) forced-colors:stroke-[Highlight]"
              strokeWidth={2}
              pointerEvents="none"
            />
          )}
        </svg>
      </div>
      <p className="min-h-8 text-xs text-muted">
        {chosen
          ? describeCell(overview, tree, overview.picture[chosen.node]!, subConfigs)
          : 'Point at a part to see its name; click it to find it in the model.'}
      </p>
    </section>
  );
}

function cellUnder(target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest('[data-cell]')?.getAttribute('data-cell') : null;
  return cell == null ? null : Number(cell);
}

/** Everything that stays while the pointer moves. */
const Boxes = memo(function Boxes({ overview, tree, groups, cells, subConfigs, prefix }: {
  readonly overview: Overview;
  readonly tree: ModuleTree;
  readonly groups: readonly PictureBox[];
  readonly cells: readonly PictureBox[];
  readonly subConfigs: readonly (NumberedSubConfig | null)[];
  readonly prefix: string;
}) {
  return (
    <>
      <BandHatchings />
      {groups.map(
        (box) =>
          box.heading > 0 && (
            <text key={box.node} x={box.x + 2} y={box.y + 12} className="fill-muted font-mono text-[11px] forced-colors:fill-[CanvasText]" aria-hidden="true">
              {partName(tree, overview.picture[box.node]!, overview.picture[box.within], box.width)}
            </text>
          ),
      )}
      {cells.map((box, index) => (
        <PictureCell
          key={box.node}
          {...{ box, index, overview, tree, subConfigs }}
          id={`${prefix}${box.node}`}
          node={overview.picture[box.node]!}
        />
      ))}
    </>
  );
});
