import { listFirst, type TreeNote } from '../../module-tree/tree-note.ts';
import { baseOf, folderOf } from '../bytes/file-path.ts';

/** A file of weights, or an index of all, and how many tensors it names. */
export interface WeighedFile {
  readonly name: string;
  readonly tensors: number;
  readonly isIndex: boolean;
}

/** The folder whose weights are read, and the note that names the others. */
export interface ChosenFolder {
  readonly folder: string;
  readonly note: TreeNote;
}

const mostNamed = 5;

/**
 * Chooses one folder where several hold weights (rule T17), such as a pipeline or the steps of a training: the
 * outermost, of several the one that names the most tensors, of equals the first in the order of their numbers.
 * Null when there is one folder only.
 */
export function chooseFolder(files: readonly WeighedFile[]): ChosenFolder | null {
  const sizes = new Map<string, number>();
  for (const { name, tensors, isIndex } of files.toSorted((left, right) => Number(left.isIndex) - Number(right.isIndex))) {
    const folder = folderOf(name);
    const known = sizes.get(folder) ?? 0;
    sizes.set(folder, isIndex ? Math.max(known, tensors) : known + tensors);
  }
  const ordered = [...sizes].toSorted(
    ([left, leftSize], [right, rightSize]) =>
      depthOf(left) - depthOf(right) || rightSize - leftSize || left.localeCompare(right, 'en', { numeric: true }),
  );
  const [chosen, ...others] = ordered;
  if (chosen === undefined || others.length === 0) return null;
  const [folder] = chosen;
  const named = others.map(([name, tensors]) => ({ name: baseOf(name), tensors }));
  return { folder, note: { type: 'several-folders', folder: baseOf(folder), others: listFirst(named, mostNamed) } };
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split(/[/\\]/).length;
}
