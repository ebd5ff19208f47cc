import { combineFlags, flagBits, type Flags, type Sequence, type PatternNode } from './ast.ts';
import { isCharacterNode, testOf } from './character-test.ts';

/** Characters that the automaton knows: ASCII. */
export const alphabetSize = 128;

/**
 * States of a nondeterministic automaton, as columns. A state either reads one character of a class and goes on to
 * `out`, or goes on without reading (to `out` and, when it is not -1, `other`), or accepts.
 */
export interface Nfa {
  readonly kind: readonly NfaKind[];
  readonly out: readonly number[];
  readonly other: readonly number[];
  /** For reading states: one byte a character, 1 where it is read. */
  readonly classes: readonly (Uint8Array | null)[];
  readonly start: number;
}

/** `at-begin` and `at-end` go on only there. */
export type NfaKind = 'read' | 'split' | 'at-begin' | 'at-end' | 'accept';

const mostStates = 60_000;

class Unsupported extends Error {}

/**
 * Builds the automaton of a sequence for names of ASCII without line feeds; `null` for what is not regular or not
 * worth it: references, conditions, atomic parts, assertions, word boundaries.
 */
export function buildNfa(sequence: Sequence, flags: Flags): Nfa | null {
  const kind: NfaKind[] = [];
  const out: number[] = [];
  const other: number[] = [];
  const classes: (Uint8Array | null)[] = [];
  const classOf = new Map<string, Uint8Array>();

  function add(added: NfaKind, to: number, alternative = -1, read: Uint8Array | null = null): number {
    if (kind.length >= mostStates) throw new Unsupported();
    kind.push(added);
    out.push(to);
    other.push(alternative);
    classes.push(read);
    return kind.length - 1;
  }

  function classFor(node: PatternNode, held: Flags): Uint8Array {
    if (!isCharacterNode(node)) throw new Unsupported();
    const key = `${held} ${JSON.stringify(node)}`;
    const known = classOf.get(key);
    if (known) return known;
    const test = testOf(node, held);
    const made = Uint8Array.from({ length: alphabetSize }, (_, code) => (test(code) ? 1 : 0));
    classOf.set(key, made);
    return made;
  }

  function sequenceTo(parts: Sequence, held: Flags, next: number): number {
    let to = next;
    for (let i = parts.length - 1; i >= 0; i--) to = nodeTo(parts[i]!, held, to);
    return to;
  }

  function nodeTo(node: PatternNode, held: Flags, next: number): number {
    if (isCharacterNode(node)) return add('read', next, -1, classFor(node, held));
    switch (node.type) {
      case 'group':
        return sequenceTo(node.body, combineFlags(held, node.added, node.removed), next);
      case 'branch': {
        const starts = node.branches.map((branch) => sequenceTo(branch, held, next));
        return starts.reduceRight((rest, start) => (rest === -1 ? start : add('split', start, rest)), -1);
      }
      case 'repeat':
        if (node.kind === 'possessive') throw new Unsupported();
        return repeatTo(node, held, next);
      case 'at':
        switch (node.at) {
          case 'begin':
          case 'begin-string':
            return add('at-begin', next);
          case 'end':
          case 'end-string':
            return add('at-end', next);
          case 'boundary':
          case 'not-boundary':
            throw new Unsupported();
        }
      // falls through: every anchor returned or threw
      case 'atomic':
      case 'assert':
      case 'reference':
      case 'condition':
        throw new Unsupported();
    }
  }

  function repeatTo(node: Extract<PatternNode, { readonly type: 'repeat' }>, held: Flags, next: number): number {
    let to = next;
    if (node.most === Infinity) {
      const loop = add('split', -1, next);
      out[loop] = sequenceTo(node.body, held, loop);
      to = loop;
    } else {
      for (let i = node.least; i < node.most; i++) to = add('split', sequenceTo(node.body, held, to), next);
    }
    for (let i = 0; i < node.least; i++) to = sequenceTo(node.body, held, to);
    return to;
  }

  try {
    if ((flags & flagBits.template) !== 0) return null;
    const accept = add('accept', -1);
    return { kind, out, other, classes, start: sequenceTo(sequence, flags, accept) };
  } catch (error) {
    if (error instanceof Unsupported || error instanceof RangeError) return null;
    throw error;
  }
}
