const mostMarkup = 20_000_000;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'", '#x27': "'", '#34': '"', '#160': ' ', amp: '&' };

/**
 * The words of a web page, or of a text with tags in it: `<br>` is a line end, scripts and styles are left out. Null where
 * the text has no tags. A class as Python shows it (`<class 'torch…'>`) is no tag.
 */
export function withoutMarkup(text: string): string | null {
  if (text.length > mostMarkup || !/<\/?(?:pre|code|br|div|span|p|td|li|html|body|samp)\b[^<>]*>|&(?:lt|gt|quot|nbsp|#39);/i.test(text)) return null;
  return withoutCode(text)
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr)\b[^<>]*>\n?/gi, '\n')
    .replaceAll(/<\/?(?!class\b)[a-z][\w-]*(?:\s[^<>]*)?\/?>/gi, '')
    .replaceAll(/&(#?\w+);/g, (entity, name: string) => entities[name.toLowerCase()] ?? entity);
}

/** The text without its scripts and styles; one that is not closed stays. */
function withoutCode(text: string): string {
  const lower = text.toLowerCase();
  const opening = /<(script|style)\b/g;
  const open = new Set<string>();
  let kept = '';
  let from = 0;
  for (let found = opening.exec(lower); found !== null; found = opening.exec(lower)) {
    const tag = found[1]!;
    const end = open.has(tag) ? -1 : lower.indexOf(`</${tag}>`, found.index);
    if (end < 0) {
      open.add(tag);
      continue;
    }
    kept += text.slice(from, found.index);
    from = end + tag.length + 3;
    opening.lastIndex = from;
  }
  return kept + text.slice(from);
}
