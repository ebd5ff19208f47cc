import type { Lack, ModuleTree, SourceFormat } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import type { NamedTensor } from './named-tensor.ts';

/** The tensors of a file of weights, before they become a tree: shards are joined first. */
export interface TensorList {
  readonly type: 'tensors';
  readonly tensors: readonly NamedTensor[];
  readonly format: SourceFormat;
  readonly producer: string | null;
  readonly notes: readonly TreeNote[];
  readonly lacks: readonly Lack[];
}

/** The result of reading a file. */
export type FileContent = TensorList | { readonly type: 'tree'; readonly tree: ModuleTree };
