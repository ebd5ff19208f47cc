import { fail, succeed, type Result } from '../../result.ts';

/** A dictionary's items in order, repeated keys included. */
export interface PythonDict {
  readonly type: 'dict';
  readonly items: readonly (readonly [PythonValue, PythonValue])[];
}

/** A printed Python value. Tuples and sets are lists; a value that is no literal is opaque. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | PythonDict
  | { readonly type: 'opaque'; readonly text: string };

/** Where a text stops being a printed Python value. */
export interface PythonError {
  readonly offset: number;
  readonly expected: string;
}

const maxNesting = 100;

/** Wrappers whose only argument is the value: `odict_keys([...])`, `OrderedDict({...})`, `torch.Size([...])`. */
const transparentCalls = /(?:OrderedDict|o?dict_keys|o?dict_items|list|dict|tuple|(?:torch\.)?Size)\(/y;
const numberToken = /[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const namedToken = /(?:True|False|None)\b/y;
const classToken = /<class '([^'\n]*)'>/y;
const parameterHead = /\s+containing:\s*tensor(?=\()/y;
const wordToken = /[A-Za-z_][\w.]*/y;

/**
 * Parses the output of Python's `print` for lists, tuples, dictionaries, texts and numbers, as in
 * `print(list(model.state_dict()))` (rule T6). Nothing is evaluated.
 */
export function parsePythonLiteral(text: string): Result<PythonValue, PythonError> {
  const read = parsePythonValue(text, 0);
  if (!read.ok) return read;
  return read.value.end < text.length ? fail({ offset: read.value.end, expected: 'the end of the text' }) : succeed(read.value.value);
}

/** The same for a value that begins at `start`; `end` is the offset of the next token behind it. */
export function parsePythonValue(text: string, start: number): Result<{ readonly value: PythonValue; readonly end: number }, PythonError> {
  let at = start;
  let error: PythonError | null = null;

  function failHere(expected: string): null {
    error ??= { offset: at, expected };
    return null;
  }

  function skip(): void {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 32 || (code >= 9 && code <= 13)) at++;
      else if (code === 35) {
        const end = text.indexOf('\n', at);
        at = end < 0 ? text.length : end;
      } else return;
    }
  }

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  }

  function readString(quote: string): string {
    let value = '';
    let start = ++at;
    while (at < text.length && text[at] !== quote && text[at] !== '\n') {
      if (text[at] !== '\\') {
        at++;
        continue;
      }
      value += text.slice(start, at);
      const [unescaped, length] = unescapePython(text, at);
      value += unescaped;
      at += length;
      start = at;
    }
    value += text.slice(start, at);
    if (text[at] !== quote) failHere('the end of a text in quotes');
    at++;
    return value;
  }

  function readItems(closer: string, depth: number): PythonValue[] {
    const items: PythonValue[] = [];
    for (skip(); error === null && text[at] !== closer; skip()) {
      items.push(readValue(depth + 1));
      skip();
      if (text[at] === ',') at++;
      else if (text[at] !== closer) failHere(`“,” or “${closer}”`);
    }
    at++;
    return items;
  }

  function readDict(depth: number): PythonValue {
    const items: [PythonValue, PythonValue][] = [];
    const members: PythonValue[] = [];
    for (skip(); error === null && text[at] !== '}'; skip()) {
      const key = readValue(depth + 1);
      skip();
      if (text[at] === ':') {
        at++;
        items.push([key, readValue(depth + 1)]);
        skip();
      } else {
        members.push(key);
      }
      if (text[at] === ',') at++;
      else if (text[at] !== '}') failHere('“,” or “}”');
    }
    at++;
    return items.length === 0 && members.length > 0 ? members : { type: 'dict', items };
  }

  function readValue(depth: number): PythonValue {
    if (error !== null) return null;
    if (depth > maxNesting) return failHere('less than 100 levels of brackets');
    skip();
    const here = text[at];
    if (here === "'" || here === '"') return readString(here);
    if (here === '[' || here === '(') {
      at++;
      return readItems(here === '[' ? ']' : ')', depth);
    }
    if (here === '{') {
      at++;
      return readDict(depth);
    }
    const named = take(namedToken);
    if (named !== null) return named[0] === 'None' ? null : named[0] === 'True';
    const number = take(numberToken);
    if (number !== null) return Number(number[0].replaceAll('_', ''));
    if (take(transparentCalls) !== null) {
      const [only, ...others] = readItems(')', depth);
      if (others.length > 0) return failHere('a single value');
      return only ?? [];
    }
    const shown = take(classToken);
    if (shown !== null) return { type: 'opaque', text: shown[0] };
    const word = take(wordToken);
    if (word === null) return failHere('a value');
    const start = at - word[0].length;
    // A parameter prints its tensor on the next line.
    if (word[0] === 'Parameter') take(parameterHead);
    if (text[at] === '(') skipCall();
    return { type: 'opaque', text: text.slice(start, at) };
  }

  /** Leaves a call such as `tensor([…], device='cuda')` unread. */
  function skipCall(): void {
    let open = 0;
    while (at < text.length) {
      const here = text[at]!;
      if (here === "'" || here === '"') {
        readString(here);
        continue;
      }
      at++;
      if (here === '(') open++;
      else if (here === ')' && --open === 0) return;
    }
    failHere('“)”');
  }

  const value = readValue(0);
  skip();
  return error === null ? succeed({ value, end: at }) : fail(error);
}

function unescapePython(text: string, at: number): [string, number] {
  const code = text[at + 1] ?? '';
  const simple: Readonly<Record<string, string>> = {
    n: '\n', t: '\t', r: '\r', "'": "'", '"': '"', '\\': '\\', a: '\u0007', b: '\b', f: '\f', v: '\v', '\n': '',
  };
  const known = Object.hasOwn(simple, code) ? simple[code] : undefined;
  if (known !== undefined) return [known, 2];
  const width = code === 'x' ? 2 : code === 'u' ? 4 : code === 'U' ? 8 : 0;
  const digits = text.slice(at + 2, at + 2 + width);
  if (width > 0 && digits.length === width && /^[0-9a-fA-F]+$/.test(digits)) {
    const point = Number.parseInt(digits, 16);
    if (point <= 0x10ffff) return [String.fromCodePoint(point), 2 + width];
  }
  return ['\\', 1];
}
