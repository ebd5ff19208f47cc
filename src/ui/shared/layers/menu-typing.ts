/** Milliseconds after which a letter begins a new word. */
const pause = 800;

let typed = '';
let typedAt = Number.NEGATIVE_INFINITY;
/** The item that had the focus when the word began. */
let from = -1;

/**
 * Index of the item that a letter typed in a menu leads to; letters that follow at once go on with it. `null` where no item fits.
 * `at` is the item with the focus, −1 for none; `time` is in milliseconds.
 */
export function typeInMenu(labels: readonly string[], at: number, letter: string, time: number): number | null {
  const begins = time - typedAt > pause;
  typed = begins ? letter : typed + letter;
  typedAt = time;
  // A letter alone can lead far away from the item that the whole word means.
  if (begins || isRepeated(typed)) from = at;
  return findTyped(labels, from, typed);
}

/** The next letter begins a new word: another key was pressed, which chose an item or moved on. */
export function endTyping(): void {
  typedAt = Number.NEGATIVE_INFINITY;
}

/** Index of the item that a text fits best: it begins with it, one of its words does, or contains it. */
export function findTyped(labels: readonly string[], at: number, text: string): number | null {
  const wanted = text.toLowerCase();
  // The same letter again goes to the next item that begins with it.
  const lower = labels.map((label) => label.trim().toLowerCase());
  if (isRepeated(wanted) && !lower.some((label) => label.startsWith(wanted))) return findTyped(labels, at, wanted[0]!);
  const first = wanted.length === 1 ? at + 1 : Math.max(at, 0);
  const order = lower.map((_, step) => (first + step) % lower.length);
  const fits: readonly ((label: string) => boolean)[] = [
    (label) => label.startsWith(wanted),
    (label) => label.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)),
    (label) => wanted.length > 1 && label.includes(wanted),
  ];
  for (const fit of fits) {
    const found = order.find((index) => fit(lower[index]!));
    if (found !== undefined) return found;
  }
  return null;
}

function isRepeated(text: string): boolean {
  const lower = text.toLowerCase();
  return lower.length > 1 && lower.replaceAll(lower[0]!, '') === '';
}
