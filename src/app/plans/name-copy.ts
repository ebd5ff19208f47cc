/** A name for a copy that no other plan has: `Copy of A`, `Copy 2 of A`. */
export function nameCopy(name: string, taken: readonly string[]): string {
  const original = name === '' ? 'untitled plan' : name.replace(/^Copy (?:\d+ )?of /, '');
  for (let count = 1; ; count++) {
    const candidate = `Copy ${count === 1 ? '' : `${count} `}of ${original}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
