import { describe, expect, it } from 'vitest';
import { readImport } from './import-list.ts';
import { writeCompactJson } from '../config/json-writer.ts';

function listOf(text: string, choice: number | null = null): string {
  const read = readImport(text, 'pruning', { choice });
  return read.ok && read.value.type === 'list' && read.value.list ? writeCompactJson(read.value.list) : JSON.stringify(read);
}

describe('E5a a script whose work is used up', () => {
  const loop = 'x = 0\nwhile True:\n    x = x + 1';
  it.each([
    ['a list that grows without end is no list', `config_list = []\n${loop}\n    config_list.append({'op_names': ['a%d' % x]})`, '{"ok":false,"error":{"type":"too-large","line":3}}'],
    ['a list behind such a loop is not reached', `${loop}\nconfig_list = [{'op_names': ['a']}]`, '{"ok":false,"error":{"type":"too-large","line":2}}'],
    ['a list before a loop that leaves it alone', `config_list = [{'op_names': ['a']}]\n${loop}`, '[{"op_names":["a"]}]'],
    ['a list that a call has taken', `config_list = [{'op_names': ['a']}]\npruner = L1NormPruner(model, config_list)\n${loop}\n    config_list.append(1)`, '[{"op_names":["a"]}]'],
  ])('%s', (_title, text, list) => {
    expect(listOf(text)).toBe(list);
  });
});

describe('importing a list', () => {
  it.each([
    ['E1: numbers keep their form', '[{"op_types":["Linear"],"sparse_ratio":0.50}]', '[{"op_types":["Linear"],"sparse_ratio":0.50}]'],
    ['one sub-config alone is a list of one', '{"op_types":["Linear"]}', '[{"op_types":["Linear"]}]'],
    [
      'Python source',
      "config_list = [{'op_types': ['Linear'], 'sparse_ratio': 0.5,  # half\n}]",
      '[{"op_types":["Linear"],"sparse_ratio":0.5}]',
    ],
  ])('%s', (_title, text, list) => {
    expect(listOf(text)).toBe(list);
  });

  it('takes the chosen one of several lists in Python source and names all', () => {
    const source = "a = [{'op_types': ['Linear']}]\nb = [{'op_names': ['fc1']}]\n";
    const read = readImport(source, 'pruning');
    expect(read.ok && read.value.type === 'list' && read.value.found.map(({ name, line }) => `${name}, line ${line}`)).toEqual(['a, line 1', 'b, line 2']);
    expect(listOf(source, 1)).toBe('[{"op_names":["fc1"]}]');
  });

  it('E5b: asks for what is not decided, and runs nothing', () => {
    const source = "config_list = [{'op_types': ['Linear'],\n 'sparse_ratio': ratio()}]";
    expect(readImport(source, 'pruning')).toMatchObject({ ok: true, value: { list: null, holes: [{ root: { key: 'ratio()' } }] } });
    const filled = readImport(source, 'pruning', { given: new Map([['ratio()', '0.25']]) });
    expect(filled.ok && filled.value.type === 'list' && filled.value.list && writeCompactJson(filled.value.list)).toBe('[{"op_types":["Linear"],"sparse_ratio":0.25}]');
  });

  it('E5a: takes the list whose class is of the mode', () => {
    const source = "a = [{'op_types': ['Linear'], 'sparse_ratio': 0.5}]\nb = [{'op_types': ['Conv2d'], 'quant_dtype': 'int8'}]\nL1NormPruner(model, a)\nQATQuantizer(model, b)";
    const choiceOf = (mode: 'pruning' | 'quantization') => {
      const read = readImport(source, mode);
      return read.ok && read.value.type === 'list' ? read.value.choice : null;
    };
    expect([choiceOf('pruning'), choiceOf('quantization')]).toEqual([0, 1]);
  });

  it.each([
    ['[1]', { type: 'item-not-a-dict', index: 0, found: 'a number' }],
    ['"x"', { type: 'not-a-list', found: 'a string' }],
    ['{"format":"module-tree","modules":[]}', { type: 'is-module-tree' }],
    ['{"format":"compression-plan","version":99}', { type: 'bad-plan' }],
    ['[{]', { type: 'not-json' }],
  ])('refuses %s with what it is', (text, error) => {
    expect(readImport(text, 'pruning')).toMatchObject({ ok: false, error });
  });

  it.each([
    ['[]', '', null],
    ['config_list = []', 'config_list', 1],
  ])('E6b: %s is empty and replaces no list', (text, name, line) => {
    expect(readImport(text, 'pruning')).toMatchObject({ ok: false, error: { type: 'empty-list', name, line } });
  });

  it('L4: translates a list of NNI 2.x and says what changed', () => {
    expect(readImport('[{"op_types":["Linear"],"total_sparsity":0.8}]', 'pruning')).toMatchObject({
      ok: true,
      value: { changes: [{ type: 'pruning-keys' }, { type: 'global-group' }] },
    });
  });
});
