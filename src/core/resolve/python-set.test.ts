import { expect, test } from 'vitest';
import { pythonHash } from './python-hash.ts';
import { createHashCache, createPythonSet, intersectPythonSets } from './python-set.ts';

test.each([
  ['', 0n],
  ['a', -3012895188637184397n],
  ['layer1.0.conv1', -3661508465681014576n],
  ['größe', 6349864450192835600n],
  ['层', 4684611885999210772n],
  ['😀.x', -6401191318132394292n],
  ['abcdefgh', -202642195356325900n],
] as const)('O: hash of %j as CPython 3.11 has it with PYTHONHASHSEED=1', (text, expected) => {
  const [high, low] = pythonHash(text);
  expect(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low))).toBe(expected);
});

const names = Array.from({ length: 40 }, (_, i) => `layer.${i % 4}.${['conv', 'bn', 'relu'][i % 3]!}${i}`);

test('O: sets iterate as CPython 3.11 does with PYTHONHASHSEED=1, through growth, merging, removal and ' +
  'intersection', () => {
  const cache = createHashCache();
  const set = createPythonSet(cache, names.slice(0, 20));
  expect(set.keys().slice(0, 6)).toEqual(['layer.0.bn4', 'layer.3.bn7', 'layer.2.conv18', 'layer.2.relu2',
    'layer.1.bn13', 'layer.0.conv12']);
  set.merge(createPythonSet(cache, names.slice(10)));
  expect(set.keys().slice(0, 6)).toEqual(['layer.0.bn4', 'layer.3.bn7', 'layer.3.relu23', 'layer.2.conv18',
    'layer.2.relu2', 'layer.1.bn13']);
  for (const name of names.slice(0, 30)) set.discard(name);
  set.compact();
  expect(set.keys()).toEqual(['layer.3.relu35', 'layer.1.conv33', 'layer.3.bn31', 'layer.2.bn34', 'layer.1.bn37',
    'layer.2.relu38', 'layer.3.conv39', 'layer.2.conv30', 'layer.0.conv36', 'layer.0.relu32']);
  expect(intersectPythonSets(cache, createPythonSet(cache, names), set).keys()).toEqual(['layer.2.conv30',
    'layer.3.relu35', 'layer.0.conv36', 'layer.1.conv33', 'layer.2.bn34', 'layer.1.bn37', 'layer.2.relu38',
      'layer.3.bn31', 'layer.3.conv39', 'layer.0.relu32']);
});
