import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../../config/json-writer.ts';
import { readScript } from '../read-script.ts';

/** The lists of a source: name, class, and the content, the open parts or the misfits. */
function lists(...lines: readonly string[]): readonly string[] {
  const result = readScript(lines.join('\n'));
  if (!result.ok) return [result.error.type];
  return result.value.lists.map(({ name, call, list, holes, misfits }) => {
    const open = holes.map(({ root }) => `open ${root.key}`);
    const odd = misfits.map(({ kind, path, found }) => `${kind} ${path.join('.')} ${found}`);
    return [name, call?.className ?? '-', ...(open.length + odd.length > 0 ? [...open, ...odd] : [writeCompactJson(list)])].join(' ');
  });
}

describe('E5c items of a list that are no dicts are not left out', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['tuples', ["P = TaylorPruner(model, config_list=[('Conv2d', 0.5)])"], ['config_list TaylorPruner item 0 tuple']],
    ['a text behind a dict', ["cfg = [{'op_types': ['Conv2d']}, 'fc']", 'P = L1NormPruner(model, cfg)'], ['cfg L1NormPruner item 1 str']],
    ['a list in the list', ["config_list = [[{'op_types': ['Conv2d']}], {'op_names': ['a']}]"], ['config_list - item 0 list']],
    ['an item that is not known', ["config_list = [{'op_types': ['Conv2d']}, first]"], ['config_list - open first']],
  ])('%s', (_, source, expected) => {
    expect(lists(...source)).toEqual(expected);
  });
});

describe('E5b the list that a class takes', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['behind the model, made under a condition', ['rows = []', 'for n in ["a"]:', '    if n in skipped: continue', "    rows.append({'op_names': [n]})", 'P = L1NormPruner(model, rows)'], ['rows L1NormPruner open skipped']],
    ['behind the model, from elsewhere', ['P = QATQuantizer(model, load(path), evaluator)'], [' QATQuantizer open load(path)']],
    ['behind a number and the model', ["P = AMCPruner(100, model, [{'op_types': ['Conv2d'], 'total_sparsity': 0.5}])"], [' AMCPruner [{"op_types":["Conv2d"],"total_sparsity":0.5}]']],
    ['not the number of a schedule', ["p = TaylorPruner(model, [{'op_types': ['Conv2d']}], e, 10)", 'P = AGPPruner(p, steps, 10)'], [' AGPPruner [{"op_types":["Conv2d"]}]']],
    ['the values that its items are set to are no lists', ['config_list = [{}]', "config_list[0]['sparse_ratio'] = ratio", "config_list[0]['op_types'] = ['Linear']", 'P = L1NormPruner(model, config_list)'], ['config_list L1NormPruner open ratio']],
    ['an item of a dict', ["kwargs['config_list'] = get()", 'run(**kwargs)'], [' - open get()']],
  ])('%s', (_, source, expected) => {
    expect(lists(...source)).toEqual(expected);
  });
});

it('E5a a loop without an end in a function that nothing calls leaves work for the next', () => {
  const source = ['def train(model, max_steps=None):', '    step = 0', '    while True:', '        if max_steps is not None and step >= max_steps: return', '        step += 1', '', 'def prune(model):', "    return L1NormPruner(model, [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}])"];
  expect(lists(...source)).toEqual([' L1NormPruner [{"op_types":["Conv2d"],"sparse_ratio":0.5}]']);
  const result = readScript(source.join('\n'));
  expect(result.ok && result.value.raised).toEqual([]);
});
