import { matchName, type NameMatch } from '../../python-re/match/match-name.ts';
import { compilePattern, type CompiledPattern } from '../../python-re/pattern.ts';
import { defaultPythonVersion } from '../../python-re/python-version.ts';
import { NotSupported } from '../values/exceptions.ts';
import { decided, PyBuiltin, PyClass, PyInstance, PyList, PyTuple } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

type Found = Extract<NameMatch, { type: 'match' }>;
type Mode = 'match' | 'search' | 'fullmatch';

const modes: ReadonlySet<string> = new Set(['match', 'search', 'fullmatch']);
const matchClass = new PyClass('re.Match', new Map(), []);
const patternClass = new PyClass('re.Pattern', new Map(), []);

/** Functions of `re`, without flags: matches with their groups, `compile`, `sub`, `findall` and `escape`. */
export function findReFunction(path: string): PyBuiltin | undefined {
  const name = /^re\.(\w+)$/.exec(path)?.[1] ?? '';
  if (name === 'compile') return new PyBuiltin(path, (given) => patternOf(compiled(argumentsOf(given, 1)[0])));
  if (name === 'escape') {
    return new PyBuiltin(path, (given) => textOf(argumentsOf(given, 1)[0]).replaceAll(/[\t\n\v\f\r !-.:-@[-^`{-~]/g, (sign) => (/[!"%',/:;<=>@`_]/.test(sign) ? sign : `\\${sign}`)));
  }
  if (!modes.has(name) && name !== 'sub' && name !== 'findall') return undefined;
  return new PyBuiltin(path, ({ positional: [pattern = null, ...rest], named }) => methodOf(compiled(pattern), name)({ positional: rest, named }));
}

/** A compiled pattern as a value with its methods. */
function patternOf(pattern: CompiledPattern): PyInstance {
  const made = new PyInstance(patternClass);
  made.attributes.set('pattern', pattern.source);
  for (const name of [...modes, 'sub', 'findall']) made.attributes.set(name, new PyBuiltin(name, methodOf(pattern, name)));
  return made;
}

function methodOf(pattern: CompiledPattern, name: string): (given: Arguments) => PyValue {
  if (name === 'sub') return (given) => substitute(pattern, given);
  if (name === 'findall') {
    return (given) => {
      const text = textOf(argumentsOf(given, 1)[0]);
      return new PyList(
        allMatches(pattern, text).map((found) => {
          const groups = groupsOf(found, text).map((group) => group ?? '');
          return groups.length > 1 ? new PyTuple(groups) : (groups[0] ?? text.slice(found.start, found.end));
        }),
      );
    };
  }
  return (given) => {
    const text = textOf(argumentsOf(given, 1)[0]);
    const found = matched(pattern, text, name as Mode);
    return found && matchOf(found, text);
  };
}

/** A match with its groups by number. */
function matchOf(found: Found, text: string): PyInstance {
  const made = new PyInstance(matchClass);
  const all = [text.slice(found.start, found.end), ...groupsOf(found, text)];
  const group = (key: PyValue): PyValue => {
    const at = typeof key === 'bigint' ? all[Number(key)] : undefined;
    if (at === undefined) throw new NotSupported();
    return at;
  };
  made.attributes.set('group', new PyBuiltin('group', ({ positional, named }) => {
    if (named.size > 0) throw new NotSupported();
    return positional.length > 1 ? new PyTuple(positional.map(group)) : group(positional[0] ?? 0n);
  }));
  made.attributes.set('groups', new PyBuiltin('groups', (given) => {
    argumentsOf(given, 0);
    return new PyTuple(all.slice(1));
  }));
  return made;
}

function substitute(pattern: CompiledPattern, { positional, named }: Arguments): PyValue {
  const [replacement, text] = [textOf(positional[0]), textOf(positional[1])];
  const count = decided(positional[2] ?? named.get('count') ?? 0n);
  if (typeof count !== 'bigint' || positional.length > 3 || named.size > (named.has('count') ? 1 : 0)) throw new NotSupported();
  if (/\\(?!\d(?!\d))/.test(replacement)) throw new NotSupported();
  let made = '';
  let from = 0;
  for (const found of allMatches(pattern, text).slice(0, count === 0n ? undefined : Number(count))) {
    const groups = groupsOf(found, text);
    made += text.slice(from, found.start);
    made += replacement.replaceAll(/\\(\d)/g, (_, digit: string) => {
      if (digit === '0' || Number(digit) > groups.length) throw new NotSupported();
      return groups[Number(digit) - 1] ?? '';
    });
    from = found.end;
  }
  return made + text.slice(from);
}

/** What a pattern looks at outside of its match: found again behind the first match, it could give another answer. */
const looksAround = /\\[bBA]|\(\?<[=!]/;

/** All matches, one after the other. Empty ones are not worked out. */
function allMatches(pattern: CompiledPattern, text: string): readonly Found[] {
  const source = pattern.source.replaceAll('[^', '[');
  if (looksAround.test(source)) throw new NotSupported();
  const isAnchored = source.startsWith('^') && !/[\^|]/.test(source.slice(1));
  if (!isAnchored && source.includes('^')) throw new NotSupported();
  const found: Found[] = [];
  for (let from = 0; from <= text.length; ) {
    const next = matched(pattern, text.slice(from), 'search');
    if (next === null) break;
    if (next.start === next.end) throw new NotSupported();
    const span = ([start, end]: readonly [number, number]): readonly [number, number] => [start + from, end + from];
    found.push({ ...next, start: next.start + from, end: next.end + from, groups: next.groups.map((group) => group && span(group)) });
    from += next.end;
    if (isAnchored) break;
  }
  return found;
}

function matched(pattern: CompiledPattern, text: string, mode: Mode): Found | null {
  const found = matchName(pattern, text, mode);
  if (found.type === 'slow') throw new NotSupported();
  return found.type === 'match' ? found : null;
}

function groupsOf({ groups }: Found, text: string): readonly (string | null)[] {
  return groups.map((group) => group && text.slice(group[0], group[1]));
}

function compiled(value: PyValue | undefined): CompiledPattern {
  const made = compilePattern(textOf(value), defaultPythonVersion);
  if (!made.ok) throw new NotSupported();
  return made.value;
}

function textOf(value: PyValue | undefined): string {
  const text = decided(value ?? null);
  if (typeof text !== 'string') throw new NotSupported();
  return text;
}

/** The arguments of a call that takes so many and no others, such as flags. */
function argumentsOf({ positional, named }: Arguments, count: number): readonly PyValue[] {
  if (positional.length !== count || named.size > 0) throw new NotSupported();
  return positional;
}
