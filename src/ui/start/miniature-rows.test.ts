import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { nameAt } from '../../core/module-tree/packed-names.ts';
import { readTree } from '../../core/readers/read-tree.ts';
import { matchMiniature, miniaturePatterns, miniatureRows } from './miniature-rows.ts';

test('the miniature shows modules of the ResNet-18 that it opens', () => {
  const bytes = gunzipSync(readFileSync(new URL('../../../public/samples/resnet18.json.gz', import.meta.url)));
  const read = readTree({ name: 'resnet18.json', bytes });
  if (!read.ok) throw new Error(read.error.code);
  const tree = read.value;
  const types = new Map(Array.from({ length: tree.size }, (_, at) => [nameAt(tree.names, at), tree.types[tree.typeId[at]!]]));
  for (const { name, type, hides = [] } of miniatureRows) {
    expect([name, types.get(name)]).toEqual([name, type]);
    for (const hidden of hides) expect(types.has(hidden)).toBe(true);
  }
});

test.each<[string, readonly string[] | null, number]>([
  [miniaturePatterns[0], ['layer3.0.conv1', 'layer3.0.conv2', 'layer4.0.conv1', 'layer4.0.conv2'], 4],
  ['layer[', null, 0],
  ['', [], 0],
  ['bn2', [], 0],
])('%s lights up %j', (pattern, own, inside) => {
  const matched = matchMiniature(pattern);
  expect(matched && [...matched.own]).toEqual(own);
  expect([...(matched?.inside.values() ?? [])].reduce((sum, count) => sum + count, 0)).toBe(inside);
});
