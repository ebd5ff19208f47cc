/** The first offset at or after `at` that holds no JSON white space. */
export function skipSpace(text: string, at: number): number {
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}

/** One past the closing quote of the string that starts at `at`; -1 when it does not end. */
export function skipString(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 92) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}

/**
 * One past the value that starts at `at`; -1 when it has no end. Brackets are counted, not paired: whether
 * the value is JSON is for `JSON.parse` to say, and where it is not for `findJsonError`.
 */
export function skipValue(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === 34) return skipString(text, at);
  if (first !== 123 && first !== 91) {
    let end = at;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 44 || code === 93 || code === 125 || code <= 32) break;
    }
    return end > at ? end : -1;
  }
  return skipToClose(text, at + 1);
}

/** From inside an object or array, one past the bracket that closes it; -1 when nothing does. */
export function skipToClose(text: string, at: number): number {
  let open = 1;
  for (let end = at; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 34) {
      end = skipString(text, end) - 1;
      if (end < 0) return -1;
    } else if (code === 123 || code === 91) {
      open++;
    } else if (code === 125 || code === 93) {
      open--;
      if (open === 0) return end + 1;
    }
  }
  return -1;
}

/** The value of the JSON text `[start, end)`, or `undefined` where it is none (JSON has no undefined). */
export function parseSlice(text: string, start: number, end: number): unknown {
  try {
    return JSON.parse(text.slice(start, end)) as unknown;
  } catch {
    return undefined;
  }
}

/** The key at `at`, and where its value starts; null where there is no key with a value. */
export function parseKey(text: string, at: number): { readonly key: string; readonly value: number } | null {
  const end = text[at] === '"' ? skipString(text, at) : -1;
  const key = end < 0 ? undefined : parseSlice(text, at, end);
  const colon = skipSpace(text, end);
  return typeof key === 'string' && text[colon] === ':' ? { key, value: skipSpace(text, colon + 1) } : null;
}

/** The place where a text stops being JSON, and the tokens that could have been there. */
export interface JsonError {
  readonly offset: number;
  readonly expected: string;
}

const literalPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The first place at which `text` is not one JSON value; null when it is. Depth costs no stack. */
export function findJsonError(text: string): JsonError | null {
  const closers: ('}' | ']')[] = [];
  let at = 0;
  let expect: 'value' | 'first-item' | 'first-key' | 'key' | 'after' = 'value';
  for (;;) {
    at = skipSpace(text, at);
    const here = text[at];
    if (expect === 'after') {
      const closer = closers.at(-1);
      if (closer === undefined) return at >= text.length ? null : { offset: at, expected: 'the end of the file' };
      if (here === closer) {
        closers.pop();
        at++;
      } else if (here === ',') {
        at++;
        expect = closer === '}' ? 'key' : 'value';
      } else {
        return { offset: at, expected: `“,” or “${closer}”` };
      }
    } else if (expect === 'key' || expect === 'first-key') {
      if (here === '}' && expect === 'first-key') {
        closers.pop();
        at++;
        expect = 'after';
        continue;
      }
      if (here !== '"') return { offset: at, expected: 'a key in double quotes' };
      const end = scanString(text, at);
      if (typeof end !== 'number') return end;
      at = skipSpace(text, end);
      if (text[at] !== ':') return { offset: at, expected: '“:”' };
      at++;
      expect = 'value';
    } else if (here === ']' && expect === 'first-item') {
      closers.pop();
      at++;
      expect = 'after';
    } else if (here === '{') {
      closers.push('}');
      at++;
      expect = 'first-key';
    } else if (here === '[') {
      closers.push(']');
      at++;
      expect = 'first-item';
    } else if (here === '"') {
      const end = scanString(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      expect = 'after';
    } else {
      const end = matchAt(literalPattern, text, at);
      if (end < 0) return { offset: at, expected: 'a value' };
      at = end;
      expect = 'after';
    }
  }
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function scanString(text: string, at: number): number | JsonError {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) return i + 1;
    if (code < 32) return { offset: i, expected: 'the end of the string that starts before it' };
    if (code === 92) {
      if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(i + 1, i + 6))) {
        return { offset: i, expected: 'a valid escape in a string' };
      }
      i++;
    }
  }
  return { offset: text.length, expected: 'the end of a string' };
}
