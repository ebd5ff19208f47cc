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
    kept = new DragEvent('drop', { dataTransfer: copyOf(event.dataTransfer), bubbles: true, cancelable: true });
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

/** The data of an event can be read only while the event lasts. */
function copyOf(data: DataTransfer): DataTransfer {
  const copy = new DataTransfer();
  const text = data.getData('text/plain');
  if (text !== '') copy.setData('text/plain', text);
  for (const file of data.files) copy.items.add(file);
  return copy;
}
