import { describe, expect, test } from 'vitest';
import type { LinkSurvey } from '../../core/algorithms/survey-links.ts';
import { readText } from '../../core/testing/nni-trees.ts';
import { findSiblingRuns } from '../../core/module-tree/sibling-runs.ts';
import { openRows } from '../tree/rows/open-rows.ts';
import { rowHeight } from '../tree/rows/row-window.ts';
import { layLines, type DrawnRow } from './lay-lines.ts';
import { linksFrom, linksTo, orderLinks } from './link-order.ts';
import { describeRow } from './row-links.ts';

/** Rows: 0 root, 1 a, 2 b with 3 and 4 inside, 5 c. */
const tree = readText(JSON.stringify({
  format: 'module-tree',
  version: 1,
  model: 'test',
  modules: [['', 'Net'], ['a', 'Linear'], ['b', 'Block'], ['b.x', 'Linear'], ['b.y', 'ReLU'], ['c', 'Tanh']].map(([name, type]) => ({ name, type })),
}));
const runs = findSiblingRuns(tree);

function linksOf(pairs: readonly (readonly [module: number, teacherModule: number])[]): LinkSurvey {
  return {
    size: pairs.length,
    module: Uint32Array.from(pairs, ([module]) => module),
    teacherModule: Int32Array.from(pairs, ([, other]) => other),
    subConfig: new Uint32Array(pairs.length),
    target: new Uint32Array(pairs.length),
    targets: ['_output_0'],
    comparison: Uint32Array.from(pairs, (_pair, at) => at % 2),
    comparisons: [
      { fit: 'same', own: [1], other: [1], need: null },
      { fit: 'mismatch', own: [1, 2], other: [1, 3], need: null },
    ],
    missing: new Map(),
  };
}

const links = orderLinks(linksOf([[1, 5], [3, 1], [4, 3], [5, -1]]));
const row = (from: number, to: number, y: number): DrawnRow => ({ from, to, y });
const strip = { top: 0, bottom: 100 };

describe('links by either side', () => {
  test('stand in one piece by the student, and by the teacher', () => {
    expect(linksFrom(links, 3, 5)).toEqual([1, 3]);
    expect([...links.byTeacher]).toEqual([3, 1, 2, 0]);
    expect(linksTo(links, 1, 4)).toEqual([1, 3]);
    expect(linksTo(links, 5, 6)).toEqual([3, 4]);
  });
});

describe('lines between the trees', () => {
  const opened = openRows(tree, runs, { modules: new Set([0]), runs: new Set() });
  const all = { student: [row(0, 1, 10), row(1, 2, 30), row(2, 5, 50), row(5, 6, 70)], studentStrip: strip, teacher: opened, teacherStrip: { top: 0, bottom: 200 }, scrolled: 0 };
  const y = (place: number) => place * rowHeight + rowHeight / 2;

  test('go to the row, or to the closed one that it is in; missing modules have none', () => {
    const lines = layLines(links, all, new Set());
    expect(lines.map(({ y1, y2, fit }) => [y1, y2, fit])).toEqual([
      [30, y(3), 'same'],
      [50, y(1), 'mismatch'],
      [50, y(2), 'same'],
    ]);
  });

  test('of several links between two rows there is one, with their number and the worst', () => {
    const both = orderLinks(linksOf([[3, 1], [4, 1]]));
    expect(layLines(both, all, new Set([4]))).toEqual([expect.objectContaining({ count: 2, fit: 'mismatch', isChosen: true })]);
  });

  test('end at the edge where a row is scrolled away, and are left out where both are', () => {
    const drawn = { ...all, student: [row(2, 5, 50)] };
    expect(layLines(links, drawn, new Set()).map(({ y1 }) => y1)).toEqual([50, 50, strip.top]);
    const away = { ...all, student: [row(1, 2, -40)], teacherStrip: { top: 0, bottom: rowHeight } };
    expect(layLines(orderLinks(linksOf([[1, 5]])), away, new Set())).toEqual([]);
  });
});

test('a row of the teacher says what links to it, a closed one for those inside', () => {
  const opened = openRows(tree, runs, { modules: new Set([0]), runs: new Set() });
  expect(describeRow(links, opened, 1, tree)).toMatchObject({ modules: [3], isOwn: true, text: '2 ≠ 3' });
  expect(describeRow(links, opened, 2, tree)).toMatchObject({ modules: [4], isOwn: false, text: '= same shape' });
  expect(describeRow(links, opened, 0, tree)).toBeNull();
});
