/**
 * Minified code with an escape for each character beyond ASCII. In strings, templates, regular expressions and names it means the same.
 * Throws where it would not: in a template that `String.raw` reads.
 */
export function inAscii(code: string): string {
  const raw = /String\.raw`[^`]*[^\0-\x7f][^`]*`/.exec(code)?.[0];
  if (raw !== undefined) throw new Error(`String.raw holds a character beyond ASCII: ${raw}`);
  return code.replaceAll(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
