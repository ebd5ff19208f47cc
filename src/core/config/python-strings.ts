/** Looks a character up by its Unicode name, for `\N{…}`. */
export type FindCharacter = (name: string) => number | null;

/** The text of a string literal, or why it has none. */
export type StringLiteral =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bytes' | 'f-string' | 'bad-escape' | 'unclosed' };

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
]);

const escape = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{([^{}\n]*)\}|([\s\S]))/g;

/**
 * Reads one string literal of Python with its prefix and quotes: single or triple, raw or not. An escape that
 * Python does not know stays as written, as in Python.
 */
export function readPythonString(source: string, findCharacter: FindCharacter): StringLiteral {
  const [, prefix = '', quote = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(source) ?? [];
  const kinds = prefix.toLowerCase();
  if (kinds.includes('b')) return { type: 'bytes' };
  if (kinds.includes('f') || kinds.includes('t')) return { type: 'f-string' };
  const start = prefix.length + quote.length;
  if (quote === '' || source.length < start + quote.length || !source.endsWith(quote)) return { type: 'unclosed' };
  const body = source.slice(start, source.length - quote.length).replaceAll(/\r\n?/g, '\n');
  if (kinds.includes('r')) return { type: 'text', text: body };
  let isBad = false;
  const text = body.replaceAll(escape, (whole: string, ...groups: readonly (string | undefined)[]): string => {
    const [octal, byte, short, long, name, other] = groups;
    const digits = byte ?? short ?? long;
    let code: number | null = null;
    if (octal !== undefined) code = Number.parseInt(octal, 8);
    else if (digits !== undefined) code = Number.parseInt(digits, 16);
    else if (name !== undefined) code = findCharacter(name);
    else if (other !== undefined && !'xuUN'.includes(other)) return simpleEscapes.get(other) ?? whole;
    if (code === null || code > 0x10ffff) {
      isBad = true;
      return '';
    }
    return String.fromCodePoint(code);
  });
  return isBad ? { type: 'bad-escape' } : { type: 'text', text };
}
