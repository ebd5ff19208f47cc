import { droppedFiles, handleOf } from './files-of.ts';

/** A file with the handle that the browser writes to it by; `null` where it has none. */
export interface HeldFile {
  readonly file: File;
  readonly handle: FileSystemFileHandle | null;
}

/** A part of browsers with file access, which TypeScript does not know yet. */
interface FileAccess {
  readonly showOpenFilePicker?: () => Promise<readonly FileSystemFileHandle[]>;
}

/** Whether this browser lets a page write to a file that the user chooses. */
export function hasFileAccess(): boolean {
  return (window as FileAccess).showOpenFilePicker !== undefined;
}

/** Lets the user choose a file; `null` when nothing was chosen. Only where `hasFileAccess`. */
export async function chooseHeldFile(): Promise<HeldFile | null> {
  try {
    const [handle] = (await (window as FileAccess).showOpenFilePicker?.()) ?? [];
    return handle ? { file: await handle.getFile(), handle } : null;
  } catch {
    // The user has closed the picker.
    return null;
  }
}

/** The first file of a drop. To be called while the event lasts. */
export async function droppedHeldFile(transfer: DataTransfer): Promise<HeldFile | null> {
  const [first] = (await droppedFiles(transfer)).files;
  return first ? { file: first.file, handle: handleOf(first.file) } : null;
}
