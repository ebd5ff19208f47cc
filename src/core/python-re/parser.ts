import { pythonStringRepr } from '../config/python-repr.ts';
import {
  flagBits,
  typeFlags,
  type Anchor,
  type Category,
  type Flags,
  type PatternNode,
  type Sequence,
  type SetItem,
} from './ast.ts';
import type { PythonVersion } from './python-version.ts';
import { lengthOf, PatternSyntaxError, Tokenizer } from './tokenizer.ts';
import { widthOf, type Width } from './width.ts';

/** A pattern taken apart. */
export interface ParsedPattern {
  readonly body: Sequence;
  readonly flags: Flags;
  /** Number of capturing groups. */
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
  /** Widths of the groups, by number; index 0 is unused. */
  readonly groupWidths: readonly (Width | null)[];
}

/** Finds the code point of a Unicode character name; `null` when there is none. */
export type FindCharacter = (name: string) => number | null;

const noCount = 4294967295;
const mostGroups = 1073741823;
const deepest = 496;
const octal = /^[0-7]$/;
const hexadecimal = /^[0-9a-fA-F]$/;
const decimal = /^[0-9]$/;
const asciiLetter = /^[a-zA-Z]$/;

const flagOf: Readonly<Record<string, Flags>> = {
  i: flagBits.ignoreCase,
  L: flagBits.locale,
  m: flagBits.multiline,
  s: flagBits.dotAll,
  x: flagBits.verbose,
  a: flagBits.ascii,
  t: flagBits.template,
  u: flagBits.unicode,
};

const simpleEscapes: Readonly<Record<string, number>> = {
  '\\a': 7,
  '\\b': 8,
  '\\f': 12,
  '\\n': 10,
  '\\r': 13,
  '\\t': 9,
  '\\v': 11,
  '\\\\': 92,
};

const categories: Readonly<Record<string, Category>> = {
  '\\d': 'digit',
  '\\D': 'not-digit',
  '\\s': 'space',
  '\\S': 'not-space',
  '\\w': 'word',
  '\\W': 'not-word',
};

const anchors: Readonly<Record<string, Anchor>> = {
  '\\A': 'begin-string',
  '\\b': 'boundary',
  '\\B': 'not-boundary',
  '\\Z': 'end-string',
};

/** Signals that the pattern turned verbose in its middle, which older versions answer by starting over. */
class TurnedVerbose extends Error {}

/**
 * Parses a pattern as `re.compile` does (rules P1–P6): same patterns accepted, same message and position for the
 * others. Throws `PatternSyntaxError`.
 */
export function parsePattern(source: string, python: PythonVersion, findCharacter: FindCharacter): ParsedPattern {
  try {
    return new Parser(source, python, findCharacter, 0).parse();
  } catch (error) {
    if (!(error instanceof TurnedVerbose)) throw error;
    return new Parser(source, python, findCharacter, flagBits.verbose).parse();
  }
}

class Parser {
  readonly #source: Tokenizer;
  readonly #minor: number;
  readonly #findCharacter: FindCharacter;
  #flags: Flags;
  readonly #widths: (Width | null)[] = [null];
  readonly #names = new Map<string, number>();
  readonly #referencedAt = new Map<number, number>();
  #behindGroups: number | null = null;
  #depth = 0;

  constructor(source: string, python: PythonVersion, findCharacter: FindCharacter, flags: Flags) {
    this.#source = new Tokenizer(source);
    this.#minor = Number(python.slice(2));
    this.#findCharacter = findCharacter;
    this.#flags = flags;
  }

  parse(): ParsedPattern {
    const body = this.#parseAlternatives((this.#flags & flagBits.verbose) !== 0, 0);
    if ((this.#flags & flagBits.ascii) === 0) this.#flags |= flagBits.unicode;
    else if ((this.#flags & flagBits.unicode) !== 0) {
      throw new PatternSyntaxError('ValueError', 'ASCII and UNICODE flags are incompatible', null);
    }
    if (this.#source.next !== null) throw this.#source.error('unbalanced parenthesis');
    for (const [group, position] of this.#referencedAt) {
      if (group < this.#widths.length) continue;
      if (this.#minor < 9) throw new PatternSyntaxError('RuntimeError', 'invalid SRE code', null);
      throw new PatternSyntaxError('re.error', `invalid group reference ${group}`, position);
    }
    return {
      body,
      flags: this.#flags,
      groupCount: this.#widths.length - 1,
      groupNames: this.#names,
      groupWidths: this.#widths,
    };
  }

  #parseAlternatives(verbose: boolean, nested: number): Sequence {
    if (++this.#depth > deepest) {
      throw new PatternSyntaxError('RecursionError', 'maximum recursion depth exceeded', null);
    }
    const branches: PatternNode[][] = [];
    let inside = verbose;
    for (;;) {
      branches.push(this.#parseSequence(inside, nested + 1, nested === 0 && branches.length === 0));
      if (!this.#source.match('|')) break;
      if (nested === 0 && this.#minor >= 11) inside = (this.#flags & flagBits.verbose) !== 0;
    }
    this.#depth--;
    if (branches.length === 1) return branches[0]!;
    const set = mergeToSet(branches);
    return [set ?? { type: 'branch', branches }];
  }

  #parseSequence(verboseAtStart: boolean, nested: number, first: boolean): PatternNode[] {
    const source = this.#source;
    const nodes: PatternNode[] = [];
    let verbose = verboseAtStart;
    for (;;) {
      const token = source.next;
      if (token === null || token === '|' || token === ')') break;
      source.get();
      if (verbose) {
        if (/^[ \t\n\r\v\f]$/.test(token)) continue;
        if (token === '#') {
          for (let skipped = source.get(); skipped !== null && skipped !== '\n'; ) skipped = source.get();
          continue;
        }
      }
      switch (token) {
        case '[':
          nodes.push(this.#parseSet());
          break;
        case '*':
        case '+':
        case '?':
        case '{':
          this.#parseRepeat(token, nodes);
          break;
        case '.':
          nodes.push({ type: 'any' });
          break;
        case '(': {
          const node = this.#parseGroup(verbose, nested, first && nodes.length === 0);
          if (node === 'global-flags') {
            if (this.#minor >= 11) verbose = (this.#flags & flagBits.verbose) !== 0;
            else if ((this.#flags & flagBits.verbose) !== 0 && !verbose) throw new TurnedVerbose();
          } else if (node !== null) nodes.push(node);
          break;
        }
        case '^':
          nodes.push({ type: 'at', at: 'begin' });
          break;
        case '$':
          nodes.push({ type: 'at', at: 'end' });
          break;
        default:
          nodes.push(token.startsWith('\\') ? this.#parseEscape(token) : literal(codeOf(token)));
      }
    }
    return nodes.flatMap((node) =>
      node.type === 'group' && node.group === null && node.added === 0 && node.removed === 0 ? node.body : [node],
    );
  }

  #parseEscape(escape: string): PatternNode {
    const source = this.#source;
    const category = categories[escape];
    if (category) return { type: 'set', negated: false, items: [{ type: 'category', category }] };
    const at = anchors[escape] ?? (escape === '\\z' && this.#minor >= 14 ? 'end-string' : undefined);
    if (at) return { type: 'at', at };
    const simple = simpleEscapes[escape];
    if (simple !== undefined) return literal(simple);
    const code = this.#parseCodeEscape(escape);
    if (code !== null) return literal(code);
    const character = escape.slice(1);
    if (character === '0') return literal(Number.parseInt(`0${source.getWhile(2, octal)}`, 8));
    if (!decimal.test(character)) return this.#plainEscape(escape, character);
    let digits = character;
    if (source.next !== null && decimal.test(source.next)) {
      digits += source.get();
      if (/^[0-7]{2}$/.test(digits) && source.next !== null && octal.test(source.next)) {
        digits += source.get();
        const value = Number.parseInt(digits, 8);
        if (value > 0o377) throw octalTooLarge(source, `\\${digits}`);
        return literal(value);
      }
    }
    const group = Number(digits);
    if (group >= this.#widths.length) throw source.error(`invalid group reference ${group}`, digits.length);
    if (!this.#isClosed(group)) throw source.error('cannot refer to an open group', digits.length + 1);
    this.#checkBehind(group);
    return { type: 'reference', group };
  }

  #plainEscape(escape: string, character: string): PatternNode {
    if (asciiLetter.test(character)) throw this.#source.error(`bad escape ${escape}`, lengthOf(escape));
    return literal(codeOf(character));
  }

  /** `\x41`, `\u0041`, `\U00000041` and `\N{…}`; `null` when it is none of them. */
  #parseCodeEscape(escape: string): number | null {
    const source = this.#source;
    const count = { '\\x': 2, '\\u': 4, '\\U': 8 }[escape];
    if (count !== undefined) {
      const digits = source.getWhile(count, hexadecimal);
      const whole = escape + digits;
      if (digits.length !== count) throw source.error(`incomplete escape ${whole}`, whole.length);
      const code = Number.parseInt(digits, 16);
      if (code > 0x10ffff) throw source.error(`bad escape ${whole}`, whole.length);
      return code;
    }
    if (escape !== '\\N') return null;
    if (!source.match('{')) throw source.error('missing {');
    const name = source.getUntil('}', 'character name');
    const code = this.#findCharacter(name);
    if (code === null) {
      throw source.error(`undefined character name ${pythonStringRepr(name)}`, lengthOf(name) + '\\N{}'.length);
    }
    return code;
  }

  #parseSet(): PatternNode {
    const source = this.#source;
    const here = source.tell() - 1;
    const items: SetItem[] = [];
    const negated = source.match('^');
    for (;;) {
      const token = source.get();
      if (token === null) throw source.error('unterminated character set', source.tell() - here);
      if (token === ']' && items.length > 0) break;
      const low = token.startsWith('\\') ? this.#parseSetEscape(token) : setLiteral(token);
      if (!source.match('-')) {
        items.push(low);
        continue;
      }
      const to = source.get();
      if (to === null) throw source.error('unterminated character set', source.tell() - here);
      if (to === ']') {
        items.push(low, { type: 'literal', code: 45 });
        break;
      }
      const high = to.startsWith('\\') ? this.#parseSetEscape(to) : setLiteral(to);
      if (low.type !== 'literal' || high.type !== 'literal' || high.code < low.code) {
        throw source.error(`bad character range ${token}-${to}`, lengthOf(token) + 1 + lengthOf(to));
      }
      items.push({ type: 'range', low: low.code, high: high.code });
    }
    const unique = uniqueItems(items);
    const [only] = unique;
    if (unique.length === 1 && only?.type === 'literal') {
      return { type: negated ? 'not-literal' : 'literal', code: only.code };
    }
    return { type: 'set', negated, items: unique };
  }

  #parseSetEscape(escape: string): SetItem {
    const source = this.#source;
    const simple = simpleEscapes[escape];
    if (simple !== undefined) return { type: 'literal', code: simple };
    const category = categories[escape];
    if (category) return { type: 'category', category };
    const code = this.#parseCodeEscape(escape);
    if (code !== null) return { type: 'literal', code };
    const character = escape.slice(1);
    if (octal.test(character)) {
      const digits = character + source.getWhile(2, octal);
      const value = Number.parseInt(digits, 8);
      if (value > 0o377) throw octalTooLarge(source, `\\${digits}`);
      return { type: 'literal', code: value };
    }
    if (decimal.test(character) || asciiLetter.test(character)) {
      throw source.error(`bad escape ${escape}`, lengthOf(escape));
    }
    return { type: 'literal', code: codeOf(character) };
  }

  #parseRepeat(token: string, nodes: PatternNode[]): void {
    const source = this.#source;
    const here = source.tell();
    let least = 0;
    let most = Infinity;
    if (token === '?') most = 1;
    else if (token === '+') least = 1;
    else if (token === '{') {
      if (source.next === '}') {
        nodes.push(literal(123));
        return;
      }
      const low = source.getWhile(Infinity, decimal);
      const high = source.match(',') ? source.getWhile(Infinity, decimal) : low;
      if (!source.match('}')) {
        nodes.push(literal(123));
        source.seek(here);
        return;
      }
      if (low !== '') least = repeatCount(low);
      if (high !== '') {
        most = repeatCount(high);
        if (most < least) throw source.error('min repeat greater than max repeat', source.tell() - here);
      }
    }
    const item = nodes.at(-1);
    const back = source.tell() - here + 1;
    if (!item || item.type === 'at') throw source.error('nothing to repeat', back);
    if (item.type === 'repeat') throw source.error('multiple repeat', back);
    const plain = item.type === 'group' && item.group === null && item.added === 0 && item.removed === 0;
    const kind = source.match('?') ? 'lazy' : this.#minor >= 11 && source.match('+') ? 'possessive' : 'greedy';
    nodes[nodes.length - 1] = { type: 'repeat', least, most, kind, body: plain ? item.body : [item] };
  }

  #parseGroup(verbose: boolean, nested: number, atStart: boolean): PatternNode | 'global-flags' | null {
    const source = this.#source;
    const start = source.tell() - 1;
    if (!source.match('?')) return this.#parseGroupBody(start, true, null, 0, 0, verbose, nested);
    const character = source.get();
    switch (character) {
      case null:
        throw source.error('unexpected end of pattern');
      case 'P':
        return this.#parseNamed(start, verbose, nested);
      case ':':
        return this.#parseGroupBody(start, false, null, 0, 0, verbose, nested);
      case '#':
        for (;;) {
          if (source.next === null) {
            throw source.error('missing ), unterminated comment', source.tell() - start);
          }
          if (source.get() === ')') return null;
        }
      case '=':
      case '!':
      case '<':
        return this.#parseAssertion(character, start, verbose, nested);
      case '(':
        return this.#parseCondition(start, verbose, nested);
      case '>':
        if (this.#minor >= 11) {
          const body = this.#parseGroupBody(start, false, null, 0, 0, verbose, nested);
          return { type: 'atomic', body: body.type === 'group' ? body.body : [body] };
        }
        break;
    }
    if (!this.#isFlag(character) && character !== '-') {
      throw source.error(`unknown extension ?${character}`, lengthOf(character) + 1);
    }
    const flags = this.#parseFlags(character);
    if (flags === null) {
      if (!atStart && this.#minor >= 11) {
        throw source.error('global flags not at the start of the expression', source.tell() - start);
      }
      return 'global-flags';
    }
    return this.#parseGroupBody(start, false, null, flags.added, flags.removed, verbose, nested);
  }

  #parseNamed(start: number, verbose: boolean, nested: number): PatternNode {
    const source = this.#source;
    if (source.match('<')) {
      const name = source.getUntil('>', 'group name');
      this.#checkGroupName(name);
      return this.#parseGroupBody(start, true, name, 0, 0, verbose, nested);
    }
    if (source.match('=')) {
      const name = source.getUntil(')', 'group name');
      this.#checkGroupName(name);
      const group = this.#groupOfName(name);
      if (!this.#isClosed(group)) throw source.error('cannot refer to an open group', lengthOf(name) + 1);
      this.#checkBehind(group);
      return { type: 'reference', group };
    }
    const character = source.get();
    if (character === null) throw source.error('unexpected end of pattern');
    throw source.error(`unknown extension ?P${character}`, lengthOf(character) + 2);
  }

  #parseAssertion(opening: string, start: number, verbose: boolean, nested: number): PatternNode {
    const source = this.#source;
    let sign: string | null = opening;
    const behind = opening === '<';
    const outer = this.#behindGroups;
    if (behind) {
      sign = source.get();
      if (sign === null) throw source.error('unexpected end of pattern');
      if (sign !== '=' && sign !== '!') throw source.error(`unknown extension ?<${sign}`, lengthOf(sign) + 2);
      if (outer === null) this.#behindGroups = this.#widths.length;
    }
    const body = this.#parseAlternatives(verbose, nested + 1);
    if (behind && outer === null) this.#behindGroups = null;
    this.#expectClose(start);
    return { type: 'assert', behind, negated: sign === '!', body };
  }

  #parseCondition(start: number, verbose: boolean, nested: number): PatternNode {
    const source = this.#source;
    const name = source.getUntil(')', 'group name');
    const group = this.#conditionGroup(name);
    this.#checkBehind(group);
    const yes = this.#parseSequence(verbose, nested + 1, false);
    let no: Sequence | null = null;
    if (source.match('|')) {
      no = this.#parseSequence(verbose, nested + 1, false);
      if (source.next === '|') throw source.error('conditional backref with more than two branches');
    }
    this.#expectClose(start);
    return { type: 'condition', group, yes, no };
  }

  #conditionGroup(name: string): number {
    const source = this.#source;
    const length = lengthOf(name);
    const asNumber = this.#minor >= 12 ? (/^[0-9]+$/.test(name) ? Number(name) : null) : pythonInt(name);
    const isName = this.#minor >= 12 ? asNumber === null : isIdentifier(name);
    if (isName) {
      this.#checkGroupName(name);
      return this.#groupOfName(name);
    }
    if (asNumber === null || asNumber < 0) {
      throw source.error(`bad character in group name ${pythonStringRepr(name)}`, length + 1);
    }
    if (asNumber === 0) throw source.error('bad group number', length + 1);
    if (asNumber >= mostGroups) throw source.error(`invalid group reference ${BigInt(asNumber)}`, length + 1);
    if (!this.#referencedAt.has(asNumber)) this.#referencedAt.set(asNumber, source.tell() - length - 1);
    return asNumber;
  }

  #parseGroupBody(
    start: number,
    captures: boolean,
    name: string | null,
    added: Flags,
    removed: Flags,
    verbose: boolean,
    nested: number,
  ): PatternNode & { type: 'group' } {
    const group = captures ? this.#openGroup(name) : null;
    const inside = (verbose || (added & flagBits.verbose) !== 0) && (removed & flagBits.verbose) === 0;
    const body = this.#parseAlternatives(inside, nested + 1);
    this.#expectClose(start);
    if (group !== null) this.#widths[group] = widthOf(body, this.#widths);
    return { type: 'group', group, added, removed, body };
  }

  #openGroup(name: string | null): number {
    const group = this.#widths.length;
    if (name !== null) {
      const before = this.#names.get(name);
      if (before !== undefined) {
        throw this.#source.error(
          `redefinition of group name ${pythonStringRepr(name)} as group ${group}; was group ${before}`,
          lengthOf(name) + 1,
        );
      }
      this.#names.set(name, group);
    }
    this.#widths.push(null);
    return group;
  }

  /** `null` for flags of the whole pattern. */
  #parseFlags(opening: string): { readonly added: Flags; readonly removed: Flags } | null {
    const source = this.#source;
    let added = 0;
    let removed = 0;
    let character: string | null = opening;
    if (character !== '-') {
      for (;;) {
        const flag: Flags = flagOf[character]!;
        if (character === 'L') throw source.error("bad inline flags: cannot use 'L' flag with a str pattern");
        added |= flag;
        if ((flag & typeFlags) !== 0 && (added & typeFlags) !== flag) {
          throw source.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
        }
        character = source.get();
        if (character === null) throw source.error('missing -, : or )');
        if (character === ')' || character === '-' || character === ':') break;
        if (!this.#isFlag(character)) throw this.#unknownFlag(character, 'missing -, : or )');
      }
    }
    if (character === ')') {
      this.#flags |= added;
      return null;
    }
    const globalFlags = this.#minor >= 13 ? 0 : flagBits.template;
    if ((added & globalFlags) !== 0) throw source.error('bad inline flags: cannot turn on global flag', 1);
    if (character === '-') {
      character = source.get();
      if (character === null) throw source.error('missing flag');
      if (!this.#isFlag(character)) throw this.#unknownFlag(character, 'missing flag');
      for (;;) {
        const flag: Flags = flagOf[character]!;
        if ((flag & typeFlags) !== 0) {
          throw source.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        }
        removed |= flag;
        character = source.get();
        if (character === null) throw source.error('missing :');
        if (character === ':') break;
        if (!this.#isFlag(character)) throw this.#unknownFlag(character, 'missing :');
      }
    }
    if ((removed & globalFlags) !== 0) throw source.error('bad inline flags: cannot turn off global flag', 1);
    if ((added & removed) !== 0) throw source.error('bad inline flags: flag turned on and off', 1);
    return { added, removed };
  }

  #unknownFlag(character: string, missing: string): PatternSyntaxError {
    return this.#source.error(/^\p{L}/u.test(character) ? 'unknown flag' : missing, lengthOf(character));
  }

  #isFlag(character: string): boolean {
    return Object.hasOwn(flagOf, character) && (character !== 't' || this.#minor < 13);
  }

  #expectClose(start: number): void {
    if (this.#source.match(')')) return;
    throw this.#source.error('missing ), unterminated subpattern', this.#source.tell() - start);
  }

  #checkGroupName(name: string): void {
    if (isIdentifier(name)) return;
    throw this.#source.error(`bad character in group name ${pythonStringRepr(name)}`, lengthOf(name) + 1);
  }

  #groupOfName(name: string): number {
    const group = this.#names.get(name);
    if (group !== undefined) return group;
    throw this.#source.error(`unknown group name ${pythonStringRepr(name)}`, lengthOf(name) + 1);
  }

  #isClosed(group: number): boolean {
    return group < this.#widths.length && (group === 0 || this.#widths[group] !== null);
  }

  #checkBehind(group: number): void {
    if (this.#behindGroups === null) return;
    if (!this.#isClosed(group)) throw this.#source.error('cannot refer to an open group');
    if (group >= this.#behindGroups) {
      throw this.#source.error('cannot refer to group defined in the same lookbehind subpattern');
    }
  }
}

function literal(code: number): PatternNode {
  return { type: 'literal', code };
}

function setLiteral(token: string): SetItem {
  return { type: 'literal', code: codeOf(token) };
}

function codeOf(character: string): number {
  return character.codePointAt(0)!;
}

function octalTooLarge(source: Tokenizer, escape: string): PatternSyntaxError {
  return source.error(`octal escape value ${escape} outside of range 0-0o377`, escape.length);
}

function repeatCount(digits: string): number {
  const count = Number(digits);
  if (count < noCount) return count;
  throw new PatternSyntaxError('OverflowError', 'the repetition number is too large', null);
}

function uniqueItems(items: readonly SetItem[]): readonly SetItem[] {
  const unique = new Map<string, SetItem>();
  for (const item of items) {
    const key = item.type === 'literal' ? `${item.code}` : item.type === 'range' ? `${item.low}-${item.high}` : item.category;
    if (!unique.has(key)) unique.set(key, item);
  }
  return [...unique.values()];
}

/** Alternatives of one character each are one set. */
function mergeToSet(branches: readonly (readonly PatternNode[])[]): PatternNode | null {
  const items: SetItem[] = [];
  for (const [node, ...rest] of branches) {
    if (!node || rest.length > 0) return null;
    if (node.type === 'literal') items.push(node);
    else if (node.type === 'set' && !node.negated) items.push(...node.items);
    else return null;
  }
  return { type: 'set', negated: false, items: uniqueItems(items) };
}

function isIdentifier(name: string): boolean {
  return /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name);
}

/** `int(text)` of Python; `null` where it raises. */
function pythonInt(text: string): number | null {
  const plain = text.trim().replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return /^[+-]?\d+(?:_\d+)*$/.test(plain) ? Number(plain.replaceAll('_', '')) : null;
}

/** Decimal digits stand in runs of ten, each beginning with its zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (zero > 0 && code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}

