import { expect, it } from 'vitest';
import { readScript } from '../core/script/read-script.ts';
import { readYamlList } from '../core/script/text-forms/yaml-list.ts';
import { createPlaceFinder } from './list-places.ts';

const json = '// [0] mine\n[\n  {"op_names": ["a"], "target_settings": {"weight": {"sparse_ratio": 1}}},\n]\n';
const script = `sizes = [1, 2]  # ["op_types"]
config_list = [{'op_types': ['Linear']}, {
    'target_names': ['weight'],
    'target_settings': {
        'weight': {"sparse_ratio": sizes[0]},
    }}]
config_list.append(dict(op_names=['a']))
`;

const yaml = `# mine
config_list:
  - op_types: [Linear]
  - op_names:
      - a
      - b
    target_settings:
      weight:
        sparse_ratio: 1
`;

it.each([
  [[0], 3, 3],
  [[0, 'op_names', 0], 3, 17],
  [[0, 'target_settings', 'weight', 'sparse_ratio'], 3, 54],
  [[0, 'target_settings', 'input'], 3, 23],
])('JSON %j', (path, line, column) => {
  expect(createPlaceFinder(json, null)(path)).toEqual({ line, column });
});

it.each([
  [[0], 2, 16],
  [[0, 'op_types', 0], 2, 17],
  [[1, 'target_names', 0], 3, 5],
  [[1, 'target_settings', 'weight', 'sparse_ratio'], 5, 20],
  [[1, 'op_types'], 2, 42],
])('Python %j', (path, line, column) => {
  const read = readScript(script);
  const { source, lists } = read.ok ? read.value : { source: '', lists: [] };
  const list = lists.find(({ name }) => name === 'config_list')!;
  const placeOf = createPlaceFinder(script, { source, parts: list.sources });
  expect(placeOf(path)).toEqual({ line, column });
  expect(placeOf([])).toBeNull();
});

it.each([
  [[0], 3, 5],
  [[0, 'op_types', 0], 3, 16],
  [[1, 'op_names', 1], 6, 9],
  [[1, 'target_settings', 'weight', 'sparse_ratio'], 9, 9],
  [[1, 'target_settings', 'bias'], 7, 5],
])('YAML %j', (path, line, column) => {
  const placeOf = createPlaceFinder(yaml, readYamlList(yaml));
  expect(placeOf(path)).toEqual({ line, column });
  expect(placeOf([])).toBeNull();
});

it('says nothing about places that it does not know', () => {
  expect(createPlaceFinder('words', null)([0])).toBeNull();
  expect(createPlaceFinder(`\`\`\`\n${yaml}\n\`\`\``, readYamlList(yaml))([0])).toBeNull();
  expect(createPlaceFinder(null, null)([0])).toBeNull();
  expect(createPlaceFinder('> quoted', { source: 'quoted', parts: [{ from: 0, to: 6 }] })([0])).toBeNull();
});
