import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { Overview } from '../../core/overview/overview.ts';
import type { PictureNode } from '../../core/overview/picture.ts';
import type { NumberedSubConfig } from '../inspector/use-resolved-sub-configs.ts';
import { markColors } from '../shared/SubConfigMark.tsx';
import { type PictureBox, stackBands } from './layout-picture.ts';
import { describeCell, partName } from './picture-wording.ts';

function toneOf(numbered: NumberedSubConfig | null | undefined): string {
  const color = (numbered?.color ?? 0) % markColors;
  return `color-mix(in srgb, var(--mark-${color}) 38%, var(--surface))`;
}

/** One part: filled from below by what each sub-config covers of it, with the number of the largest. */
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
      <rect x={x} y={y} width={width} height={height} className="fill-hover" />
      {stackBands(node, box).map(({ subConfig, ...band }) => (
        <rect key={subConfig} x={x} width={width} {...band} style={{ fill: toneOf(subConfigs[subConfig]) }} />
      ))}
      {isNamed && (
        <text x={x + 4} y={y + 13} className="fill-text font-mono text-[11px]" aria-hidden="true" pointerEvents="none">
          {number !== undefined && <tspan fontWeight={700}>{number} </tspan>}
          {partName(tree, node, overview.picture[box.within], room)}
        </text>
      )}
    </g>
  );
}
