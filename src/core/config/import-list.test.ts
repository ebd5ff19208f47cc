import { describe, expect, it } from 'vitest';
import { readImport } from './import-list.ts';
import { writeCompactJson } from './json-writer.ts';

function listOf(text: string, choice = 0): string {
  const read = readImport(text, 'pruning', choice);
  return read.ok && read.value.type === 'list' ? writeCompactJson(read.value.list) : JSON.stringify(read);
}

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
    expect(read.ok && read.value.type === 'list' && read.value.names).toEqual(['a, line 1', 'b, line 2']);
    expect(listOf(source, 1)).toBe('[{"op_names":["fc1"]}]');
  });

  it('names the line of what is no literal, and runs nothing', () => {
    expect(readImport("config_list = [{'op_types': ['Linear'],\n 'sparse_ratio': ratio()}]", 'pruning')).toMatchObject({
      ok: false,
      error: { type: 'not-literal', places: [{ line: 2, column: 18 }] },
    });
  });

  it('tells of lines that change the list further, and of lists that it could not read', () => {
    const source = "config_list = [{'op_names': ['a']}]\nconfig_list.append(x)\nother_config_list = [{'op_names': f()}]";
    expect(readImport(source, 'pruning')).toMatchObject({
      ok: true,
      value: { changedInLines: [2], unread: [{ name: 'other_config_list', line: 3 }] },
    });
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

  it('L4: translates a list of NNI 2.x and says what changed', () => {
    expect(readImport('[{"op_types":["Linear"],"total_sparsity":0.8}]', 'pruning')).toMatchObject({
      ok: true,
      value: { changes: [{ type: 'pruning-keys' }, { type: 'global-group' }] },
    });
  });
});
