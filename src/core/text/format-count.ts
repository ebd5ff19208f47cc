/**
 * `75396` → `75,396`. Whole numbers only, which are all that findings and the page count. (The formatter of
 * browsers takes tens of milliseconds to create, or milliseconds per number when created each time.)
 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
