/**
 * `75396` → `75,396`. Whole numbers only, which are all that findings and the page count. (The formatter of
 * browsers takes tens of milliseconds to create, or milliseconds per number when created each time.)
 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1` `module` → `1 module`; `2000` → `2,000 modules`. `plural` is for nouns that do not just get an s. */
export function formatQuantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
