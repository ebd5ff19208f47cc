import type { Lack, ModuleTree, SourceFormat } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import type { NamedTensor } from './named-tensor.ts';

/** What a file of weights holds, before it is made a tree: shards are put together first. */
export interface TensorList {
  readonly type: 'tensors';
  readonly tensors: readonly NamedTensor[];
  readonly format: SourceFormat;
  readonly producer: string | null;
  readonly notes: readonly TreeNote[];
  readonly lacks: readonly Lack[];
}

/** What a reader makes of a file. */
export type FileContent = TensorList | { readonly type: 'tree'; readonly tree: ModuleTree };
