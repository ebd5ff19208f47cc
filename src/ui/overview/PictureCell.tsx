import type { CSSProperties } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { Overview } from '../../core/overview/overview.ts';
import type { PictureNode } from '../../core/overview/picture.ts';
import type { NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';
import { markColors } from '../shared/SubConfigMark.tsx';
import { hatchingId } from './BandHatchings.tsx';
import { type PictureBox, stackBands } from './layout-picture.ts';
import { describeCell, partName } from './picture-wording.ts';

/** The fill of a band: its colour, or in forced colours the hatching of `BandHatchings`. */
function fillOf(numbered: NumberedSubConfig | null | undefined): CSSProperties {
  const color = (numbered?.color ?? 0) % markColors;
  const fills: Readonly<Record<`--${string}`, string>> = {
    '--tone': `color-mix(in srgb, var(--mark-${color}) 38%, var(--surface))`,
    '--hatching': `url(#${hatchingId(color)})`,
  };
  return fills;
}

/** One part: each sub-config's cover fills it from below, with the number of the largest. */
export function PictureCell({ id, index, box, node, overview, tree, subConfigs }: {
  readonly id: string;
  readonly index: number;
  readonly box: PictureBox;
  readonly node: PictureNode;
  readonly overview: Overview;
  readonly tree: ModuleTree;
  readonly subConfigs: readonly (NumberedSubConfig | null)[];
}) {
  const { x, y, width, height } = box;
  const isNamed = width >= 40 && height >= 18;
  const largest = node.bands.toSorted((a, b) => b.elements - a.elements)[0];
  const number = largest && subConfigs[largest.subConfig]?.number;
  const room = number === undefined ? width : width - 14;
  return (
    <g
      id={id}
      role="option"
      aria-selected={false}
      aria-label={describeCell(overview, tree, node, subConfigs)}
      data-cell={index}
    >
      <rect x={x} y={y} width={width} height={height} className="fill-hover forced-colors:fill-[Canvas] forced-colors:stroke-[CanvasText]" />
      {stackBands(node, box).map(({ subConfig, ...band }) => (
        <rect
          key={subConfig}
          x={x}
          width={width}
          {...band}
          style={fillOf(subConfigs[subConfig])}
          className="fill-(--tone) forced-colors:fill-(--hatching) forced-colors:stroke-[CanvasText]"
        />
      ))}
      {isNamed && (
        <text x={x + 4} y={y + 13} className="fill-text font-mono text-[11px] forced-colors:fill-[CanvasText] forced-colors:stroke-[Canvas] forced-colors:stroke-[4px] forced-colors:[paint-order:stroke]" aria-hidden="true" pointerEvents="none">
          {number !== undefined && <tspan fontWeight={700}>{number} </tspan>}
          {partName(tree, node, overview.picture[box.within], room)}
        </text>
      )}
    </g>
  );
}
