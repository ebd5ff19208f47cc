import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModuleTree } from './module-tree.ts';
import { createTreeBuilder, unknownSpec, type TreeHeader } from './tree-builder.ts';
import { parentName } from './parent-name.ts';
import { defaultTreeLimits } from './tree-limits.ts';
import { childRows, moduleName, pathTo } from './tree-index.ts';

const header: TreeHeader = { model: 'm', source: null, producer: null, format: 'module-tree', lacks: [] };

function build(names: readonly string[]): ModuleTree {
  const builder = createTreeBuilder();
  for (const name of names) {
    builder.add(name, builder.internSpec({ ...unknownSpec, type: name === '' ? 'Root' : 'T' }));
  }
  const tree = builder.finish(header);
  if (!tree.ok) throw new Error(JSON.stringify(tree.error));
  return tree.value;
}

function namesOf(tree: ModuleTree): string[] {
  return Array.from({ length: tree.size }, (_, row) => moduleName(tree, row));
}

const label = fc.constantFrom('a', 'b', '0', '1', '10', '__proto__', 'ä', '');
const names = fc.uniqueArray(fc.array(label, { minLength: 0, maxLength: 5 }).map((labels) => labels.join('.')));

describe('T1c–d entries in any order make a tree', () => {
  test('pre-order, complete, with parents, depths and ends that agree (seed 3)', () => {
    fc.assert(
      fc.property(names, (given) => {
        const tree = build(given);
        const rows = namesOf(tree);
        expect(rows[0]).toBe('');
        expect(new Set(rows).size).toBe(rows.length);
        for (const name of given) expect(rows).toContain(name);
        for (let row = 1; row < tree.size; row++) {
          const parent = tree.parent[row]!;
          expect(rows[parent]).toBe(parentName(rows[row]!));
          expect(tree.depth[row]).toBe(tree.depth[parent]! + 1);
          expect(row > parent && tree.end[row]! <= tree.end[parent]!).toBe(true);
          expect(pathTo(tree, row).at(-2)).toBe(parent);
        }
        expect(tree.end[0]).toBe(tree.size);
        for (let row = 0; row < tree.size; row++) {
          const isGiven = given.includes(rows[row]!);
          expect(tree.sourceIndex[row]).toBe(isGiven ? given.indexOf(rows[row]!) : -1);
        }
      }),
      { seed: 3 },
    );
  });

  test('its own output is taken as it is (seed 4)', () => {
    fc.assert(
      fc.property(names, (given) => {
        const once = namesOf(build(given));
        const twice = build(once);
        expect(namesOf(twice)).toEqual(once);
        expect(twice.notes).toEqual([]);
      }),
      { seed: 4 },
    );
  });

  test('siblings keep the order in which they, or what is below them, came', () => {
    expect(namesOf(build(['b.x', 'a', 'b', 'c.y', 'a.z']))).toEqual(['', 'b', 'b.x', 'a', 'a.z', 'c', 'c.y']);
  });

  test('equal specs are one', () => {
    const tree = build(['', 'a', 'b', 'c']);
    expect([tree.specs.length, [...tree.specId], tree.types]).toEqual([2, [0, 1, 1, 1], ['Root', 'T']]);
  });

  test.each([
    [['', 'a', 'b', 'a'], { type: 'duplicate-name', name: 'a', first: 1, second: 3 }],
    [['a', 'b', 'a'], { type: 'duplicate-name', name: 'a', first: 0, second: 2 }],
    [['', 'a', ''], { type: 'duplicate-name', name: '', first: 0, second: 2 }],
  ])('%j: the name and both places', (given, error) => {
    const builder = createTreeBuilder();
    for (const name of given) builder.add(name, builder.internSpec(unknownSpec));
    expect(builder.finish(header)).toEqual({ ok: false, error });
  });

  test.each([
    [{ maxModules: 3 }, ['', 'a', 'b', 'c'], { type: 'too-many-modules', limit: 3 }],
    [{ maxModules: 3 }, ['a.b.c'], { type: 'too-many-modules', limit: 3 }],
    [{ maxNameUnits: 9 }, ['a.b.c.d'], { type: 'names-too-long', limit: 9 }],
    [{ maxDepth: 2 }, ['a.b.c'], { type: 'too-deep', name: 'a.b.c', sourceIndex: 0, limit: 2 }],
    [{ maxDepth: 2 }, ['', 'a', 'a.b', 'a.b.c'], { type: 'too-deep', name: 'a.b.c', sourceIndex: 3, limit: 2 }],
    [{}, [`a${'.a'.repeat(100_000)}`], { type: 'too-deep', sourceIndex: 0, limit: 1000 }],
  ])('limits %j stop %j', (limits, given, error) => {
    const builder = createTreeBuilder({ ...defaultTreeLimits, ...limits });
    for (const name of given) builder.add(name, builder.internSpec(unknownSpec));
    const result = builder.finish(header);
    expect(result.ok ? null : result.error).toMatchObject(error);
  });
});

test('T1d children are found without a list of them', () => {
  const tree = build(['', 'a', 'a.b', 'a.c', 'd']);
  expect([childRows(tree, 0), childRows(tree, 1), childRows(tree, 4)]).toEqual([[1, 4], [2, 3], []]);
});
