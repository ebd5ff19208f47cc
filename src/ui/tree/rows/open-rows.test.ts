import { describe, expect, it } from 'vitest';
import { findSiblingRuns } from '../../../core/module-tree/sibling-runs.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';
import { readTree } from '../../../core/readers/read-tree.ts';
import { foundRows, openRows, rowOfModule, rowsBeside, type OpenRows } from './open-rows.ts';
import { modulesOfRows, openEverything, placeOfRow, rowAt, sliceRows } from './visible-rows.ts';

const types: Record<string, string> = { '': 'Net', stem: 'Conv2d', blocks: 'ModuleList' };
for (const block of [0, 1, 2]) {
  types[`blocks.${block}`] = 'Block';
  types[`blocks.${block}.norm`] = 'LayerNorm';
  types[`blocks.${block}.fc`] = 'Linear';
}
types['head'] = 'Linear';
const read = readTree({ name: 'tree.json', bytes: new TextEncoder().encode(JSON.stringify(types)) });
if (!read.ok) throw new Error(read.error.code);
const tree = read.value;
const runs = findSiblingRuns(tree);
const indexOf = (name: string) => Array.from({ length: tree.size }, (_, at) => at).find((at) => moduleName(tree, at) === name)!;
const set = (...names: string[]) => new Set(names.map(indexOf));

/** Rows as a person sees them: indented names, `-` open, `+` closed, `×3` of a run. */
function drawn(rows: OpenRows): readonly string[] {
  return Array.from({ length: rows.size }, (_, at) => {
    const { depth, module, runLength, state, found } = rowAt(tree, rows, at);
    const sign = { leaf: '', closed: '+', open: '-' }[state];
    return `${' '.repeat(depth)}${sign}${moduleName(tree, module) || '(root)'}${runLength > 0 ? `×${runLength}` : ''}${found ? ' !' : ''}`;
  });
}

describe('the rows that are open (T20)', () => {
  it('leave out rows below closed branches and show a run of equal siblings as one', () => {
    expect(drawn(openRows(tree, runs, { modules: new Set(), runs: new Set() }))).toEqual(['+(root)']);
    expect(drawn(openRows(tree, runs, { modules: openEverything(tree, runs), runs: new Set() }))).toEqual([
      '-(root)', ' stem', ' -blocks', '  +blocks.0×3', ' head',
    ]);
  });

  it('show the members of an opened run one deeper, each open or closed', () => {
    const rows = openRows(tree, runs, { modules: set('', 'blocks', 'blocks.1'), runs: set('blocks.0') });
    expect(drawn(rows)).toEqual([
      '-(root)', ' stem', ' -blocks', '  -blocks.0×3', '   +blocks.0', '   -blocks.1', '    blocks.1.norm', '    blocks.1.fc', '   +blocks.2', ' head',
    ]);
    expect([...rows.above]).toEqual([-1, 0, 0, 2, 3, 3, 5, 5, 3, 0]);
    expect([...rows.place]).toEqual([1, 1, 2, 1, 1, 2, 1, 2, 3, 3]);
    expect([...rows.children]).toEqual([3, 0, 1, 3, 0, 2, 0, 0, 0, 0]);
    expect(rowAt(tree, rows, 5)).toMatchObject({ place: 2, beside: 3 });
    expect(rowsBeside(rows, 5)).toEqual([4, 5, 8]);
    expect(rowsBeside(rows, 0)).toEqual([0]);
  });

  it('are found by module and by id, a run apart from its first member', () => {
    const rows = openRows(tree, runs, { modules: set('', 'blocks'), runs: set('blocks.0') });
    const first = indexOf('blocks.0');
    expect([rowOfModule(rows, first, true), rowOfModule(rows, first, false)]).toEqual([3, 4]);
    expect(rowOfModule(rows, indexOf('blocks.0.fc'), false)).toBe(-1);
    for (let at = 0; at < rows.size; at++) expect(placeOfRow(rows, rowAt(tree, rows, at).id)).toBe(at);
  });

  it('stand for modules, those of a run and of its members once', () => {
    const rows = openRows(tree, runs, { modules: set('', 'blocks'), runs: set('blocks.0') });
    expect(modulesOfRows(tree, rows, 3, 5).map((module) => moduleName(tree, module))).toEqual(['blocks.0', 'blocks.1', 'blocks.2']);
  });

  it('are the same objects where they are as they were', () => {
    const before = openRows(tree, runs, { modules: set(''), runs: new Set() });
    const shown = sliceRows(tree, before, 0, before.size, []);
    const after = openRows(tree, runs, { modules: set('', 'blocks'), runs: new Set() });
    const next = sliceRows(tree, after, 0, after.size, shown);
    expect(next.map((row) => shown.includes(row))).toEqual([true, true, false, false, true]);
  });
});

describe('the rows of a search', () => {
  it('are the matches, below the branches that lead there', () => {
    const rows = foundRows(tree, Uint32Array.of(indexOf('blocks'), indexOf('blocks.1.fc'), indexOf('blocks.2'), indexOf('head')));
    expect(drawn(rows)).toEqual(['-(root)', ' -blocks !', '  -blocks.1', '   blocks.1.fc !', '  +blocks.2 !', ' head !']);
  });
});
