import {
  combineFlags,
  flagBits,
  type Anchor,
  type Flags,
  type PatternNode,
  type RepeatNode,
  type Sequence,
} from '../parse/ast.ts';
import {
  characterSet,
  foldReference,
  isCharacter,
  type CharacterNode,
  type CharacterSet,
} from '../unicode/character-set.ts';
import {
  atAsciiBoundary, atBegin, atBeginLine, atBoundary, atEnd, atEndLine, atEndString, atNotAsciiBoundary, atNotBoundary, opAssert,
  opAssertEnd, opAssertNot, opAssertNotEnd, opAt, opAtomic, opAtomicEnd, opBranch, opCondition, opJump, opLazyOne, opLazyUntil,
  opLiteral, opMark, opPossessive, opPossessiveEnd, opPossessiveOne, opReference, opRepeat, opRepeatOne, opSet, opSuccess,
  opUntil, unbounded, type Program,
} from './instructions.ts';
import { normalise } from './normalise.ts';
import type { ParsedPattern } from '../parse/parser.ts';
import { PatternSyntaxError } from '../parse/tokenizer.ts';
import { widthOf } from '../parse/width.ts';

const foldCode = { exact: 0, ascii: 1, unicode: 2 } as const;

/** Lookbehinds wider than this are refused. */
const widestBehind = 2 ** 32 - 1;

/** Anchors as the flags resolve them. */
export function anchorCode(at: Anchor, flags: Flags): number {
  const multiline = (flags & flagBits.multiline) !== 0;
  const unicode = (flags & flagBits.unicode) !== 0;
  switch (at) {
    case 'begin':
      return multiline ? atBeginLine : atBegin;
    case 'begin-string':
      return atBegin;
    case 'end':
      return multiline ? atEndLine : atEnd;
    case 'end-string':
      return atEndString;
    case 'boundary':
      return unicode ? atBoundary : atAsciiBoundary;
    case 'not-boundary':
      return unicode ? atNotBoundary : atNotAsciiBoundary;
  }
}

/** One character, with the flags that hold for it. */
export interface SimpleItem {
  readonly node: CharacterNode;
  readonly flags: Flags;
}

/** The one-character node of a repeat that Python counts without backtracking into it, and its flags. */
function simpleItem(nodes: Sequence, flags: Flags): SimpleItem | null {
  const [only, second] = nodes;
  if (!only || second) return null;
  if (isCharacter(only)) return { node: only, flags };
  if (only.type !== 'group' || only.group !== null) return null;
  return simpleItem(normalise(only.body), combineFlags(flags, only.added, only.removed));
}

/** Characters that a lookbehind goes back. Throws `PatternSyntaxError` when Python refuses its width. */
function behindWidth(body: Sequence, parsed: ParsedPattern, minor: number): number {
  const { least, most } = widthOf(body, parsed.groupWidths, minor);
  if (least > widestBehind) throw new PatternSyntaxError('re.error', 'looks too much behind', null);
  if (least !== most) throw new PatternSyntaxError('re.error', 'look-behind requires fixed-width pattern', null);
  return least;
}

/** Compiles a parsed pattern. Throws `PatternSyntaxError` where Python refuses it at this stage (rule P9). */
export function compileProgram(parsed: ParsedPattern, minor: number): Program {
  const compiler = new Compiler(parsed, minor);
  compiler.emitSequence(parsed.body, parsed.flags);
  compiler.code.push(opSuccess);
  if (parsed.refersBeyond) throw new PatternSyntaxError('RuntimeError', 'invalid SRE code', null);
  const { sets } = compiler;
  const ascii = new Uint8Array(sets.length * 128);
  for (const [i, set] of sets.entries()) ascii.set(set.ascii, i * 128);
  const { least } = widthOf(parsed.body, parsed.groupWidths, minor);
  return { code: Int32Array.from(compiler.code), sets, ascii, groupCount: parsed.groupCount, least, minor };
}

class Compiler {
  readonly code: number[] = [];
  readonly sets: CharacterSet[] = [];
  readonly #setIds = new Map<CharacterSet, number>();
  readonly #parsed: ParsedPattern;
  readonly #minor: number;

  constructor(parsed: ParsedPattern, minor: number) {
    this.#parsed = parsed;
    this.#minor = minor;
  }

  emitSequence(sequence: Sequence, flags: Flags): void {
    for (const node of normalise(sequence)) this.#emitNode(node, flags);
  }

  #emitNode(node: PatternNode, flags: Flags): void {
    const { code } = this;
    switch (node.type) {
      case 'literal':
      case 'not-literal':
      case 'any':
      case 'set': {
        const set = characterSet(node, flags, this.#minor);
        if (set.literal === null) code.push(opSet, this.#setId(set));
        else code.push(opLiteral, set.literal);
        return;
      }
      case 'at':
        code.push(opAt, anchorCode(node.at, flags));
        return;
      case 'repeat':
        this.#emitRepeat(node, flags);
        return;
      case 'group': {
        if (node.group !== null) code.push(opMark, (node.group - 1) * 2);
        this.emitSequence(node.body, combineFlags(flags, node.added, node.removed));
        if (node.group !== null) code.push(opMark, (node.group - 1) * 2 + 1);
        return;
      }
      case 'atomic': {
        const tail = this.#begin(opAtomic);
        this.emitSequence(node.body, flags);
        code.push(opAtomicEnd);
        this.#aim(tail);
        return;
      }
      case 'assert': {
        const back = node.behind ? behindWidth(node.body, this.#parsed, this.#minor) : 0;
        const tail = this.#begin(node.negated ? opAssertNot : opAssert, Math.min(back, 2 ** 31 - 1));
        this.emitSequence(node.body, flags);
        code.push(node.negated ? opAssertNotEnd : opAssertEnd);
        this.#aim(tail);
        return;
      }
      case 'branch':
        this.#emitBranch(node.branches, flags);
        return;
      case 'reference':
        code.push(opReference, node.group - 1, foldCode[foldReference(flags)]);
        return;
      case 'condition': {
        const otherwise = this.#begin(opCondition, node.group - 1);
        this.emitSequence(node.yes, flags);
        if (node.no === null || node.no.length === 0) {
          this.#aim(otherwise);
          return;
        }
        const end = this.#begin(opJump);
        this.#aim(otherwise);
        this.emitSequence(node.no, flags);
        this.#aim(end);
        return;
      }
    }
  }

  #emitBranch(branches: readonly Sequence[], flags: Flags): void {
    const { code } = this;
    code.push(opBranch, branches.length);
    const table = code.length;
    for (let i = 0; i < branches.length; i++) code.push(0, -1, -1);
    const ends = branches.map((branch, i) => {
      const start = code.length;
      this.emitSequence(branch, flags);
      const entry = table + i * 3;
      code[entry] = start;
      // Python looks at the next character before it tries a branch that begins with a plain one.
      if (code.length > start && code[start] === opLiteral) code[entry + 1] = code[start + 1]!;
      else if (code.length > start && code[start] === opSet && this.sets[code[start + 1]!]!.exact) {
        code[entry + 2] = code[start + 1]!;
      }
      return this.#begin(opJump);
    });
    for (const end of ends) this.#aim(end);
  }

  #emitRepeat(node: RepeatNode, flags: Flags): void {
    const { code } = this;
    if ((flags & flagBits.template) !== 0) {
      const name = { greedy: 'MAX_REPEAT', lazy: 'MIN_REPEAT', possessive: 'POSSESSIVE_REPEAT' }[node.kind];
      throw new PatternSyntaxError('re.error', `internal: unsupported template operator ${name}`, null);
    }
    const least = clampCount(node.least);
    const most = node.most === Infinity ? unbounded : clampCount(node.most);
    const nodes = normalise([node.item]);
    const simple = simpleItem(nodes, flags);
    if (simple) {
      const set = this.#setId(characterSet(simple.node, simple.flags, this.#minor));
      const opcode = { greedy: opRepeatOne, lazy: opLazyOne, possessive: opPossessiveOne }[node.kind];
      code.push(opcode, set, least, most);
      this.#aim(this.#reserve());
      return;
    }
    if (node.kind === 'possessive') {
      const tail = this.#begin(opPossessive, least, most);
      for (const inner of nodes) this.#emitNode(inner, flags);
      code.push(opPossessiveEnd);
      this.#aim(tail);
      return;
    }
    const until = this.#begin(opRepeat);
    const body = code.length;
    for (const inner of nodes) this.#emitNode(inner, flags);
    this.#aim(until);
    code.push(node.kind === 'lazy' ? opLazyUntil : opUntil, least, most, body);
  }

  /** Emits an opcode whose last operand is a target, and returns the place of the target. */
  #begin(...opcode: readonly number[]): number {
    this.code.push(...opcode);
    return this.#reserve();
  }

  #reserve(): number {
    this.code.push(0);
    return this.code.length - 1;
  }

  /** Sets a target to the next emitted instruction. */
  #aim(target: number): void {
    this.code[target] = this.code.length;
  }

  #setId(set: CharacterSet): number {
    let id = this.#setIds.get(set);
    if (id === undefined) this.#setIds.set(set, (id = this.sets.push(set) - 1));
    return id;
  }
}

/** No text is that long, so that larger counts mean the same. */
function clampCount(count: number): number {
  return Math.min(count, 2 ** 31 - 1);
}
