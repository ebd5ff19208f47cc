/**
 * The start that all names have in common, up to a dot: `bert.encoder.layer.` of names that differ in the number after it. Empty for
 * fewer than two names, and where one of them would have nothing left.
 */
export function commonStart(names: readonly string[]): string {
  if (names.length < 2) return '';
  let start = names[0]!.slice(0, names[0]!.lastIndexOf('.') + 1);
  for (const name of names) {
    while (!name.startsWith(start)) start = start.slice(0, start.lastIndexOf('.', start.length - 2) + 1);
  }
  return start;
}
