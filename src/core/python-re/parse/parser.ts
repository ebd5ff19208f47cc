import { pythonStringRepr } from '../../python/string-repr.ts';
import {
  flagBits,
  typeFlags,
  type Anchor,
  type Category,
  type Flags,
  type GroupNode,
  type PatternNode,
  type PatternNote,
  type RepeatNode,
  type Sequence,
  type SetItem,
  type Span,
} from './ast.ts';
import type { PythonVersion } from '../python-version.ts';
import { lengthOf, PatternSyntaxError, Tokenizer } from './tokenizer.ts';
import { digitValue, isAlpha, isDigit, isIdentifier, isSpace } from '../unicode/unicode.ts';
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
  readonly notes: readonly PatternNote[];
  /** Python's warnings for a pattern that it accepts. */
  readonly warnings: readonly string[];
  /** Whether a condition asks for a group that is not there, which Python 3.8 notices last. */
  readonly refersBeyond: boolean;
}

/** Finds the code point of a Unicode character name; `null` when there is none. */
export type FindCharacter = (name: string) => number | null;

/** Repetitions from this one on are too many. */
const noCount = 4294967295;
const mostGroups = 1073741823;
/** Numbers of more digits are not read. */
const mostDigits = 4300;
const octal = /^[0-7]$/;
const hexadecimal = /^[0-9a-fA-F]$/;
const decimal = /^[0-9]$/;
const asciiLetter = /^[a-zA-Z]$/;
const whitespace = /^[ \t\n\r\v\f]$/;

const flagOf: ReadonlyMap<string, Flags> = new Map([
  ['i', flagBits.ignoreCase],
  ['L', flagBits.locale],
  ['m', flagBits.multiline],
  ['s', flagBits.dotAll],
  ['x', flagBits.verbose],
  ['a', flagBits.ascii],
  ['t', flagBits.template],
  ['u', flagBits.unicode],
]);

const simpleEscapes: ReadonlyMap<string, number> = new Map([
  ['\\a', 7],
  ['\\b', 8],
  ['\\f', 12],
  ['\\n', 10],
  ['\\r', 13],
  ['\\t', 9],
  ['\\v', 11],
  ['\\\\', 92],
]);

const categories: ReadonlyMap<string, Category> = new Map([
  ['\\d', 'digit'],
  ['\\D', 'not-digit'],
  ['\\s', 'space'],
  ['\\S', 'not-space'],
  ['\\w', 'word'],
  ['\\W', 'not-word'],
]);

const anchors: ReadonlyMap<string, Anchor> = new Map([
  ['\\A', 'begin-string'],
  ['\\b', 'boundary'],
  ['\\B', 'not-boundary'],
  ['\\Z', 'end-string'],
]);

const codeDigits: ReadonlyMap<string, number> = new Map([
  ['\\x', 2],
  ['\\u', 4],
  ['\\U', 8],
]);

/** Signals that the pattern turned verbose in its middle, which older versions answer by starting over. */
class TurnedVerbose extends Error {
  readonly warnings: readonly string[];

  constructor(warnings: readonly string[]) {
    super('verbose');
    this.warnings = warnings;
  }
}

/**
 * Parses a pattern as `re.compile` does (rules P1–P9): same patterns accepted, same message and position for the
 * others. Throws `PatternSyntaxError`.
 */
export function parsePattern(source: string, python: PythonVersion, findCharacter: FindCharacter): ParsedPattern {
  try {
    return new Parser(source, python, findCharacter, 0).parse();
  } catch (error) {
    if (!(error instanceof TurnedVerbose)) throw error;
    const parsed = new Parser(source, python, findCharacter, flagBits.verbose).parse();
    return { ...parsed, warnings: [...new Set([...error.warnings, ...parsed.warnings])] };
  }
}

/** The flags and the depth at the start of the text between two brackets. */
interface Context {
  readonly verbose: boolean;
  readonly nested: number;
}

class Parser {
  readonly #text: string;
  readonly #source: Tokenizer;
  readonly #minor: number;
  readonly #findCharacter: FindCharacter;
  #flags: Flags;
  readonly #widths: (Width | null)[] = [null];
  readonly #names = new Map<string, number>();
  readonly #referencedAt = new Map<number, number>();
  readonly #notes: PatternNote[] = [];
  readonly #warnings: string[] = [];
  #behindGroups: number | null = null;
  /** Calls that Python's parser would have under way. */
  #calls = 0;

  constructor(source: string, python: PythonVersion, findCharacter: FindCharacter, flags: Flags) {
    this.#text = source;
    this.#source = new Tokenizer(source);
    this.#minor = Number(python.slice(2));
    this.#findCharacter = findCharacter;
    this.#flags = flags;
  }

  parse(): ParsedPattern {
    const body = this.#parseAlternatives({ verbose: (this.#flags & flagBits.verbose) !== 0, nested: 0 });
    if ((this.#flags & flagBits.ascii) === 0) this.#flags |= flagBits.unicode;
    else if ((this.#flags & flagBits.unicode) !== 0) {
      throw new PatternSyntaxError('ValueError', 'ASCII and UNICODE flags are incompatible', null);
    }
    if (this.#source.next !== null) throw this.#source.error('unbalanced parenthesis');
    const parsed: ParsedPattern = {
      body,
      flags: this.#flags,
      groupCount: this.#widths.length - 1,
      groupNames: this.#names,
      groupWidths: this.#widths,
      notes: this.#notes,
      warnings: this.#warnings,
      refersBeyond: false,
    };
    for (const [group, position] of this.#referencedAt) {
      if (group < this.#widths.length) continue;
      if (this.#minor < 9) return { ...parsed, refersBeyond: true };
      throw new PatternSyntaxError('re.error', `invalid group reference ${group}`, position);
    }
    return parsed;
  }

  /** The span from a position up to the next token. */
  #since(start: number): Span {
    return { from: this.#source.unit(start), to: this.#source.unit(this.#source.tell()) };
  }

  #enter(): void {
    if (++this.#calls <= mostCalls(this.#minor)) return;
    throw new PatternSyntaxError('RecursionError', recursionMessage(this.#minor), null);
  }

  #parseAlternatives({ verbose, nested }: Context): Sequence {
    this.#enter();
    const source = this.#source;
    const start = source.tell();
    const branches: Sequence[] = [];
    let inside = verbose;
    for (;;) {
      const isFirst = nested === 0 && branches.length === 0;
      branches.push(this.#parseSequence({ verbose: inside, nested: nested + 1 }, isFirst));
      if (!source.match('|')) break;
      if (nested === 0 && this.#minor >= 11) inside = (this.#flags & flagBits.verbose) !== 0;
    }
    this.#calls--;
    return branches.length === 1 ? branches[0]! : [{ type: 'branch', branches, ...this.#since(start) }];
  }

  #parseSequence(context: Context, first: boolean): Sequence {
    this.#enter();
    const source = this.#source;
    const nodes: PatternNode[] = [];
    let { verbose } = context;
    for (;;) {
      const token = source.next;
      if (token === null || token === '|' || token === ')') break;
      const start = source.tell();
      source.get();
      if (verbose) {
        if (whitespace.test(token)) continue;
        if (token === '#') {
          this.#skipLine(start);
          continue;
        }
      }
      switch (token) {
        case '[':
          nodes.push(this.#parseSet(start));
          break;
        case '*':
        case '+':
        case '?':
        case '{':
          this.#parseRepeat(token, start, nodes);
          break;
        case '.':
          nodes.push({ type: 'any', ...this.#since(start) });
          break;
        case '(': {
          const inner = { verbose, nested: context.nested };
          const node = this.#parseGroup(start, inner, first && nodes.length === 0);
          if (node === 'global-flags') {
            if (this.#minor >= 11) verbose = (this.#flags & flagBits.verbose) !== 0;
            else if ((this.#flags & flagBits.verbose) !== 0 && !verbose) throw new TurnedVerbose(this.#warnings);
          } else if (node !== null) nodes.push(node);
          break;
        }
        case '^':
          nodes.push({ type: 'at', at: 'begin', ...this.#since(start) });
          break;
        case '$':
          nodes.push({ type: 'at', at: 'end', ...this.#since(start) });
          break;
        default:
          if (token.startsWith('\\')) nodes.push(this.#parseEscape(token, start));
          else nodes.push({ type: 'literal', code: codeOf(token), ...this.#since(start) });
      }
    }
    this.#calls--;
    return nodes;
  }

  /** Skips a comment of the verbose mode. */
  #skipLine(start: number): void {
    let skipped = this.#source.get();
    while (skipped !== null && skipped !== '\n') skipped = this.#source.get();
    this.#notes.push({ type: 'comment', ...this.#since(start) });
  }

  #parseEscape(escape: string, start: number): PatternNode {
    const source = this.#source;
    const category = categories.get(escape);
    if (category) {
      return { type: 'set', negated: false, items: [{ type: 'category', category }], ...this.#since(start) };
    }
    const at = anchors.get(escape) ?? (escape === '\\z' && this.#minor >= 14 ? 'end-string' : undefined);
    if (at) return { type: 'at', at, ...this.#since(start) };
    const code = simpleEscapes.get(escape) ?? this.#parseCodeEscape(escape);
    if (code !== null) return { type: 'literal', code, ...this.#since(start) };
    const character = escape.slice(1);
    if (character === '0') {
      const value = Number.parseInt(`0${source.getWhile(2, octal)}`, 8);
      return { type: 'literal', code: value, ...this.#since(start) };
    }
    if (decimal.test(character)) return this.#parseNumberEscape(character, start);
    if (asciiLetter.test(character)) throw source.error(`bad escape ${escape}`, lengthOf(escape));
    return { type: 'literal', code: codeOf(character), ...this.#since(start) };
  }

  /** An octal escape or a reference to a group. */
  #parseNumberEscape(first: string, start: number): PatternNode {
    const source = this.#source;
    let digits = first;
    if (source.next !== null && decimal.test(source.next)) {
      digits += source.get();
      if (/^[0-7]{2}$/.test(digits) && source.next !== null && octal.test(source.next)) {
        digits += source.get();
        const value = Number.parseInt(digits, 8);
        if (value > 0o377) throw octalTooLarge(source, `\\${digits}`);
        return { type: 'literal', code: value, ...this.#since(start) };
      }
    }
    const group = Number(digits);
    if (group >= this.#widths.length) throw source.error(`invalid group reference ${group}`, digits.length);
    if (!this.#isClosed(group)) throw source.error('cannot refer to an open group', digits.length + 1);
    this.#checkBehind(group);
    return { type: 'reference', group, ...this.#since(start) };
  }

  /** `\x41`, `\u0041`, `\U00000041` and `\N{…}`; `null` when it is none of them. */
  #parseCodeEscape(escape: string): number | null {
    const source = this.#source;
    const count = codeDigits.get(escape);
    if (count !== undefined) {
      const digits = source.getWhile(count, hexadecimal);
      const whole = escape + digits;
      if (digits.length !== count) throw source.error(`incomplete escape ${whole}`, whole.length);
      const code = Number.parseInt(digits, 16);
      if (code > 0x7fffffff && this.#minor < 13) {
        throw new PatternSyntaxError('OverflowError', 'Python int too large to convert to C int', null);
      }
      if (code > 0x10ffff) throw source.error(`bad escape ${whole}`, whole.length);
      return code;
    }
    if (escape !== '\\N') return null;
    if (!source.match('{')) throw source.error('missing {');
    const name = source.getUntil('}', 'character name');
    // Python cannot look up a name that it cannot encode.
    if (/\p{Cs}/u.test(name)) throw source.error('bad escape \\N', '\\N'.length);
    const code = this.#findCharacter(name);
    if (code === null) {
      throw source.error(`undefined character name ${pythonStringRepr(name)}`, lengthOf(name) + '\\N{}'.length);
    }
    return code;
  }

  #parseSet(start: number): PatternNode {
    const source = this.#source;
    const here = source.tell() - 1;
    const items: SetItem[] = [];
    if (source.next === '[') this.#warnings.push(`Possible nested set at position ${source.tell()}`);
    const negated = source.match('^');
    for (;;) {
      const token = source.get();
      if (token === null) throw source.error('unterminated character set', source.tell() - here);
      if (token === ']' && items.length > 0) break;
      let low: SetItem;
      if (token.startsWith('\\')) low = this.#parseSetEscape(token);
      else {
        const operation = setOperations.get(token);
        if (items.length > 0 && operation !== undefined && source.next === token) {
          this.#warnings.push(`Possible set ${operation} at position ${source.tell() - 1}`);
        }
        low = { type: 'literal', code: codeOf(token) };
      }
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
      let high: SetItem;
      if (to.startsWith('\\')) high = this.#parseSetEscape(to);
      else {
        if (to === '-') this.#warnings.push(`Possible set difference at position ${source.tell() - 2}`);
        high = { type: 'literal', code: codeOf(to) };
      }
      if (low.type !== 'literal' || high.type !== 'literal' || high.code < low.code) {
        throw source.error(`bad character range ${token}-${to}`, lengthOf(token) + 1 + lengthOf(to));
      }
      items.push({ type: 'range', low: low.code, high: high.code });
    }
    const unique = uniqueItems(items);
    const [only] = unique;
    const span = this.#since(start);
    if (unique.length === 1 && only?.type === 'literal') {
      return { type: negated ? 'not-literal' : 'literal', code: only.code, ...span };
    }
    return { type: 'set', negated, items: unique, ...span };
  }

  #parseSetEscape(escape: string): SetItem {
    const source = this.#source;
    const category = categories.get(escape);
    if (category) return { type: 'category', category };
    const code = simpleEscapes.get(escape) ?? this.#parseCodeEscape(escape);
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

  #parseRepeat(token: string, start: number, nodes: PatternNode[]): void {
    const source = this.#source;
    const here = source.tell();
    let least = 0;
    let most = Infinity;
    if (token === '?') most = 1;
    else if (token === '+') least = 1;
    else if (token === '{') {
      const low = source.next === '}' ? null : source.getWhile(Infinity, decimal);
      const high = low !== null && source.match(',') ? source.getWhile(Infinity, decimal) : low;
      if (low === null || high === null || !source.match('}')) {
        if (low !== null) source.seek(here);
        nodes.push({ type: 'literal', code: 123, ...this.#since(start) });
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
    let kind: RepeatNode['kind'] = 'greedy';
    if (source.match('?')) kind = 'lazy';
    else if (this.#minor >= 11 && source.match('+')) kind = 'possessive';
    const { to } = this.#since(start);
    nodes[nodes.length - 1] = { type: 'repeat', least, most, kind, item, from: item.from, to };
  }

  #parseGroup(start: number, context: Context, atStart: boolean): PatternNode | 'global-flags' | null {
    const source = this.#source;
    if (!source.match('?')) return this.#parseGroupBody(start, true, null, 0, 0, context);
    const character = source.get();
    switch (character) {
      case null:
        throw source.error('unexpected end of pattern');
      case 'P':
        return this.#parseNamed(start, context);
      case ':':
        return this.#parseGroupBody(start, false, null, 0, 0, context);
      case '#':
        for (;;) {
          if (source.next === null) {
            throw source.error('missing ), unterminated comment', source.tell() - start);
          }
          if (source.get() === ')') break;
        }
        this.#notes.push({ type: 'comment', ...this.#since(start) });
        return null;
      case '=':
      case '!':
      case '<':
        return this.#parseAssertion(character, start, context);
      case '(':
        return this.#parseCondition(start, context);
      case '>':
        if (this.#minor >= 11) {
          const { body, from, to } = this.#parseGroupBody(start, false, null, 0, 0, context);
          return { type: 'atomic', body, from, to };
        }
        break;
    }
    if (!this.#isFlag(character) && character !== '-') {
      throw source.error(`unknown extension ?${character}`, lengthOf(character) + 1);
    }
    const flags = this.#parseFlags(character);
    if (flags !== null) return this.#parseGroupBody(start, false, null, flags.added, flags.removed, context);
    if (!atStart) {
      if (this.#minor >= 11) {
        throw source.error('global flags not at the start of the expression', source.tell() - start);
      }
      this.#warnings.push(this.#lateFlagsWarning(start));
    }
    this.#notes.push({ type: 'flags', flags: this.#flags, ...this.#since(start) });
    return 'global-flags';
  }

  #lateFlagsWarning(start: number): string {
    const characters = Array.from(this.#text);
    const shown = pythonStringRepr(characters.slice(0, 20).join(''));
    const cut = characters.length > 20 ? ' (truncated)' : '';
    const place = this.#minor >= 9 ? ` but at position ${start}` : '';
    return `Flags not at the start of the expression ${shown}${cut}${place}`;
  }

  #parseNamed(start: number, context: Context): PatternNode {
    const source = this.#source;
    if (source.match('<')) {
      const name = source.getUntil('>', 'group name');
      this.#checkGroupName(name);
      return this.#parseGroupBody(start, true, name, 0, 0, context);
    }
    if (source.match('=')) {
      const name = source.getUntil(')', 'group name');
      this.#checkGroupName(name);
      const group = this.#groupOfName(name);
      if (!this.#isClosed(group)) throw source.error('cannot refer to an open group', lengthOf(name) + 1);
      this.#checkBehind(group);
      return { type: 'reference', group, ...this.#since(start) };
    }
    const character = source.get();
    if (character === null) throw source.error('unexpected end of pattern');
    throw source.error(`unknown extension ?P${character}`, lengthOf(character) + 2);
  }

  #parseAssertion(opening: string, start: number, context: Context): PatternNode {
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
    const body = this.#parseAlternatives({ ...context, nested: context.nested + 1 });
    if (behind && outer === null) this.#behindGroups = null;
    this.#expectClose(start);
    return { type: 'assert', behind, negated: sign === '!', body, ...this.#since(start) };
  }

  #parseCondition(start: number, context: Context): PatternNode {
    const source = this.#source;
    const name = source.getUntil(')', 'group name');
    const group = this.#conditionGroup(name);
    this.#checkBehind(group);
    const inner = { ...context, nested: context.nested + 1 };
    const yes = this.#parseSequence(inner, false);
    let no: Sequence | null = null;
    if (source.match('|')) {
      no = this.#parseSequence(inner, false);
      if (source.next === '|') throw source.error('conditional backref with more than two branches');
    }
    this.#expectClose(start);
    return { type: 'condition', group, yes, no, ...this.#since(start) };
  }

  #conditionGroup(name: string): number {
    const source = this.#source;
    const length = lengthOf(name);
    const plain = /^[0-9]+$/.test(name);
    const isName = this.#minor >= 12 ? !plain : isIdentifier(name);
    if (isName) {
      this.#checkGroupName(name);
      return this.#groupOfName(name);
    }
    const value = pythonInt(name);
    if (value === 'too-long' && this.#minor >= 12) throw tooManyDigits(length);
    if (value === null || value === 'too-long' || value < 0n) {
      throw source.error(`bad character in group name ${pythonStringRepr(name)}`, length + 1);
    }
    if (value === 0n) throw source.error('bad group number', length + 1);
    if (value >= mostGroups) throw source.error(`invalid group reference ${value}`, length + 1);
    const group = Number(value);
    const position = source.tell() - length - 1;
    if (!this.#referencedAt.has(group)) this.#referencedAt.set(group, position);
    if (this.#minor === 11 && !plain) {
      this.#warnings.push(`bad character in group name ${pythonStringRepr(name)} at position ${position}`);
    }
    return group;
  }

  #parseGroupBody(
    start: number,
    captures: boolean,
    name: string | null,
    added: Flags,
    removed: Flags,
    { verbose, nested }: Context,
  ): GroupNode {
    const group = captures ? this.#openGroup(name) : null;
    const inside = (verbose || (added & flagBits.verbose) !== 0) && (removed & flagBits.verbose) === 0;
    const body = this.#parseAlternatives({ verbose: inside, nested: nested + 1 });
    this.#expectClose(start);
    if (group !== null) this.#widths[group] = widthOf(body, this.#widths, this.#minor);
    return { type: 'group', group, name, added, removed, body, ...this.#since(start) };
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

  /** Flags of a group; `null` for flags of the whole pattern. */
  #parseFlags(opening: string): { readonly added: Flags; readonly removed: Flags } | null {
    const source = this.#source;
    let added = 0;
    let removed = 0;
    let character: string | null = opening;
    if (character !== '-') {
      for (;;) {
        const flag: Flags = flagOf.get(character)!;
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
        const flag: Flags = flagOf.get(character)!;
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
    return this.#source.error(isAlpha(codeOf(character)) ? 'unknown flag' : missing, lengthOf(character));
  }

  #isFlag(character: string): boolean {
    return flagOf.has(character) && (character !== 't' || this.#minor < 13);
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
    return group < this.#widths.length && this.#widths[group] !== null;
  }

  #checkBehind(group: number): void {
    if (this.#behindGroups === null) return;
    if (!this.#isClosed(group)) throw this.#source.error('cannot refer to an open group');
    if (group >= this.#behindGroups) {
      throw this.#source.error('cannot refer to group defined in the same lookbehind subpattern');
    }
  }
}

const setOperations: ReadonlyMap<string, string> = new Map([
  ['-', 'difference'],
  ['&', 'intersection'],
  ['~', 'symmetric difference'],
  ['|', 'union'],
]);

/** How deep Python's parser can call itself before the recursion limit, called from a function of a script. */
function mostCalls(minor: number): number {
  return minor >= 11 ? 992 : 991;
}

/** Python's message at its recursion limit; it depends on where Python stops. */
export function recursionMessage(minor: number): string {
  if (minor >= 12) return 'maximum recursion depth exceeded';
  return `maximum recursion depth exceeded ${minor === 11 ? 'while calling a Python object' : 'in comparison'}`;
}

function codeOf(character: string): number {
  return character.codePointAt(0)!;
}

function octalTooLarge(source: Tokenizer, escape: string): PatternSyntaxError {
  return source.error(`octal escape value ${escape} outside of range 0-0o377`, escape.length);
}

function repeatCount(digits: string): number {
  if (digits.length > mostDigits) throw tooManyDigits(digits.length);
  const count = Number(digits);
  if (count < noCount) return count;
  throw new PatternSyntaxError('OverflowError', 'the repetition number is too large', null);
}

function tooManyDigits(count: number): PatternSyntaxError {
  const message =
    `Exceeds the limit (${mostDigits} digits) for integer string conversion: value has ${count} digits; ` +
    'use sys.set_int_max_str_digits() to increase the limit';
  return new PatternSyntaxError('ValueError', message, null);
}

function uniqueItems(items: readonly SetItem[]): readonly SetItem[] {
  const unique = new Map<string, SetItem>();
  for (const item of items) {
    const key = setItemKey(item);
    if (!unique.has(key)) unique.set(key, item);
  }
  return [...unique.values()];
}

/** Equal for equal items only. */
export function setItemKey(item: SetItem): string {
  if (item.type === 'literal') return `${item.code}`;
  return item.type === 'range' ? `${item.low}-${item.high}` : item.category;
}

/** `int(text)` of Python; `null` where it raises. */
function pythonInt(text: string): bigint | 'too-long' | null {
  const plain = Array.from(text, plainCharacter).join('').trim();
  if (!/^[+-]?\d+(?:_\d+)*$/.test(plain)) return null;
  const digits = plain.replaceAll('_', '').replace(/^\+/, '');
  return digits.replace('-', '').length > mostDigits ? 'too-long' : BigInt(digits);
}

/** Digits and spaces of all scripts as ASCII; anything else that is not ASCII as `?`. */
function plainCharacter(character: string): string {
  const code = codeOf(character);
  if (isSpace(code)) return ' ';
  if (code < 128) return character;
  return isDigit(code) ? String(digitValue(code)) : '?';
}
