import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { listFirst, type NotReadReason, type TreeNote } from '../../module-tree/tree-note.ts';
import type { WeighedFile } from './choose-folder.ts';
import type { ModelConfig } from './model-config.ts';
import type { ReadError } from '../messages/read-error.ts';
import type { NamedShard } from './read-weight-index.ts';
import type { FileContent } from '../weights/tensor-list.ts';

/** The result of reading one of several files. */
export type ReadFile =
  | { readonly type: 'content'; readonly name: string; readonly content: FileContent }
  | { readonly type: 'index'; readonly name: string; readonly tensors: readonly NamedShard[] }
  | ConfigFile
  | FailedFile;

/** A file that is no model, or a damaged one. */
export interface FailedFile {
  readonly type: 'failed';
  readonly name: string;
  readonly error: ReadError;
}

/** The facts in `config.json` about the model whose weights are in the same folder. */
interface ConfigFile {
  readonly type: 'config';
  readonly name: string;
  readonly config: ModelConfig;
}

/** The tree that a file holds; null for weights and all others. */
export function treeIn(file: ReadFile): ModuleTree | null {
  return file.type === 'content' && file.content.type === 'tree' ? file.content.tree : null;
}

/** The name and tensor count of a file of weights or an index; null for all other files. */
export function weigh(file: ReadFile): WeighedFile | null {
  if (file.type === 'index') return { name: file.name, tensors: file.tensors.length, isIndex: true };
  if (file.type !== 'content' || file.content.type === 'tree') return null;
  return { name: file.name, tensors: file.content.tensors.length, isIndex: false };
}

const mostNamed = 5;

/** The note that names the files that were not read; none where there are none. */
export function noteNotRead(reason: NotReadReason, files: readonly { readonly name: string }[]): readonly TreeNote[] {
  return files.length === 0 ? [] : [{ type: 'files-not-read', reason, files: listFirst(files.map(({ name }) => name), mostNamed) }];
}
