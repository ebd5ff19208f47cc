import { readdirSync, readFileSync } from 'node:fs';
import type { ConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';
import { jsonLines, jsonRows } from './nni-vectors.ts';

const vectors = new URL('../graph/vectors/', import.meta.url);

/** The lines of `graph/vectors/<file>.jsonl.gz`. */
export function graphVectorLines(file: string): readonly string[] {
  return jsonLines(new URL(`${file}.jsonl.gz`, vectors));
}

/** The rows of `graph/vectors/<file>.jsonl.gz`, numbers kept as written. */
export function graphVectorRows(file: string): readonly ConfigObject[] {
  return jsonRows(new URL(`${file}.jsonl.gz`, vectors));
}

/** Names of the models with graphs in `graph/vectors/models`. */
export const graphModels: readonly string[] = readdirSync(new URL('models', vectors)).map((file) => file.replace('.json.gz', ''));

const trees = new Map<string, ModuleTree>();

/** A model of `graph/vectors/models`. */
export function readGraphModel(name: string): ModuleTree {
  const known = trees.get(name);
  if (known !== undefined) return known;
  const tree = readTree({ name: `${name}.json.gz`, bytes: readFileSync(new URL(`models/${name}.json.gz`, vectors)) });
  if (!tree.ok) throw new Error(`${name}: ${tree.error.code}`);
  trees.set(name, tree.value);
  return tree.value;
}

/** The tree of a parsed tree file, as rows with a `tree` of their own hold it. */
export function treeOfDocument(document: unknown): ModuleTree {
  const tree = readTree({ name: 'tree.json', bytes: new TextEncoder().encode(JSON.stringify(document)) });
  if (!tree.ok) throw new Error(tree.error.code);
  return tree.value;
}
