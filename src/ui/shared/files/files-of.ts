import type { NamedFile } from '../../../worker/protocol.ts';

/** Far more than any model has; a home directory that was dropped by mistake ends here. */
export const mostFiles = 5000;

/** The result of a drop or a file choice: the files, and the names of files that cannot be opened. */
export interface DroppedFiles {
  readonly files: readonly NamedFile[];
  /** Files and folders that the browser could not read, by their place in the folder. */
  readonly unread: readonly string[];
  /** The file that was over the limit of files, where one was: it and all after it are left out. */
  readonly cutAt: string | null;
}

/** Files that were picked singly, or as a folder without its hidden files. */
export function pickedFiles(picked: Iterable<File>): DroppedFiles {
  const files = [...picked]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => !path.includes('/') || path.split('/').every(isShown));
  return { files: files.slice(0, mostFiles), unread: [], cutAt: files[mostFiles]?.path ?? null };
}

/** Handles that came with files, where the browser lets a page write to them. */
const handles = new WeakMap<File, FileSystemFileHandle>();

/** The handle of a file that was dropped alone; `null` where the browser gives none. */
export function handleOf(file: File): FileSystemFileHandle | null {
  return handles.get(file) ?? null;
}

/**
 * Files that were dropped, folders with all below them except hidden files. Call it within the event: the browser forgets the files
 * once it is over.
 */
export async function droppedFiles(transfer: DroppedData): Promise<DroppedFiles> {
  const plain = [...transfer.files];
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const asking = items.length === 1 ? items[0]!.getAsFileSystemHandle?.().catch(() => null) : null;
  const isPlain = entries.length === 0 || entries.some((entry) => entry === null);
  const dropped = isPlain ? pickedFiles(plain) : await filesBelow(entries.filter((entry) => entry !== null), plain);
  const handle = await asking;
  const [only] = dropped.files;
  if (only && handle?.kind === 'file') handles.set(only.file, handle as FileSystemFileHandle);
  return dropped;
}

/** A part of browsers with file access, which TypeScript does not know yet. */
export interface ItemWithHandle extends Pick<DataTransferItem, 'kind' | 'webkitGetAsEntry'> {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** The part of a `DataTransfer` that a drop needs. */
export interface DroppedData {
  readonly files: Iterable<File>;
  readonly items: Iterable<ItemWithHandle>;
}

/** `plain` are the dropped files themselves: WebKit does not open every entry that it lists. */
async function filesBelow(entries: readonly FileSystemEntry[], plain: readonly File[]): Promise<DroppedFiles> {
  const files: NamedFile[] = [];
  const unread: string[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    const path = entry.fullPath.replace(/^\//, '');
    if (files.length >= mostFiles) return { files, unread, cutAt: path };
    if (isFile(entry)) {
      const file = await fileOf(entry).catch(() => plain.find(({ name }) => name === path));
      if (file) files.push({ path, file });
      else unread.push(path);
    }
    if (isFolder(entry)) {
      const children = await childrenOf(entry).catch(() => null);
      if (children) waiting.push(...children);
      else unread.push(path);
    }
  }
  return { files, unread, cutAt: null };
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

/** Hidden files are none of the model's, but for the list of a distributed checkpoint. */
function isShown(name: string): boolean {
  return !name.startsWith('.') || name === '.metadata';
}

/** The entries of a folder by name, without hidden ones. Rejects for a folder that cannot be read. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a hundred at a time, and none when it is done.
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    children.push(...some);
    if (children.length > mostFiles) break;
  }
  return children
    .filter(({ name }) => isShown(name))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
