const mostMarkup = 20_000_000;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'", '#x27': "'", '#34': '"', '#160': ' ', amp: '&' };

/**
 * The words of a web page, or of a text with tags in it: `<br>` is a line end, scripts and styles are left out. Null where
 * the text has no tags. A class as Python shows it (`<class 'torch…'>`) is no tag.
 */
export function withoutMarkup(text: string): string | null {
  if (text.length > mostMarkup || !/<\/?(?:pre|code|br|div|span|p|td|html|body|samp)\b[^<>]*>|&(?:lt|gt|quot|#39);/i.test(text)) return null;
  return text
    .replaceAll(/<(script|style)\b[^<>]*>[^<]*(?:<(?!\/\1)[^<]*)*<\/\1>/gi, '')
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr)\b[^<>]*>/gi, '\n')
    .replaceAll(/<\/?(?!class\b)[a-z][\w-]*(?:\s[^<>]*)?\/?>/gi, '')
    .replaceAll(/&(#?\w+);/g, (entity, name: string) => entities[name.toLowerCase()] ?? entity);
}
