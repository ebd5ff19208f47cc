import { describe, expect, it } from 'vitest';
import type { PictureNode } from '../../core/overview/picture.ts';
import { cellBeside, layOutPicture, stackBands } from './layout-picture.ts';
import { noShare } from '../../core/overview/share.ts';

function node(parent: number, module: number, elements: number, split = false): PictureNode {
  return { parent, module, end: module + 1, elements, size: elements, split, bands: [] };
}

const nodes = [node(-1, 0, 100, true), node(0, 1, 60, true), node(0, 4, 40), node(1, 2, 45), node(1, 3, 15)];

describe('the picture', () => {
  it('gives every part that is not split room by its size', () => {
    const { cells, groups } = layOutPicture(nodes, 400, 300);
    expect(cells.map((cell) => cell.node).toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
    expect(groups.map((group) => group.node)).toEqual([1]);
    const area = (wanted: number) => {
      const cell = cells.find((box) => box.node === wanted)!;
      return cell.width * cell.height;
    };
    expect(area(3) / area(4)).toBeGreaterThan(2.5);
    for (const { x, y, width, height } of cells) {
      expect(x >= 0 && y >= 0 && x + width <= 400 && y + height <= 300).toBe(true);
    }
  });

  it('is empty before there is room, or without parameters', () => {
    expect(layOutPicture(nodes, 0, 300).cells).toEqual([]);
    expect(layOutPicture([], 400, 300).cells).toEqual([]);
  });

  it('goes to the part beside, and stays at the edge', () => {
    const boxes = [
      { node: 0, within: -1, x: 0, y: 0, width: 10, height: 10, heading: 0 },
      { node: 1, within: -1, x: 10, y: 0, width: 10, height: 10, heading: 0 },
      { node: 2, within: -1, x: 0, y: 10, width: 10, height: 10, heading: 0 },
    ];
    expect(cellBeside(boxes, 0, 'right')).toBe(1);
    expect(cellBeside(boxes, 0, 'down')).toBe(2);
    expect(cellBeside(boxes, 2, 'up')).toBe(0);
    expect(cellBeside(boxes, 0, 'left')).toBe(0);
  });

  it('stacks what sub-configs cover from below', () => {
    const bands = [0, 1].map((subConfig) => ({ ...noShare, subConfig, elements: 25 }));
    const box = { node: 0, within: -1, x: 0, y: 10, width: 20, height: 40, heading: 0 };
    expect(stackBands({ ...node(-1, 0, 100), bands }, box)).toEqual([
      { subConfig: 0, y: 40, height: 10 },
      { subConfig: 1, y: 30, height: 10 },
    ]);
  });
});
