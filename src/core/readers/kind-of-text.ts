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
 * printed model. Of texts that begin with a brace, as plans, notebooks and models do, it is one sub-config where the first key is one of it.
 */
export function looksLikeConfigList(beginning: string): boolean {
  return (
    !/^\uFEFF?\s*\{(?!\s*["'](?:(?:exclude_)?op_|target_|sparse_|sparsity|quant_|granularity|lambda))/.test(beginning) &&
    /["']op_(?:types|names|names_re|partial_names)["']\s*:/.test(beginning) &&
    !/^[ \t]*\([^()\s]+\): \w+/m.test(beginning)
  );
}
