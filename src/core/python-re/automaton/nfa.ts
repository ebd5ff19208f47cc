import { combineFlags, type Flags, type PatternNode, type RepeatNode, type Sequence } from '../parse/ast.ts';
import { characterSet, isCharacter, type CharacterSet } from '../unicode/character-set.ts';
import {
  AutomatonTooLarge,
  acceptNode,
  aheadNode,
  alphabetSize,
  anchorNode,
  behindNode,
  notAheadNode,
  notBehindNode,
  readNode,
  splitNode,
  mostNodes,
  type Nfa,
} from './nfa-graph.ts';
import type { ParsedPattern } from '../parse/parser.ts';
import { atBegin, atBeginLine } from '../match/instructions.ts';
import { anchorCode } from '../match/compile-program.ts';

/**
 * Builds the automaton of a pattern for names of ASCII without line feeds. References, conditions, atomic and
 * possessive parts are widened to their largest possible match, so that a name that it refuses is one that the
 * pattern refuses. Throws `AutomatonTooLarge`.
 */
export function buildNfa(parsed: ParsedPattern, minor: number): Nfa {
  return new Builder(minor).build(parsed);
}

/** The only accepting node. */
const acceptId = 0;

class Builder {
  readonly #minor: number;
  /** Begins with `acceptId`. */
  readonly #kind: number[] = [acceptNode];
  readonly #out: number[] = [0];
  readonly #data: number[] = [0];
  readonly #behinds: number[] = [];
  readonly #sets: Uint8Array[] = [];
  readonly #setIds = new Map<CharacterSet, number>();
  readonly #equalSets = new Map<string, number>();
  #hasBoundaries = false;
  #exact = true;
  /** Whether the lookbehind asks for the text after it. */
  #looksOn = false;

  constructor(minor: number) {
    this.#minor = minor;
  }

  build(parsed: ParsedPattern): Nfa {
    const start = this.#sequence(parsed.body, parsed.flags, acceptId);
    return {
      kind: this.#kind,
      out: this.#out,
      data: this.#data,
      start,
      behinds: this.#behinds,
      sets: this.#sets,
      hasBoundaries: this.#hasBoundaries,
      boundsEmpty: this.#minor >= 14,
      exact: this.#exact,
    };
  }

  #add(kind: number, out: number, data: number): number {
    if (this.#kind.length >= mostNodes) throw new AutomatonTooLarge();
    this.#out.push(out);
    this.#data.push(data);
    return this.#kind.push(kind) - 1;
  }

  /** Builds a sequence that leads to `next`, and returns its first node. */
  #sequence(sequence: Sequence, flags: Flags, next: number): number {
    let to = next;
    for (let i = sequence.length - 1; i >= 0; i--) to = this.#node(sequence[i]!, flags, to);
    return to;
  }

  #node(node: PatternNode, flags: Flags, next: number): number {
    if (isCharacter(node)) return this.#add(readNode, next, this.#setId(characterSet(node, flags, this.#minor)));
    switch (node.type) {
      case 'at': {
        const anchor = anchorCode(node.at, flags);
        if (node.at === 'boundary' || node.at === 'not-boundary') this.#hasBoundaries = true;
        if (anchor !== atBegin && anchor !== atBeginLine) this.#looksOn = true;
        return this.#add(anchorNode, next, anchor);
      }
      case 'repeat':
        // At the end nothing would be given back anyway, unless a later iteration needs it.
        if (node.kind === 'possessive' && !(next === acceptId && (node.least <= 1 || isCharacter(node.item)))) {
          this.#exact = false;
        }
        return this.#repeat(node, flags, next);
      case 'group':
        return this.#sequence(node.body, combineFlags(flags, node.added, node.removed), next);
      case 'atomic':
        if (next !== acceptId && !node.body.every(isCharacter)) this.#exact = false;
        return this.#sequence(node.body, flags, next);
      case 'branch':
        return this.#either(node.branches, flags, next);
      case 'condition':
        this.#exact = false;
        return this.#either([node.yes, node.no ?? []], flags, next);
      case 'reference': {
        this.#exact = false;
        const loop = this.#add(splitNode, 0, next);
        this.#out[loop] = this.#add(readNode, loop, this.#setId(anything));
        return loop;
      }
      case 'assert':
        return node.behind ? this.#lookbehind(node, flags, next) : this.#lookahead(node, flags, next);
    }
  }

  #either(branches: readonly Sequence[], flags: Flags, next: number): number {
    let first = -1;
    for (let i = branches.length - 1; i >= 0; i--) {
      const start = this.#sequence(branches[i]!, flags, next);
      first = first < 0 ? start : this.#add(splitNode, start, first);
    }
    return first;
  }

  #repeat(node: RepeatNode, flags: Flags, next: number): number {
    let to = next;
    if (node.most === Infinity) {
      const loop = this.#add(splitNode, 0, next);
      this.#out[loop] = this.#node(node.item, flags, loop);
      to = loop;
    } else {
      for (let i = node.least; i < node.most; i++) {
        to = this.#add(splitNode, this.#node(node.item, flags, to), next);
      }
    }
    for (let i = 0; i < node.least; i++) {
      const before = to;
      to = this.#node(node.item, flags, to);
      // An item without nodes stays so however often it is repeated.
      if (to === before) break;
    }
    return to;
  }

  #lookahead(node: Extract<PatternNode, { type: 'assert' }>, flags: Flags, next: number): number {
    this.#looksOn = true;
    const outerExact = this.#exact;
    this.#exact = true;
    const start = this.#sequence(node.body, flags, acceptId);
    const isExact = this.#exact;
    this.#exact = outerExact && isExact;
    if (!isExact && node.negated) return next;
    return this.#add(node.negated ? notAheadNode : aheadNode, next, start);
  }

  #lookbehind(node: Extract<PatternNode, { type: 'assert' }>, flags: Flags, next: number): number {
    const outer = { exact: this.#exact, looksOn: this.#looksOn };
    this.#exact = true;
    this.#looksOn = false;
    const start = this.#sequence(node.body, flags, acceptId);
    const isUsable = !this.#looksOn && (this.#exact || !node.negated);
    this.#exact = outer.exact && this.#exact && !this.#looksOn;
    this.#looksOn = outer.looksOn;
    if (!isUsable) return next;
    return this.#add(node.negated ? notBehindNode : behindNode, next, this.#behinds.push(start) - 1);
  }

  #setId(set: CharacterSet): number {
    let id = this.#setIds.get(set);
    if (id === undefined) {
      const key = String.fromCharCode(...set.ascii);
      id = this.#equalSets.get(key) ?? this.#sets.push(set.ascii) - 1;
      this.#equalSets.set(key, id);
      this.#setIds.set(set, id);
    }
    return id;
  }
}

const anything: CharacterSet = {
  ascii: new Uint8Array(alphabetSize).fill(1),
  beyond: () => true,
  literal: null,
  exact: false,
};
