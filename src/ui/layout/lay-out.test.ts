import { expect, test } from 'vitest';
import { layOut, mergesSide } from './lay-out.ts';

test.each([
  [1440, 400, 380, '400px auto minmax(0, 1fr) auto 380px', []],
  [1280, 400, 380, '400px auto minmax(0, 1fr) auto 380px', []],
  [1279, 400, 380, '400px auto minmax(0, 1fr)', ['sub-configs', 'side']],
  [820, 600, 380, '400px auto minmax(0, 1fr)', ['sub-configs', 'side']],
  [819, 400, 380, 'minmax(0, 1fr)', ['tree', 'sub-configs', 'side']],
])('%d px with %d for the tree and %d for the side', (windowWidth, tree, side, columns, tabbed) => {
  expect(layOut(windowWidth, { tree, side })).toMatchObject({ columns, tabbed });
});

test('two panes side by side have one row of tabs, three or one have none or their own', () => {
  expect([1440, 1280, 1279, 820, 819].map(mergesSide)).toEqual([false, false, true, true, false]);
});
