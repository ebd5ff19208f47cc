import { matchName, type NameMatch } from '../../python-re/match/match-name.ts';
import { compilePattern, type CompiledPattern } from '../../python-re/pattern.ts';
import { defaultPythonVersion } from '../../python-re/python-version.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { decided, PyBuiltin, PyClass, PyDict, PyInstance, PyIterator, PyList, PyReference, PyTuple } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import type { Call } from './container-methods.ts';

type Found = Extract<NameMatch, { type: 'match' }>;

const matchClass = new PyClass('re.Match', new Map(), []);
const patternClass = new PyClass('re.Pattern', new Map(), []);
const patterns = new WeakMap<PyInstance, Compiled>();

/** A pattern, and the text that the script wrote: flags are written before it as `(?i)`. */
interface Compiled {
  readonly pattern: CompiledPattern;
  readonly source: string;
}

const flagLetters: Readonly<Record<string, string>> = {
  I: 'i', IGNORECASE: 'i', M: 'm', MULTILINE: 'm', S: 's', DOTALL: 's', X: 'x', VERBOSE: 'x', A: 'a', ASCII: 'a', U: '', UNICODE: '', NOFLAG: '',
};

/** The arguments by which a method of a pattern may be called by name. */
const argumentNames: Readonly<Record<string, readonly string[]>> = {
  match: ['string'], search: ['string'], fullmatch: ['string'], findall: ['string'], finditer: ['string'],
  split: ['string', 'maxsplit'], sub: ['repl', 'string', 'count'], subn: ['repl', 'string', 'count'],
};

/** Functions of `re`. Matches that are empty are worked out only where one match is asked for. */
export function findReFunction(path: string, call: Call): PyBuiltin | undefined {
  const name = /^re\.(\w+)$/.exec(path)?.[1] ?? '';
  if (name === 'compile') {
    return new PyBuiltin(path, (given) => {
      const [pattern, flags] = named(given, ['pattern', 'flags']);
      return patternOf(compiled(pattern, flags), call);
    });
  }
  if (name === 'escape') {
    return new PyBuiltin(path, (given) => textOf(named(given, ['pattern'])[0]).replaceAll(/[\t\n\v\f\r !-.:-@[-^`{-~]/g, (sign) => (/[!"%',/:;<=>@`_]/.test(sign) ? sign : `\\${sign}`)));
  }
  const names = Object.hasOwn(argumentNames, name) ? argumentNames[name]! : null;
  if (!names) return undefined;
  return new PyBuiltin(path, (given) => {
    const [pattern, ...rest] = named(given, ['pattern', ...names, 'flags']);
    return work(compiled(pattern, rest.at(-1)), name, rest.slice(0, -1), call);
  });
}

/** The arguments in the order of their names; `undefined` where one is left out. */
function named({ positional, named: given }: Arguments, names: readonly string[]): readonly (PyValue | undefined)[] {
  if (positional.length > names.length || [...given.keys()].some((key) => !names.includes(key))) throw new NotSupported();
  return names.map((name, at) => positional[at] ?? given.get(name));
}

/** A compiled pattern as a value with its methods. */
function patternOf(made: Compiled, call: Call): PyInstance {
  const value = new PyInstance(patternClass);
  patterns.set(value, made);
  value.attributes.set('pattern', made.source);
  for (const [name, names] of Object.entries(argumentNames)) {
    value.attributes.set(name, new PyBuiltin(name, (given) => work(made, name, named(given, names), call)));
  }
  return value;
}

function work({ pattern }: Compiled, name: string, given: readonly (PyValue | undefined)[], call: Call): PyValue {
  switch (name) {
    case 'sub':
    case 'subn': {
      const { text, count } = substitute(pattern, given, call);
      return name === 'sub' ? text : new PyTuple([text, count]);
    }
    case 'split':
      return split(pattern, textOf(given[0]), given[1]);
    case 'findall':
      return new PyList(allMatches(pattern, textOf(given[0])).map((found) => foundText(found, textOf(given[0]))));
    case 'finditer': {
      const text = textOf(given[0]);
      return new PyIterator('callable_iterator', allMatches(pattern, text).map((found) => matchOf(pattern, found, text)).values());
    }
    default: {
      const text = textOf(given[0]);
      const found = matched(pattern, text, name as 'match' | 'search' | 'fullmatch');
      return found && matchOf(pattern, found, text);
    }
  }
}

function foundText(found: Found, text: string): PyValue {
  const groups = groupsOf(found, text).map((group) => group ?? '');
  return groups.length > 1 ? new PyTuple(groups) : (groups[0] ?? text.slice(found.start, found.end));
}

/** A match with its groups by number and name. */
function matchOf(pattern: CompiledPattern, found: Found, text: string): PyInstance {
  const made = new PyInstance(matchClass);
  const all = [text.slice(found.start, found.end), ...groupsOf(found, text)];
  const spans = [[found.start, found.end] as const, ...found.groups];
  const names = pattern.parsed.groupNames;
  const placeOf = (key: PyValue | undefined): number => {
    const at = key === undefined ? 0 : typeof key === 'string' ? names.get(key) : typeof key === 'bigint' ? Number(key) : undefined;
    if (at === undefined || at < 0 || at >= all.length) throw new PyRaise('IndexError', 'no such group');
    return at;
  };
  const group = (key: PyValue | undefined): PyValue => all[placeOf(key)] ?? null;
  const offset = (key: PyValue | undefined, side: 0 | 1): bigint => {
    const span = spans[placeOf(key)];
    return span ? BigInt(Array.from(text.slice(0, span[side])).length) : -1n;
  };
  const set = (name: string, method: (given: Arguments) => PyValue) => made.attributes.set(name, new PyBuiltin(name, method));
  set('group', ({ positional, named: rest }) => {
    if (rest.size > 0) throw new NotSupported();
    return positional.length > 1 ? new PyTuple(positional.map(group)) : group(positional[0]);
  });
  set('__getitem__', ({ positional }) => group(positional[0]));
  set('groups', (given) => new PyTuple(all.slice(1).map((text) => text ?? given.positional[0] ?? given.named.get('default') ?? null)));
  set('groupdict', (given) => new PyDict(new Map([...names].map(([name, at]) => [`s${name}`, [name, all[at] ?? given.positional[0] ?? null] as const]))));
  set('start', ({ positional }) => offset(positional[0], 0));
  set('end', ({ positional }) => offset(positional[0], 1));
  set('span', ({ positional }) => new PyTuple([offset(positional[0], 0), offset(positional[0], 1)]));
  made.attributes.set('string', text);
  return made;
}

function substitute(pattern: CompiledPattern, [given, string, most]: readonly (PyValue | undefined)[], call: Call): { readonly text: string; readonly count: bigint } {
  const text = textOf(string);
  const limit = decided(most ?? 0n);
  if (typeof limit !== 'bigint') throw new NotSupported();
  const replacement = decided(given ?? null);
  const make = typeof replacement === 'string' ? templateOf(pattern, replacement) : null;
  let made = '';
  let from = 0;
  let count = 0n;
  for (const found of allMatches(pattern, text).slice(0, limit === 0n ? undefined : Number(limit))) {
    made += text.slice(from, found.start);
    made += make ? make(found, text) : textOf(call(replacement, { positional: [matchOf(pattern, found, text)], named: new Map() }));
    from = found.end;
    count++;
  }
  return { text: made + text.slice(from), count };
}

const plainEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** A replacement with `\1`, `\g<name>` and escapes. */
function templateOf(pattern: CompiledPattern, replacement: string): (found: Found, text: string) => string {
  const { groupNames, groupCount } = pattern.parsed;
  const parts: (string | number)[] = [];
  let rest = replacement;
  while (rest !== '') {
    const [whole, name, digit, sign] = /^\\(?:g<(\w+)>|([1-9])(?!\d)|([\s\S]))/.exec(rest) ?? [];
    if (whole === undefined) {
      const [plain = ''] = /^[^\\]+/.exec(rest) ?? [];
      if (plain === '') throw new NotSupported();
      parts.push(plain);
      rest = rest.slice(plain.length);
      continue;
    }
    if (sign !== undefined && !Object.hasOwn(plainEscapes, sign)) throw new NotSupported();
    if (sign === undefined) {
      const group = digit !== undefined ? Number(digit) : /^\d+$/.test(name!) ? Number(name) : groupNames.get(name!);
      if (group === undefined || group > groupCount) throw new NotSupported();
      parts.push(group);
    } else {
      parts.push(plainEscapes[sign]!);
    }
    rest = rest.slice(whole.length);
  }
  return (found, text) => {
    const groups = [text.slice(found.start, found.end), ...groupsOf(found, text)];
    return parts.map((part) => (typeof part === 'string' ? part : (groups[part] ?? ''))).join('');
  };
}

function split(pattern: CompiledPattern, text: string, most: PyValue | undefined): PyList {
  const limit = decided(most ?? 0n);
  if (typeof limit !== 'bigint') throw new NotSupported();
  const parts: PyValue[] = [];
  let from = 0;
  for (const found of allMatches(pattern, text).slice(0, limit === 0n ? undefined : Math.max(0, Number(limit)))) {
    parts.push(text.slice(from, found.start), ...groupsOf(found, text));
    from = found.end;
  }
  return new PyList([...parts, text.slice(from)]);
}

/** All matches, one after the other. Empty ones are not worked out. */
function allMatches(pattern: CompiledPattern, text: string): readonly Found[] {
  // Offsets of the matcher count code points.
  if (/[\ud800-\udfff]/.test(text)) throw new NotSupported();
  const found: Found[] = [];
  for (let from = 0; from <= text.length; ) {
    const next = matched(pattern, text, 'search', from);
    if (next === null) break;
    if (next.start === next.end) throw new NotSupported();
    found.push(next);
    from = next.end;
  }
  return found;
}

function matched(pattern: CompiledPattern, text: string, mode: 'match' | 'search' | 'fullmatch', from = 0): Found | null {
  const found = matchName(pattern, text, mode, undefined, from);
  if (found.type === 'slow') throw new NotSupported();
  return found.type === 'match' ? found : null;
}

function groupsOf({ groups }: Found, text: string): readonly (string | null)[] {
  return groups.map((group) => group && text.slice(group[0], group[1]));
}

function compiled(given: PyValue | undefined, flags: PyValue | undefined): Compiled {
  const value = decided(given ?? null);
  const known = value instanceof PyInstance ? patterns.get(value) : undefined;
  if (known && flags === undefined) return known;
  const source = textOf(value);
  const made = compilePattern(flagsOf(flags) + source, defaultPythonVersion);
  if (!made.ok) throw new NotSupported();
  return { pattern: made.value, source };
}

/** `re.I | re.M` as it is written at the start of a pattern. */
function flagsOf(given: PyValue | undefined): string {
  const value = decided(given ?? 0n);
  if (value === 0n) return '';
  if (!(value instanceof PyReference)) throw new NotSupported();
  const letters = value.path.split('|').map((path) => {
    const name = path.replace(/^re\./, '');
    if (!Object.hasOwn(flagLetters, name)) throw new NotSupported();
    return flagLetters[name]!;
  });
  const unique = [...new Set(letters.join(''))].join('');
  return unique === '' ? '' : `(?${unique})`;
}

function textOf(value: PyValue | undefined): string {
  const text = decided(value ?? null);
  if (typeof text !== 'string') throw new NotSupported();
  return text;
}
