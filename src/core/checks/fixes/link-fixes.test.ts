import { describe, expect, it } from 'vitest';
import { isConfigObject } from '../../config/value.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { parseList } from '../../testing/nni-vectors.ts';
import { treeOf } from '../../testing/nni-trees.ts';
import { createResolver } from '../../resolve/resolver.ts';
import { linkFixes, offerLinks } from './link-fixes.ts';

/** `name:Type` each; the root is added. */
function modelOf(...modules: readonly string[]): ModuleTree {
  const entries = modules.map((each) => ({ name: each.split(':')[0]!, type: each.split(':')[1]! }));
  return treeOf([{ name: '', type: 'Net' }, ...entries]);
}

function blocks(prefix: string, count: number, type: string, suffix = ''): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}${at}${suffix}:${type}`);
}

/** The links that are offered for all modules of that type; `null` for no fix. */
function linksFor(tree: ModuleTree, type: string, teacher: ModuleTree, config = '{"apply_method":"mse"}'): readonly unknown[] | null {
  const modules = [...Array(tree.size).keys()].filter((module) => tree.types[tree.typeId[module]!] === type);
  const content = parseList(`[${config}]`).find(isConfigObject);
  const [fix] = linkFixes({ config: content!, index: 0, listLength: 1, modules }, tree, teacher);
  if (fix?.action.type !== 'edit-list') return null;
  const values = fix.action.edits.flatMap((edit) => (edit.type === 'set' ? [edit.value] : []));
  return values.map((value) => (isConfigObject(value) ? value.entries.find(([key]) => key === 'link')?.[1] : value));
}

const bert = modelOf(...blocks('layer.', 2, 'Layer'), ...blocks('layer.', 2, 'Linear', '.out'), 'head:Linear');

describe('F2c: counterparts in the teacher', () => {
  it.each<[string, ModuleTree, string, readonly unknown[] | null]>([
    ['a wrapped teacher', modelOf(...blocks('bert.layer.', 2, 'Layer')), 'Layer', ['bert.layer.0', 'bert.layer.1']],
    ['one of another type', modelOf(...blocks('blocks.', 2, 'Block')), 'Layer', ['blocks.0', 'blocks.1']],
    ['three times as deep', modelOf(...blocks('blocks.', 6, 'Block')), 'Layer', ['blocks.2', 'blocks.5']],
    ['numbers inside of names', modelOf(...blocks('blocks.b', 2, 'Block')), 'Layer', ['blocks.b0', 'blocks.b1']],
    ['the same type before the least deep', modelOf(...blocks('a.', 3, 'A'), ...blocks('b.c.', 3, 'Layer')), 'Layer', ['b.c.1', 'b.c.2']],
    ['two that it may be', modelOf(...blocks('a.', 3, 'A'), ...blocks('b.', 3, 'A')), 'Layer', null],
    ['one that is not so deep', modelOf(...blocks('blocks.', 1, 'Block')), 'Layer', null],
    ['nothing alike', modelOf('a:A'), 'Layer', null],
    ['names that differ in more than a number', modelOf(...blocks('x.', 9, 'Linear')), 'Linear', null],
  ])('%s', (_, teacher, type, expected) => {
    expect(linksFor(bert, type, teacher)).toEqual(expected);
  });

  it('what ends alike belongs together', () => {
    const teacher = modelOf(...blocks('t.', 4, 'Block'), ...blocks('t.', 4, 'Linear', '.out'), ...blocks('t.', 4, 'Linear', '.in'));
    const student = modelOf(...blocks('s.', 2, 'Linear', '.out'));
    expect(linksFor(student, 'Linear', teacher)).toEqual(['t.1.out', 't.3.out']);
  });

  it('one module is linked in place, and a target with a link of its own is left alone', () => {
    const student = modelOf('head:Linear');
    const teacher = modelOf('net.head:Linear');
    expect(moduleName(teacher, 2)).toBe('net.head');
    expect(linksFor(student, 'Linear', teacher)).toEqual(['net.head']);
    expect(linksFor(student, 'Linear', teacher, '{"target_settings":{"_output_":{"link":"x"}}}')).toBeNull();
  });
});

describe('X6c: links to a deeper teacher', () => {
  const student = modelOf(...blocks('layer.', 2, 'Layer'), ...blocks('layer.', 2, 'Linear', '.out'), 'head:Linear');
  const teacher = modelOf(...blocks('layer.', 4, 'Layer'), ...blocks('layer.', 4, 'Linear', '.out'), 'head:Linear');
  it.each<[string, string, ModuleTree | null, readonly string[]]>([
    ['all blocks', '{"op_types":["Layer"],"lambda":0.5,"link":"auto"}', teacher, ['layer.1', 'layer.3']],
    ['one module of each block', '{"op_names_re":[".*out"],"lambda":0.5}', teacher, ['layer.1.out', 'layer.3.out']],
    ['a part of the blocks', '{"op_names":["layer.0"],"lambda":0.5}', teacher, []],
    ['blocks and more', '{"op_types":["Layer","Linear"],"lambda":0.5}', teacher, []],
    ['a link of its own', '{"op_types":["Layer"],"lambda":0.5,"link":"layer.3"}', teacher, []],
    ['a teacher as deep', '{"op_types":["Layer"],"lambda":0.5}', student, []],
    ['no teacher', '{"op_types":["Layer"],"lambda":0.5}', null, []],
  ])('%s', (_, config, deeper, expected) => {
    const resolution = createResolver(student).resolve({ mode: 'distillation', list: parseList(`[${config}]`), templates: [], python: '3.11' });
    const links = (offerLinks(resolution, student, deeper).get(0) ?? []).map(({ values }) => values);
    expect(links).toEqual(expected.length === 0 ? [] : [{ first: expected[0], last: expected.at(-1) }]);
  });

  it('X6c: of each sub-config in one answer, none for those that have links', () => {
    const list = '[{"op_names_re":[".*out"],"lambda":0.5},{"op_names":["head"],"lambda":0.5,"link":"layer.3"},{"op_types":["Layer"],"lambda":0.5}]';
    const resolution = createResolver(student).resolve({ mode: 'distillation', list: parseList(list), templates: [], python: '3.11' });
    const offers = offerLinks(resolution, student, teacher);
    expect([0, 1, 2].map((subConfig) => offers.get(subConfig)?.map(({ values }) => values))).toEqual([
      [{ first: 'layer.1.out', last: 'layer.3.out' }],
      undefined,
      [{ first: 'layer.1', last: 'layer.3' }],
    ]);
  });
});
