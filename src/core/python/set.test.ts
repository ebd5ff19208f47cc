import { expect, test } from 'vitest';
import { pythonHash } from './string-hash.ts';
import { packNames } from '../module-tree/packed-names.ts';
import { createHashedNames, createHashedTexts } from './hashed-texts.ts';
import { createPythonSet, intersectPythonSets, type PythonSet } from './set.ts';

test.each([
  ['', 0n],
  ['a', -3012895188637184397n],
  ['layer1.0.conv1', -3661508465681014576n],
  ['größe', 6349864450192835600n],
  ['层', 4684611885999210772n],
  ['😀.x', -6401191318132394292n],
  ['abcdefgh', -202642195356325900n],
] as const)('O: hash of %j as CPython 3.11 has it with PYTHONHASHSEED=1', (text, expected) => {
  const { high, low } = pythonHash(text);
  expect(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low))).toBe(expected);
});

const names = Array.from({ length: 40 }, (_, i) => `layer.${i % 4}.${['conv', 'bn', 'relu'][i % 3]!}${i}`);

test('O: sets iterate as CPython 3.11 does with PYTHONHASHSEED=1, through growth, merging, removal and ' +
  'intersection', () => {
  const texts = createHashedTexts();
  const setOf = (list: readonly string[]) => createPythonSet(texts, list.map(texts.numberOf));
  const namesIn = (some: PythonSet) => some.keys().map(texts.textOf);
  const set = setOf(names.slice(0, 20));
  expect(namesIn(set).slice(0, 6)).toEqual(['layer.0.bn4', 'layer.3.bn7', 'layer.2.conv18', 'layer.2.relu2',
    'layer.1.bn13', 'layer.0.conv12']);
  set.merge(setOf(names.slice(10)));
  expect(namesIn(set).slice(0, 6)).toEqual(['layer.0.bn4', 'layer.3.bn7', 'layer.3.relu23', 'layer.2.conv18',
    'layer.2.relu2', 'layer.1.bn13']);
  for (const name of names.slice(0, 30)) set.discard(texts.numberOf(name));
  set.compact();
  expect(namesIn(set)).toEqual(['layer.3.relu35', 'layer.1.conv33', 'layer.3.bn31', 'layer.2.bn34', 'layer.1.bn37',
    'layer.2.relu38', 'layer.3.conv39', 'layer.2.conv30', 'layer.0.conv36', 'layer.0.relu32']);
  expect(namesIn(intersectPythonSets(texts, setOf(names), set))).toEqual(['layer.2.conv30',
    'layer.3.relu35', 'layer.0.conv36', 'layer.1.conv33', 'layer.2.bn34', 'layer.1.bn37', 'layer.2.relu38',
      'layer.3.bn31', 'layer.3.conv39', 'layer.0.relu32']);
});

test('O: names of a model, under their indices, have the same hashes as any texts', () => {
  const odd = ['', 'a', 'layer1.0.conv1', 'größe', '层', '😀.x', 'a\nb', 'abcdefgh', 'x'.repeat(1000), '\ud800'];
  const ofModel = createHashedNames(packNames(odd), (name) => (odd.includes(name) ? odd.indexOf(name) : undefined));
  for (const text of [...odd, 'not in the model']) {
    const number = ofModel.numberOf(text);
    expect(ofModel.textOf(number)).toBe(text);
    expect({ ...ofModel.hashOf(number) }).toEqual(pythonHash(text));
  }
  expect(odd.map(ofModel.numberOf)).toEqual(odd.map((_, index) => index));
});
