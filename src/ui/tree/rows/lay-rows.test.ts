import { describe, expect, it } from 'vitest';
import { countBlocks } from '../../../core/module-tree/mask-counts.ts';
import { findSiblingRuns } from '../../../core/module-tree/sibling-runs.ts';
import { moduleName, sumParameters } from '../../../core/module-tree/tree-index.ts';
import { readTree } from '../../../core/readers/read-tree.ts';
import { layRows, type Hits, type RowOrder } from './lay-rows.ts';
import { rowOfModule, type Openness, type OpenRows } from './open-rows.ts';
import { rowAt } from './visible-rows.ts';

const tensor = (size: number) => ({ parameters: { weight: { shape: [size] } } });
const modules = [{ name: '', type: 'Net' }, { name: 'stem', type: 'Conv2d', ...tensor(10) }, { name: 'blocks', type: 'ModuleList' }];
for (const block of [0, 1, 2, 3]) {
  modules.push({ name: `blocks.${block}`, type: 'Block' });
  modules.push({ name: `blocks.${block}.norm`, type: 'LayerNorm', ...tensor(5) });
  modules.push({ name: `blocks.${block}.fc`, type: 'Linear', ...tensor(50) });
}
modules.push({ name: 'head', type: 'Linear', ...tensor(90) });
const read = readTree({ name: 'tree.json', bytes: new TextEncoder().encode(JSON.stringify({ format: 'espalier-module-tree', version: 1, modules })) });
if (!read.ok) throw new Error(read.error.code);
const tree = read.value;
const runs = findSiblingRuns(tree);
const nameOf = (module: number) => moduleName(tree, module);
const indexOf = (name: string) => Array.from({ length: tree.size }, (_, at) => at).find((at) => nameOf(at) === name)!;

function hitsOf(pattern: RegExp): Hits {
  const mask = Uint8Array.from({ length: tree.size }, (_, at) => (pattern.test(nameOf(at)) ? 1 : 0));
  return { mask, blocks: countBlocks(mask), count: mask.filter((bit) => bit === 1).length };
}

function drawn(rows: OpenRows): readonly string[] {
  return Array.from({ length: rows.size }, (_, at) => {
    const { depth, module, runLength, state } = rowAt(tree, rows, at);
    const sign = { leaf: '', closed: '+', open: '-' }[state];
    return `${' '.repeat(depth)}${sign}${nameOf(module) || '(root)'}${runLength > 0 ? `×${runLength}` : ''}`;
  });
}

const none: Openness = { modules: new Set(), runs: new Set() };
const rootOpen: Openness = { modules: new Set([0]), runs: new Set() };
const plain: RowOrder = { hits: null, room: 40, onlyHits: false, shut: none, sums: null };

describe('rows that are opened for hits', () => {
  it('show every hit where there is room', () => {
    expect(drawn(layRows(tree, runs, rootOpen, { ...plain, hits: hitsOf(/^blocks\.\d\.fc/) }))).toEqual([
      '-(root)', ' stem', ' -blocks', '  -blocks.0×4',
      '   -blocks.0', '    blocks.0.norm', '    blocks.0.fc', '   -blocks.1', '    blocks.1.norm', '    blocks.1.fc',
      '   -blocks.2', '    blocks.2.norm', '    blocks.2.fc', '   -blocks.3', '    blocks.3.norm', '    blocks.3.fc', ' head',
    ]);
  });

  it('show the first hit of each run where there is not, between closed rows of the others', () => {
    const order = { ...plain, room: 8 };
    expect(drawn(layRows(tree, runs, rootOpen, { ...order, hits: hitsOf(/^blocks\.[123]\.fc/) }))).toEqual([
      '-(root)', ' stem', ' -blocks', '  +blocks.0', '  -blocks.1', '   blocks.1.norm', '   blocks.1.fc', '  +blocks.2×2', ' head',
    ]);
    expect(drawn(layRows(tree, runs, rootOpen, { ...order, room: 0, hits: hitsOf(/^blocks\.[123]\.fc/) }))).toEqual([
      '-(root)', ' stem', ' +blocks', ' head',
    ]);
  });

  it('leave out all others on demand, and stay closed where the user closes them', () => {
    const hits = hitsOf(/^blocks\.2\.fc|^stem/);
    expect(drawn(layRows(tree, runs, none, { ...plain, hits, room: 6, onlyHits: true }))).toEqual([
      '-(root)', ' stem', ' -blocks', '  -blocks.0×4', '   -blocks.2', '    blocks.2.fc',
    ]);
    const shut = { modules: new Set([indexOf('blocks')]), runs: new Set<number>() };
    expect(drawn(layRows(tree, runs, none, { ...plain, hits, shut }))).toEqual(['-(root)', ' stem', ' +blocks', ' head']);
  });

  it('open nothing without hits', () => {
    expect(drawn(layRows(tree, runs, rootOpen, { ...plain, hits: hitsOf(/nothing/) }))).toEqual(['-(root)', ' stem', ' +blocks', ' head']);
  });
});

describe('siblings by size', () => {
  const { elements: sums } = sumParameters(tree);
  const openness = { modules: new Set([0, indexOf('blocks'), indexOf('blocks.1')]), runs: new Set([indexOf('blocks.0')]) };

  it('stand with the largest first; members of a run keep their order', () => {
    const rows = layRows(tree, runs, openness, { ...plain, sums });
    expect(drawn(rows)).toEqual([
      '-(root)', ' -blocks', '  -blocks.0×4', '   +blocks.0', '   -blocks.1', '    blocks.1.fc', '    blocks.1.norm', '   +blocks.2', '   +blocks.3', ' head', ' stem',
    ]);
    for (let at = 0; at < rows.size; at++) expect(rowOfModule(rows, rows.module[at]!, rows.runLength[at]! > 0)).toBe(at);
  });
});
