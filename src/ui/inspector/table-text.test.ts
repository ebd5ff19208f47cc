import { expect, test } from 'vitest';
import { tableText } from './table-text.ts';

test('several modules are copied as a table that spreadsheets take', () => {
  const rows = [
    { module: 'conv1', type: 'Conv2d', target: 'weight', subConfig: 0, settings: 'sparse_ratio 0.5' },
    { module: 'odd\tname', type: '', target: '', subConfig: null, settings: 'not configured' },
  ];
  expect(tableText(rows).split('\n')).toEqual([
    'module\ttype\ttarget\tset by\tsettings',
    'conv1\tConv2d\tweight\t#1\tsparse_ratio 0.5',
    'odd name\t\t\t\tnot configured',
  ]);
});
