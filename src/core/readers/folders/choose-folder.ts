import { baseOf, folderOf } from '../bytes/file-path.ts';
import { countTensors, listFirst } from '../messages/note-words.ts';
import { shorten } from '../messages/read-error.ts';

/** A file of weights, or an index of all, and how many tensors it names. */
export interface WeighedFile {
  readonly name: string;
  readonly tensors: number;
  readonly isIndex: boolean;
}

/** The folder whose weights are read, and the others, worded for a note; null when there is one folder only. */
export interface ChosenFolder {
  readonly folder: string;
  readonly note: string;
}

const mostNamed = 5;

/**
 * Chooses one folder where several hold weights (rule T17), as those of a pipeline or the steps of a training do: the
 * outermost, of several the one that names the most tensors, of equals the first in the order of their numbers.
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
  const named = listFirst(others, mostNamed, ([name, size]) => `${lastOf(name)} (${countTensors(size)})`);
  const read = folder === '' ? 'Of the files, those outside of folders are read.' : `Of several folders ${lastOf(folder)} is read.`;
  return { folder, note: `${read} Not read: ${named}; drop one of these alone to open it.` };
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split(/[/\\]/).length;
}

function lastOf(folder: string): string {
  return shorten(baseOf(folder), 40);
}
