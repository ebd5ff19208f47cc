import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { succeed, type Result } from '../../result.ts';
import { skipSpace, skipValue } from '../literals/json-cursor.ts';
import { asRecord, describeValue } from '../literals/record.ts';
import { jsonObjectItems } from '../literals/named-items.ts';
import { readFailure, shorten, type ReadError } from '../messages/read-error.ts';
import type { TextSource } from '../lines/text-source.ts';
import { syntaxFailure } from '../literals/syntax-failure.ts';
import { buildTensorTree } from '../weights/tensor-tree.ts';

/** A tensor, and the file that it is in. */
export interface NamedShard {
  readonly name: string;
  readonly shard: string;
}

/** Reads `weight_map` of a `*.index.json` whose object starts at `start`, in the order of the text. */
export function parseWeightMap(text: string, start: number): Result<readonly NamedShard[], ReadError> {
  const items = jsonObjectItems(text, start);
  const end = skipValue(text, start);
  if (items === null || skipSpace(text, end) < text.length) return syntaxFailure(text);
  const map = items.find(({ name }) => name === 'weight_map')?.value;
  if (asRecord(map) === null) return readFailure('weight-map', { name: 'weight_map', found: describeValue(map) });
  const tensors: NamedShard[] = [];
  for (const { name, value } of jsonObjectItems(text, weightMapStart(text, start)) ?? []) {
    if (typeof value !== 'string') {
      return readFailure('weight-map', { name: shorten(name), found: describeValue(value) });
    }
    tensors.push({ name, shard: value });
  }
  return tensors.length === 0 ? readFailure('no-modules') : succeed(tensors);
}

/** Reads the index of a sharded checkpoint: names only (rule T11). */
export function readWeightIndex(source: TextSource, start: number): Result<ModuleTree, ReadError> {
  const map = parseWeightMap(source.text, start);
  if (!map.ok) return map;
  const tensors = map.value.map(({ name }) => ({ name, shape: null, dtype: null }));
  return buildTensorTree(tensors, { model: source.modelName, format: 'weight-index' }, source.limits);
}

function weightMapStart(text: string, start: number): number {
  let at = skipSpace(text, start + 1);
  for (;;) {
    const keyEnd = skipValue(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (text.slice(at, keyEnd) === '"weight_map"' || keyEnd < 0) return value;
    at = skipSpace(text, skipSpace(text, skipValue(text, value)) + 1);
  }
}
