/**
 * Whether the beginning of a text, JSON or Python, is about a config list and no model: selectors are keys in it, and no
 * model is printed beside them. Plans and notebooks, which may hold such keys too, begin with a brace.
 */
export function looksLikeConfigList(beginning: string): boolean {
  return (
    !/^\uFEFF?\s*\{/.test(beginning) &&
    /["']op_(?:types|names|names_re|partial_names)["']\s*:/.test(beginning) &&
    !/^[ \t]*\([^()\s]+\): \w+/m.test(beginning)
  );
}
