import type { TreeNote } from '../../module-tree/tree-note.ts';
import type { LineAccount } from '../lines/line-account.ts';
import type { NamedItem } from '../literals/named-items.ts';
import type { NamedTensor } from '../weights/named-tensor.ts';

/** The rows of a table: names with types or shapes, or tensors among modules whose types are not shown. */
export type Rows =
  | { readonly type: 'items'; readonly items: readonly NamedItem[]; readonly note?: TreeNote }
  | { readonly type: 'tensors'; readonly tensors: readonly NamedTensor[]; readonly modules: readonly string[]; readonly note?: TreeNote };

/** A kind of table: how its head is recognised, and how its rows are read. */
export interface TableKind {
  readonly isHead: (line: string) => boolean;
  /** Reads the rows after the head, line `head` (from 0), and marks them; null where they are no such rows. */
  readonly read: (lines: readonly string[], head: number, account: LineAccount) => Rows | null;
}
