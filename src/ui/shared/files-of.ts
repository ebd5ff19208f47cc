import type { NamedFile } from '../../worker/protocol.ts';

/** Far more than any model has; a home directory that was dropped by mistake ends here. */
const mostFiles = 5000;

/** Files that were picked, singly or as a folder. */
export function pickedFiles(files: Iterable<File>): readonly NamedFile[] {
  return [...files].slice(0, mostFiles).map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * Files that were dropped or pasted, folders with all below them but what is hidden. Call it within the event: the
 * browser forgets what was dropped once that is over.
 */
export function transferredFiles(transfer: DataTransfer): Promise<readonly NamedFile[]> {
  const plain = [...transfer.files];
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry());
  if (entries.length === 0 || entries.some((entry) => entry === null)) return Promise.resolve(pickedFiles(plain));
  return filesBelow(entries.filter((entry) => entry !== null), plain);
}

/** `plain` are the dropped files themselves: WebKit does not open every entry that it lists. */
async function filesBelow(entries: readonly FileSystemEntry[], plain: readonly File[]): Promise<readonly NamedFile[]> {
  const found: NamedFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry !== undefined && found.length < mostFiles; entry = waiting.shift()) {
    if (isFile(entry)) {
      const path = entry.fullPath.replace(/^\//, '');
      const file = await fileOf(entry).catch(() => plain.find(({ name }) => name === path));
      // A file that vanished meanwhile: the page says when nothing is left to open.
      if (file) found.push({ path, file });
    }
    if (isFolder(entry)) waiting.push(...(await childrenOf(entry)));
  }
  return found;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/**
 * What stands in a folder, by name; of hidden files the list of a distributed checkpoint only. A folder that cannot be
 * read counts as empty.
 */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a hundred at a time, and none when it is done.
    const some = await new Promise<readonly FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0 || children.length >= mostFiles) break;
    children.push(...some);
  }
  return children
    .filter(({ name }) => !name.startsWith('.') || name === '.metadata')
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
