import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModuleTree, TensorInfo } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec, moduleType } from '../module-tree/tree-index.ts';
import { readTree } from './read-tree.ts';

const samples = readdirSync(new URL('samples/', import.meta.url)).filter((name) => name.endsWith('.repr.txt.gz'));

function treeOf(url: URL): ModuleTree {
  const read = readTree({ name: url.pathname, bytes: new Uint8Array(readFileSync(url)) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function shapesOf(tensors: readonly TensorInfo[]): string {
  return tensors.map(({ name, shape }) => `${name} ${JSON.stringify(shape)}`).join(', ');
}

describe('T7 T8 the printed text of each sample says what its module tree says', () => {
  test.each(samples)('%s', (file) => {
    const printed = treeOf(new URL(`samples/${file}`, import.meta.url));
    const json = `../../../public/samples/${file.replace('.repr.txt', '.json')}`;
    const exact = treeOf(new URL(json, import.meta.url));
    expect(printed.format).toBe('print-model');
    expect(printed.size).toBe(exact.size);
    const differences: string[] = [];
    let compared = 0;
    for (let row = 0; row < exact.size; row++) {
      const name = moduleName(exact, row);
      if (moduleName(printed, row) !== name) differences.push(`${row}: ${moduleName(printed, row)} for ${name}`);
      if (moduleType(printed, row) !== moduleType(exact, row)) differences.push(`${name}: ${moduleType(printed, row)}`);
      const told = moduleSpec(printed, row);
      const known = moduleSpec(exact, row);
      for (const field of ['parameters', 'buffers'] as const) {
        if (told[field] === null) continue;
        compared++;
        const expected = shapesOf(known[field] ?? []);
        if (shapesOf(told[field]) !== expected) {
          differences.push(`${name} ${field}: ${shapesOf(told[field])} for ${expected}`);
        }
      }
    }
    expect(differences.slice(0, 10)).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});
