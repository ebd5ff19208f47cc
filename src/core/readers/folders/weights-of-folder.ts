import type { ModuleTree } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import type { Result } from '../../result.ts';
import { baseOf } from '../bytes/file-path.ts';
import { noteNotRead, type ReadFile } from './folder-file.ts';
import type { ReadError, ReadLimits } from '../messages/read-error.ts';
import type { NamedShard } from './read-weight-index.ts';
import type { TensorList } from '../weights/tensor-list.ts';
import { buildTensorTree } from '../weights/tensor-tree.ts';
import { type NamedTensor } from '../weights/named-tensor.ts';

const preference = ['safetensors', 'torch-checkpoint', 'state-dict-keys', 'onnx'] as const;

/** All tensor lists of the preferred format as one, completed by the index; null when there is none. */
export function readWeights(
  files: readonly ReadFile[],
  model: string,
  limits: ReadLimits,
): Result<ModuleTree, ReadError> | null {
  const lists: { readonly name: string; readonly list: TensorList }[] = [];
  for (const file of files) {
    if (file.type === 'content' && file.content.type === 'tensors') {
      lists.push({ name: file.name, list: file.content });
    }
  }
  const format = preference.find((candidate) => lists.some(({ list }) => list.format === candidate));
  const ofFormat = lists.filter(({ list }) => list.format === format);
  // A folder may hold an index for each of two formats although only one format was downloaded.
  const indices = files.filter((file): file is ReadFile & { readonly type: 'index' } => file.type === 'index');
  const here = new Set(files.map(({ name }) => baseOf(name)));
  const index = indices.find(({ tensors: named }) => named.some(({ shard }) => here.has(shard))) ?? indices[0];
  // Files that the index does not name hold another form of the weights, unless it names none of the files.
  const shards = new Set(index?.tensors.map(({ shard }) => shard));
  const named = ofFormat.filter(({ name }) => shards.has(baseOf(name)));
  const chosen = named.length > 0 ? named : ofFormat;
  const tensors: NamedTensor[] = [];
  const origins = new Map<NamedTensor, string>();
  const notes: TreeNote[] = [];
  for (const { name, list } of chosen) {
    for (const tensor of list.tensors) {
      tensors.push(tensor);
      origins.set(tensor, name);
    }
    notes.push(...list.notes);
  }
  notes.push(...noteNotRead('not-in-index', ofFormat.filter((file) => !chosen.includes(file))));
  const present = new Set(tensors.map(({ name }) => name));
  const missing = new Set<string>();
  for (const { name, shard } of index?.tensors ?? []) {
    if (present.has(name)) continue;
    present.add(name);
    tensors.push({ name, shape: null, dtype: null });
    if (!here.has(shard)) missing.add(shard);
  }
  if (tensors.length === 0) return null;
  if (missing.size > 0 && chosen.length > 0) {
    const [first] = missing;
    notes.push({ type: 'missing-shards', first: first!, count: missing.size });
  }
  const [one] = chosen;
  const ordered = index === undefined ? tensors : orderAsIndex(tensors, index.tensors);
  return buildTensorTree(
    ordered,
    {
      model,
      format: one?.list.format ?? 'weight-index',
      producer: one?.list.producer ?? null,
      notes,
      lacks: one?.list.lacks ?? [],
      describe: (at) => origins.get(ordered[at]!) ?? index?.name ?? '',
    },
    limits,
  );
}

/** The order of the index, which is the same however the shards were dropped; others follow. */
function orderAsIndex(tensors: readonly NamedTensor[], index: readonly NamedShard[]): readonly NamedTensor[] {
  const places = new Map(index.map(({ name }, place) => [name, place]));
  return tensors.toSorted(
    (left, right) => (places.get(left.name) ?? Infinity) - (places.get(right.name) ?? Infinity) || 0,
  );
}
