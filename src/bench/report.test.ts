import { expect, test } from 'vitest';
import { growthTableOf, rowOf, tableOf } from './report.ts';

test('the table says what was aimed at, and whether it is met', () => {
  const rows = [
    rowOf('keystroke', 'keystroke in a pattern → painted', [10, 11, 12, 13, 40], { aim: 17, aimP95: 33 }),
    rowOf('sweep', 'times faster', [18.94], { unit: '×', aim: 3, moreIsBetter: true }),
    rowOf('cli', 'a process', [830], { note: 'alone' }),
  ];
  expect(tableOf(rows).split('\n')).toEqual([
    '| what                             | median | p95  | aim            | met |',
    '|----------------------------------|--------|------|----------------|-----|',
    '| keystroke in a pattern → painted | 12 ms  | 34.6 | ≤ 17, p95 ≤ 33 | no  |',
    '| times faster                     | 18.9 × |      | ≥ 3            | yes |',
    '| a process (alone)                | 830 ms |      |                |     |',
  ]);
});

test('what is measured at several sizes has a column for each', () => {
  const rows = ['994', '10,014'].flatMap((size, at) => [
    rowOf('growth', `read the tree, ${size} modules`, [at + 1]),
    rowOf('growth', `resolve 10 sub-configs, ${size} modules: a pattern changes`, [at + 3]),
    rowOf('growth', `open ${size} modules → tree on screen`, [at + 5]),
    rowOf('growth', `heap of the page with ${size} modules, above the empty page`, [at + 7], { unit: 'MB' }),
  ]);
  expect(growthTableOf(rows).split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    '| modules | 994 | 10,014 |',
    expect.stringMatching(/^\|-+\|-+\|-+\|$/),
    '| read the tree | 1 ms | 2 ms |',
    '| resolve 10 sub-configs: a pattern changes | 3 ms | 4 ms |',
    '| open → tree on screen | 5 ms | 6 ms |',
    '| heap of the page, above the empty page | 7 MB | 8 MB |',
  ]);
});
