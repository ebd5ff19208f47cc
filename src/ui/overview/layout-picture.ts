import { hierarchy, treemap, treemapSquarify, type HierarchyRectangularNode } from 'd3-hierarchy';
import type { PictureNode } from '../../core/overview/picture.ts';

/** A rectangle of the picture in pixels. */
export interface PictureBox {
  /** Index of the node. */
  readonly node: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The nearest part around it whose name is written; -1 without one. */
  readonly within: number;
  /** Room above the parts for the name of a part that is split further; 0 where it is not written. */
  readonly heading: number;
}

interface Part {
  readonly node: number;
  readonly size: number;
  readonly parts: Part[];
}

const headingHeight = 16;

/** Lays the parts out in `width` × `height` pixels: `groups` are split further, `cells` are not; the largest first. */
export function layOutPicture(
  nodes: readonly PictureNode[],
  width: number,
  height: number,
): { readonly groups: readonly PictureBox[]; readonly cells: readonly PictureBox[] } {
  if (nodes.length === 0 || width < 1 || height < 1) return { groups: [], cells: [] };
  const parts: readonly Part[] = nodes.map(({ size }, node) => ({ node, size, parts: [] }));
  nodes.forEach(({ parent }, node) => parent >= 0 && parts[parent]!.parts.push(parts[node]!));
  const root = hierarchy<Part>(parts[0]!, (part) => part.parts)
    .sum((part) => (part.parts.length > 0 ? 0 : part.size))
    .sort((a, b) => b.value! - a.value!);
  treemap<Part>()
    .tile(treemapSquarify.ratio(1.4))
    .size([width, height])
    .round(true)
    .paddingInner((box) => (box.depth === 0 ? 4 : box.depth === 1 ? 2 : 1))
    .paddingTop(headingOf)(root);
  const boxes = (root as HierarchyRectangularNode<Part>).descendants();
  const toBox = (box: HierarchyRectangularNode<Part>): PictureBox => ({
    node: box.data.node,
    x: box.x0,
    y: box.y0,
    width: box.x1 - box.x0,
    height: box.y1 - box.y0,
    within: box.ancestors().find((above) => above !== box && headingOf(above) > 0)?.data.node ?? -1,
    heading: box.children ? headingOf(box) : 0,
  });
  return {
    groups: boxes.filter((box) => box.children && box.depth > 0).map(toBox),
    cells: boxes
      .filter((box) => !box.children && box.x1 > box.x0 && box.y1 > box.y0)
      .toSorted((a, b) => b.value! - a.value!)
      .map(toBox),
  };
}

/** Only large parts near the top are named: the others need their room for themselves. */
function headingOf(box: HierarchyRectangularNode<Part>): number {
  const isRoomy = box.x1 - box.x0 >= 48 && box.y1 - box.y0 >= 48;
  return box.depth > 0 && box.depth <= 3 && isRoomy ? headingHeight : 0;
}

/** Heights of the bands of sub-configs in a cell, stacked from below. */
export function stackBands(
  node: PictureNode,
  box: PictureBox,
): readonly { readonly subConfig: number; readonly y: number; readonly height: number }[] {
  const heights = node.bands.map((band) => (node.elements === 0 ? 0 : band.elements / node.elements) * box.height);
  return node.bands.map(({ subConfig }, at) => {
    const below = heights.slice(0, at + 1).reduce((sum, height) => sum + height, 0);
    return { subConfig, y: box.y + box.height - below, height: heights[at]! };
  });
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The cell next to `from` in a direction: the nearest by centre that lies that way; `from` at the edge. */
export function cellBeside(cells: readonly PictureBox[], from: number, direction: Direction): number {
  const start = cells[from];
  if (!start) return 0;
  const along = direction === 'left' || direction === 'right' ? 'x' : 'y';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const centre = (box: PictureBox) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const at = centre(start);
  let best = from;
  let least = Infinity;
  cells.forEach((box, index) => {
    const to = centre(box);
    const ahead = (to[along] - at[along]) * sign;
    if (ahead <= 0) return;
    const aside = Math.abs(along === 'x' ? to.y - at.y : to.x - at.x);
    const distance = ahead + aside * 2;
    if (distance < least) [least, best] = [distance, index];
  });
  return best;
}
