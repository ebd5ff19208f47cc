import { hashOf, isEqual, isTrue, requireSure } from '../values/equality.ts';
import { plainValue } from '../values/classes.ts';
import { codePoints, itemsOf } from '../values/sequences.ts';
import { formatTemplate } from './str-format.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { decided, PyDict, PyList, PyTuple, typeName } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

type Method = (text: string, given: Arguments) => PyValue;

function textAt({ positional }: Arguments, at: number): string {
  const value = positional[at] === undefined ? undefined : decided(positional[at]);
  if (typeof value === 'string') return value;
  throw new PyRaise('TypeError', value === undefined ? 'missing argument' : `must be str, not ${typeName(value)}`);
}

/** The text at a place, or `null` when it is left out or `None`. */
function optionalText(given: Arguments, at: number, name: string): string | null {
  const value = given.positional[at] ?? given.named.get(name) ?? null;
  if (value === null) return null;
  const text = decided(value);
  if (typeof text !== 'string') throw new PyRaise('TypeError', `must be str or None, not ${typeName(text)}`);
  return text;
}

function countAt(given: Arguments, at: number, name: string, otherwise: number): number {
  const value = decided(given.positional[at] ?? given.named.get(name) ?? BigInt(otherwise));
  if (typeof value === 'bigint') return Number(value);
  throw new PyRaise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`);
}

const texts = (items: readonly string[]): PyList => new PyList([...items]);

/** White space as `str.split` sees it. */
const space = /[\s\u001c-\u001f\u0085]/u;
const spaces = /[\s\u001c-\u001f\u0085]+/u;

function split(text: string, given: Arguments): PyValue {
  const separator = optionalText(given, 0, 'sep');
  const most = countAt(given, 1, 'maxsplit', -1);
  if (separator === '') throw new PyRaise('ValueError', 'empty separator');
  if (separator !== null) return texts(splitAt(text, separator, most));
  const words = strip(text, null, 'both').split(spaces);
  if (words.length === 1 && words[0] === '') return new PyList([]);
  if (most < 0 || words.length <= most + 1) return texts(words);
  let rest = strip(text, null, 'left');
  for (let i = 0; i < most; i++) rest = strip(rest.slice(words[i]!.length), null, 'left');
  return texts([...words.slice(0, most), rest]);
}

function splitAt(text: string, separator: string, most: number): readonly string[] {
  const parts = text.split(separator);
  return most < 0 || parts.length <= most + 1 ? parts : [...parts.slice(0, most), parts.slice(most).join(separator)];
}

function splitFromRight(text: string, given: Arguments): PyValue {
  const separator = optionalText(given, 0, 'sep');
  const most = countAt(given, 1, 'maxsplit', -1);
  if (separator === '') throw new PyRaise('ValueError', 'empty separator');
  if (most < 0) return split(text, given);
  if (separator === null) return texts(wordsFromRight(text, most));
  const parts = text.split(separator);
  const cut = Math.max(parts.length - most, 1);
  return texts([parts.slice(0, cut).join(separator), ...parts.slice(cut)]);
}

function wordsFromRight(text: string, most: number): readonly string[] {
  const words: string[] = [];
  let rest = strip(text, null, 'right');
  while (rest !== '' && words.length < most) {
    const points = codePoints(rest);
    const at = points.findLastIndex((point) => space.test(point));
    words.unshift(points.slice(at + 1).join(''));
    rest = strip(points.slice(0, at + 1).join(''), null, 'right');
  }
  return rest === '' ? words : [strip(rest, null, 'right'), ...words];
}

function strip(text: string, characters: string | null, side: 'left' | 'right' | 'both'): string {
  const points = codePoints(text);
  const set = characters === null ? null : new Set(codePoints(characters));
  const isStripped = (point: string) => (set ? set.has(point) : space.test(point));
  let start = 0;
  let end = points.length;
  if (side !== 'right') while (start < end && isStripped(points[start]!)) start++;
  if (side !== 'left') while (end > start && isStripped(points[end - 1]!)) end--;
  return points.slice(start, end).join('');
}

function stripMethod(side: 'left' | 'right' | 'both'): Method {
  return (text, given) => strip(text, optionalText(given, 0, 'chars'), side);
}

function edgeMethod(test: (text: string, edge: string) => boolean): Method {
  return (whole, { positional }) => {
    const [, start, end] = positional;
    if (positional.length === 0 || positional.length > 3) throw new NotSupported();
    const { text, isPast } = partOf(whole, start, end);
    // Behind the end not even the empty text begins.
    if (isPast) return false;
    const edge = decided(positional[0]!);
    if (edge instanceof PyTuple) return edge.items.some((item) => test(text, textAt({ positional: [item], named: new Map() }, 0)));
    return test(text, textAt({ positional, named: new Map() }, 0));
  };
}

/** The part of a text between two bounds in code points, as a slice takes it. */
function partOf(whole: string, start: PyValue | undefined, end: PyValue | undefined): { readonly text: string; readonly first: number; readonly isPast: boolean } {
  if (start === undefined && end === undefined) return { text: whole, first: 0, isPast: false };
  const points = codePoints(whole);
  const [first, last] = [boundAt(start, 0, points.length), boundAt(end, points.length, points.length)];
  return { text: points.slice(first, last).join(''), first, isPast: first > points.length || first > last };
}

function boundAt(given: PyValue | undefined, otherwise: number, length: number): number {
  const bound = given === undefined ? null : decided(given);
  if (bound === null) return otherwise;
  if (typeof bound !== 'bigint') throw new NotSupported();
  return Number(bound < 0n ? bound + BigInt(length) : bound) < 0 ? 0 : Number(bound < 0n ? bound + BigInt(length) : bound);
}

/** Indices in code points. */
function findMethod(find: (text: string, part: string) => number, raises: boolean): Method {
  return (whole, given) => {
    const { text, first, isPast } = partOf(whole, given.positional[1], given.positional[2]);
    const at = isPast ? -1 : find(text, textAt(given, 0));
    if (at >= 0) return BigInt(codePoints(text.slice(0, at)).length + first);
    if (raises) throw new PyRaise('ValueError', 'substring not found');
    return -1n;
  };
}

function justify(side: 'left' | 'right' | 'center'): Method {
  return (text, given) => {
    const fill = optionalText(given, 1, 'fillchar') ?? ' ';
    const missing = Math.min(countAt(given, 0, 'width', 0), 10_000) - codePoints(text).length;
    if (missing <= 0) return text;
    if (side === 'left') return text + fill.repeat(missing);
    if (side === 'right') return fill.repeat(missing) + text;
    const width = missing + codePoints(text).length;
    // CPython puts the odd one to the left where the width is odd.
    const left = Math.floor(missing / 2) + (missing & width & 1);
    return fill.repeat(left) + text + fill.repeat(missing - left);
  };
}

function partition(text: string, given: Arguments, at: (separator: string) => number, isFirst: boolean): PyValue {
  const separator = textAt(given, 0);
  if (separator === '') throw new PyRaise('ValueError', 'empty separator');
  const found = at(separator);
  if (found < 0) return new PyTuple(isFirst ? [text, '', ''] : ['', '', text]);
  return new PyTuple([text.slice(0, found), separator, text.slice(found + separator.length)]);
}

function zeroFill(text: string, given: Arguments): string {
  const missing = Math.min(countAt(given, 0, 'width', 0), 10_000) - codePoints(text).length;
  if (missing <= 0) return text;
  const [, sign = '', rest = ''] = /^([+-]?)([\s\S]*)$/.exec(text) ?? [];
  return sign + '0'.repeat(missing) + rest;
}

/** Case and kinds of letters beyond ASCII follow tables that differ between Python's versions and browsers. */
function asciiOnly(change: (text: string) => PyValue): Method {
  return (text) => {
    if (/[^\u0000-\u007f]/.test(text)) throw new NotSupported();
    return change(text);
  };
}

const methods: Readonly<Record<string, Method>> = {
  capitalize: asciiOnly((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
  casefold: asciiOnly((text) => text.toLowerCase()),
  center: justify('center'),
  count: (whole, given) => {
    const part = textAt(given, 0);
    const { text, isPast } = partOf(whole, given.positional[1], given.positional[2]);
    if (isPast) return 0n;
    return BigInt(part === '' ? codePoints(text).length + 1 : text.split(part).length - 1);
  },
  endswith: edgeMethod((text, edge) => text.endsWith(edge)),
  expandtabs: (text, given) => {
    const size = countAt(given, 0, 'tabsize', 8);
    if (size < 1 || size > 100) throw new NotSupported();
    return text.split(/(?<=[\n\r])/).map((line) => line.split('\t').reduce((made, part) => made + ' '.repeat(size - (codePoints(made).length % size)) + part)).join('');
  },
  find: findMethod((text, part) => text.indexOf(part), false),
  format_map: (text, { positional: [given = null] }) => {
    const dict = decided(given);
    if (!(dict instanceof PyDict) || dict.kind !== 'dict') throw new NotSupported();
    return formatTemplate(text, { positional: [], named: new Map([...dict.entries.values()].filter((entry): entry is readonly [string, PyValue] => typeof entry[0] === 'string')) });
  },
  format: formatTemplate,
  index: findMethod((text, part) => text.indexOf(part), true),
  isalnum: asciiOnly((text) => /^[0-9A-Za-z]+$/.test(text)),
  isalpha: asciiOnly((text) => /^[A-Za-z]+$/.test(text)),
  isdecimal: asciiOnly((text) => /^\d+$/.test(text)),
  isdigit: asciiOnly((text) => /^\d+$/.test(text)),
  isidentifier: asciiOnly((text) => /^[A-Za-z_]\w*$/.test(text)),
  islower: asciiOnly((text) => /[a-z]/.test(text) && !/[A-Z]/.test(text)),
  isnumeric: asciiOnly((text) => /^\d+$/.test(text)),
  isspace: asciiOnly((text) => /^[\s\u001c-\u001f]+$/.test(text)),
  isupper: asciiOnly((text) => /[A-Z]/.test(text) && !/[a-z]/.test(text)),
  join: (text, { positional }) => {
    const items = itemsOf(positional[0] ?? null);
    const words = items.map((item, at) => {
      const word = plainValue(decided(item));
      if (typeof word !== 'string') throw new PyRaise('TypeError', `sequence item ${at}: expected str instance, ${typeName(word)} found`);
      return word;
    });
    return words.join(text);
  },
  ljust: justify('left'),
  lower: asciiOnly((text) => text.toLowerCase()),
  lstrip: stripMethod('left'),
  partition: (text, given) => partition(text, given, (separator) => text.indexOf(separator), true),
  removeprefix: (text, given) => (text.startsWith(textAt(given, 0)) ? text.slice(textAt(given, 0).length) : text),
  removesuffix: (text, given) => {
    const suffix = textAt(given, 0);
    return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
  },
  replace: (text, given) => {
    const from = textAt(given, 0);
    const to = textAt(given, 1);
    const most = countAt(given, 2, 'count', -1);
    if (from === '') throw new NotSupported();
    return splitAt(text, from, most).join(to);
  },
  rfind: findMethod((text, part) => text.lastIndexOf(part), false),
  rindex: findMethod((text, part) => text.lastIndexOf(part), true),
  rjust: justify('right'),
  rpartition: (text, given) => partition(text, given, (separator) => text.lastIndexOf(separator), false),
  rsplit: splitFromRight,
  rstrip: stripMethod('right'),
  split,
  splitlines: (text, { positional, named }) => {
    if (isTrue(positional[0] ?? named.get('keepends') ?? false)) {
      return texts(text.match(/[^\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]*(?:\r\n|[\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029])|[^\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]+$/g) ?? []);
    }
    const lines = text.split(/\r\n|[\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]/);
    if (lines.at(-1) === '') lines.pop();
    return texts(lines);
  },
  startswith: edgeMethod((text, edge) => text.startsWith(edge)),
  strip: stripMethod('both'),
  swapcase: asciiOnly((text) => Array.from(text, (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('')),
  title: asciiOnly((text) => text.replaceAll(/[A-Za-z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase())),
  translate: (text, { positional: [given = null] }) => {
    const table = decided(given);
    if (!(table instanceof PyDict) || table.kind !== 'dict') throw new NotSupported();
    requireSure(table);
    return codePoints(text)
      .map((point) => {
        const entry = table.entries.get(hashOf(BigInt(point.codePointAt(0)!)));
        const made = entry === undefined ? point : decided(entry[1]);
        if (made === null) return '';
        if (typeof made === 'bigint') return String.fromCodePoint(Number(made));
        if (typeof made !== 'string') throw new NotSupported();
        return made;
      })
      .join('');
  },
  upper: asciiOnly((text) => text.toUpperCase()),
  zfill: zeroFill,
};

/** A method of `str`, or `undefined` when Python has none of the name or it is not worked out here. */
export function stringMethod(text: string, name: string): ((given: Arguments) => PyValue) | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method && ((given) => method(text, given));
}

/** The place of an item in a list or tuple. */
export function placeOf(items: readonly PyValue[], item: PyValue): number {
  const at = items.findIndex((candidate) => isEqual(candidate, item));
  if (at < 0) throw new PyRaise('ValueError', 'the value is not in the list');
  return at;
}
