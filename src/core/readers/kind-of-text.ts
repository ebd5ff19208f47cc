/** Whether a text is a web page, as a download that leads to a page for signing in. */
export function looksLikeWebPage(beginning: string): boolean {
  return /^(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)/i.test(beginning);
}

/** Whether a text is a pointer of Git LFS, which replaces a file. */
export function looksLikePointer(beginning: string): boolean {
  return beginning.startsWith('version https://git-lfs.github.com/spec/');
}

/** Whether a text says that it is a plan, well written or not; looks at its beginning only. */
export function looksLikePlan(beginning: string): boolean {
  return /^\uFEFF?\s*\{/.test(beginning) && /"format"\s*:\s*"compression-plan"/.test(beginning);
}

/**
 * Whether a text, JSON or Python, holds a config list and no model: selectors are keys in it, and it has no lines of a
 * printed model. A text that begins with a brace, as plans, notebooks and models do, is one sub-config where its own keys have a selector.
 */
export function looksLikeConfigList(beginning: string): boolean {
  return (
    /["']op_(?:types|names|names_re|partial_names)["']\s*:/.test(beginning) &&
    (!/^\uFEFF?\s*\{/.test(beginning) || selectsAtTop(beginning)) &&
    !/^[ \t]*\([^()\s]+\): \w+/m.test(beginning)
  );
}

/** A selector with its list, another text in quotes, a comment, or a bracket. */
const tokens = /["'](?:exclude_)?op_(?:types|names|names_re|partial_names)["']\s*:\s*(?=\[)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?:#|\/\/).*|[[\]{}()]/g;

/** Whether the outermost dictionary of a text has a selector as a key, and not one further inside. */
function selectsAtTop(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (/:\s*$/.test(token)) {
      if (depth === 1) return true;
    } else if ('[{('.includes(token)) depth++;
    else if (']})'.includes(token)) depth--;
  }
  return false;
}
