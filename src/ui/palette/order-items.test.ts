import { expect, test } from 'vitest';
import { orderItems, readQuery } from './order-items.ts';
import type { ItemKind, PaletteItem } from './palette-item.ts';

function item(id: string, kind: ItemKind, title: string, onlySearched = false): PaletteItem {
  return { id, kind, title, onlySearched, run: () => undefined };
}

const items = [
  { ...item('export', 'Action', 'Export the list'), also: 'download save' },
  item('import', 'Action', 'Import a config list'),
  item('json', 'View', 'Show the list as JSON'),
  item('go 2', 'Sub-config', 'Go to #2: op_types Linear'),
  item('set 2', 'Setting', 'Add sparse_ratio to #2', true),
  item('remove 2', 'Sub-config', 'Remove #2', true),
  item('module 7', 'Module', 'list.0'),
  item('module 8', 'Module', 'layer1.conv1'),
];

const cases: readonly [typed: string, recent: readonly string[], ids: readonly string[]][] = [
  ['', [], ['export', 'import', 'json', 'go 2', 'module 7', 'module 8']],
  ['', ['json', 'export'], ['json', 'export', 'import', 'go 2', 'module 7', 'module 8']],
  ['list', [], ['module 7', 'export', 'import', 'json', 'module 8']],
  ['list', ['json'], ['module 7', 'json', 'export', 'import', 'module 8']],
  ['>list', [], ['export', 'import', 'json']],
  ['@list', [], ['module 7', 'module 8']],
  ['#', [], ['go 2', 'set 2', 'remove 2']],
  ['#2', [], ['go 2', 'set 2', 'remove 2']],
  ['#3', [], []],
  ['>download', [], ['export']],
  ['>dwnld', [], []],
  ['sparse', [], ['set 2', 'module 7', 'module 8']],
];
test.each(cases)('%s with %j chosen lately', (typed, recent, ids) => {
  expect(orderItems(items, readQuery(typed), recent).map(({ item }) => item.id)).toEqual(ids);
});
