import { describe, expect, test } from 'vitest';
import { writePythonList } from '../config/python-writer.ts';
import { readImport } from '../plan/import-list.ts';
import { readText } from '../testing/read-text.ts';

/** E5d: a change that is not worked out never leaves the value from before it. Expected values are those of CPython. */

const model = readText('Net(\n  (layers): ModuleList(\n    (0): Sequential(\n      (conv1): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1))\n    )\n  )\n  (fc): Linear(in_features=8, out_features=4, bias=True)\n)');

function read(script: string): string {
  const found = readImport(script, 'pruning', { tree: 'code' in model ? null : model });
  if (!found.ok) return found.error.type;
  if (found.value.type === 'plan') return 'plan';
  const { list, holes } = found.value;
  return list === null ? `open: ${holes.map(({ root }) => root.key.split('\n', 1)[0]!.slice(0, 30)).join(', ')}` : writePythonList(list).replaceAll(/\s+/g, ' ');
}

const names = (list: string) => `config_list = [{'op_names': ${list}, 'sparse_ratio': 0.5}]`;

describe('E5d values that change', () => {
  test.each([
    ['a slice that is set', `n = list('abcde')\nn[1:3] = ['x']\nn[0:0] = ['z']\nn[-1:] = []\n${names('n')}`, `['z', 'a', 'x', 'd']`],
    ['several statements on a line', `n = list('abc'); n[0:1] = ['x']; del n[1]\n${names('n')}`, `['x', 'c']`],
    ['a part of the model', `m = model.get_submodule('layers.0')\n${names('[k for k, _ in m.named_children()]')}`, `['conv1']`],
    ['a slice with a step', `n = list('abcd')\nn[::2] = ['x', 'y']\n${names('n')}`, `['x', 'b', 'y', 'd']`],
    ['a constant', `import math\nconfig_list = [{'op_names': ['fc'], 'sparse_ratio': round(math.pi - 3, 2)}]`, `0.14`],
    ['a choice of its own items', `config_list = [{'op_names': ['a'], 'sparse_ratio': 0.5}, {'op_names': ['b'], 'sparse_ratio': 0.1}]\nconfig_list = [c for c in config_list if c['op_names'] == ['b']]`, `config_list = [{'op_names': ['b'], 'sparse_ratio': 0.1`],
    ['a name that is given to another list', `config_list = [{'op_names': ['a'], 'sparse_ratio': 0.5}]\nconfig_list = [{**c, 'sparse_ratio': 0.9} for c in config_list]`, `'sparse_ratio': 0.9`],
  ])('%s', (_title, script, expected) => {
    expect(read(script).replaceAll(/([[{]) | ([\]}])/g, '$1$2').replaceAll(',]', ']')).toContain(expected.replaceAll(/([[{]) | ([\]}])/g, '$1$2'));
  });

  test.each([
    ['a function that other code may call', `seen = []\ndef visit(m):\n    seen.append('a')\nmodel.apply(visit)\n${names('seen')}`],
    ['a method of another object that takes a lambda', `seen = []\npool.map(lambda n: seen.append(n), ['a'])\n${names('seen')}`],
    ['a statement that is not worked out', `config_list = [{'op_names': ['a'], 'sparse_ratio': 0.5}]\nasync def f(): pass\nasync with f() as g:\n    config_list.append({'op_names': ['b'], 'sparse_ratio': 0.1})`],
    ['pow with a modulus', `config_list = [{'op_names': ['a'], 'sparse_ratio': pow(2, 5, 7)}]`],
  ])('%s is left open', (_title, script) => {
    expect(read(script)).toMatch(/^open: /);
  });
});
