import type { DroppedData, ItemWithHandle } from '../ui/shared/files/files-of.ts';

/**
 * Keeps the last model or list that is dropped or pasted on the start page before the page's code is there: the browser would leave the
 * page for a dropped file, and forget what was pasted. Returns a function that gives it to the page, once that listens.
 */
export function keepEarlyInput(): () => void {
  let kept: Event | null = null;
  const hold = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    kept = new DragEvent('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(kept, 'dataTransfer', { value: keptFiles(event.dataTransfer) });
  };
  const paste = (event: ClipboardEvent): void => {
    if (event.clipboardData) kept = new ClipboardEvent('paste', { clipboardData: copyOf(event.clipboardData), bubbles: true, cancelable: true });
  };
  addEventListener('dragover', hold);
  addEventListener('drop', drop);
  addEventListener('paste', paste);
  return () => {
    removeEventListener('dragover', hold);
    removeEventListener('drop', drop);
    removeEventListener('paste', paste);
    if (kept) (document.getElementById('root')?.firstElementChild ?? document.body).dispatchEvent(kept);
  };
}

/** Dropped files and folders, which can be asked for only while the event lasts. */
function keptFiles({ files, items }: DataTransfer): Pick<DataTransfer, 'types'> & DroppedData {
  const kept = [...items].filter(({ kind }) => kind === 'file') as readonly ItemWithHandle[];
  return {
    types: ['Files'],
    files: [...files],
    items: kept.map((item) => {
      const entry = item.webkitGetAsEntry();
      const handle = kept.length === 1 ? item.getAsFileSystemHandle?.() : undefined;
      return { kind: 'file', webkitGetAsEntry: () => entry, ...(handle && { getAsFileSystemHandle: () => handle }) };
    }),
  };
}

/** Pasted text and files, which can be read only while the event lasts. */
function copyOf(data: DataTransfer): DataTransfer {
  const copy = new DataTransfer();
  const text = data.getData('text/plain');
  if (text !== '') copy.setData('text/plain', text);
  for (const file of data.files) copy.items.add(file);
  return copy;
}
