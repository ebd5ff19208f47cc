import {
  combineFlags,
  flagBits,
  type Anchor,
  type Flags,
  type PatternNode,
  type RepeatNode,
  type Sequence,
  type SetItem,
} from './parse/ast.ts';
import type { CompiledPattern } from './pattern.ts';

/** A part of a pattern in plain words. Offsets are UTF-16 units of the pattern. */
export interface PatternPart {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The parts that it is made of, in order. */
  readonly parts: readonly PatternPart[];
}

/** Explains the parts of a pattern in plain words, for a hover (rule P21). Parts in a row are one sequence. */
export function explainPattern(pattern: CompiledPattern): readonly PatternPart[] {
  const { parsed } = pattern;
  const explainer = new Explainer(pattern);
  const parts = explainer.sequence(parsed.body, parsed.flags);
  const notes = parsed.notes.map(
    (note): PatternPart => ({
      from: note.from,
      to: note.to,
      text: note.type === 'comment' ? 'a comment' : `for the whole pattern: ${flagWords(note.flags).join(', ')}`,
      parts: [],
    }),
  );
  // Notes inside a part would break the nesting: only notes between the outermost parts are shown.
  const outer = notes.filter((note) => !parts.some((part) => note.from < part.to && note.to > part.from));
  return [...parts, ...outer].toSorted((a, b) => a.from - b.from);
}

type BranchNode = Extract<PatternNode, { type: 'branch' }>;

class Explainer {
  readonly #source: string;
  readonly #nameOf = new Map<number, string>();
  readonly #boundsEmpty: boolean;

  constructor({ source, parsed, program }: CompiledPattern) {
    this.#source = source;
    this.#boundsEmpty = program.minor >= 14;
    for (const [name, group] of parsed.groupNames) this.#nameOf.set(group, name);
  }

  sequence(sequence: Sequence, flags: Flags): PatternPart[] {
    const parts: PatternPart[] = [];
    for (let i = 0; i < sequence.length; i++) {
      const run = literalRun(sequence, i);
      if (run > 1) {
        const nodes = sequence.slice(i, i + run);
        const characters = nodes.map((node) => (node.type === 'literal' ? String.fromCodePoint(node.code) : ''));
        const text = this.#literalText(characters.join(''), flags);
        parts.push({ from: nodes[0]!.from, to: nodes.at(-1)!.to, text, parts: [] });
        i += run - 1;
      } else parts.push(this.#node(sequence[i]!, flags));
    }
    return parts;
  }

  #node(node: PatternNode, flags: Flags): PatternPart {
    const { from, to } = node;
    const part = (text: string, parts: readonly PatternPart[] = []): PatternPart => ({ from, to, text, parts });
    switch (node.type) {
      case 'literal':
        return part(this.#literalText(String.fromCodePoint(node.code), flags));
      case 'not-literal':
        return part(`any character except ${quote(String.fromCodePoint(node.code))}${caseNote(flags)}`);
      case 'any':
        return part((flags & flagBits.dotAll) !== 0 ? 'any character' : 'any character except a line feed');
      case 'set':
        return part(setText(node, flags));
      case 'at':
        return part(this.#anchorText(node.at, flags));
      case 'repeat': {
        const item = this.#node(node.item, flags);
        return part(repeatText(node, item.text), item.parts.length > 0 ? item.parts : [item]);
      }
      case 'group': {
        const inner = combineFlags(flags, node.added, node.removed);
        return part(this.#groupText(node), this.sequence(node.body, inner));
      }
      case 'atomic':
        return part('matched once and not tried another way', this.sequence(node.body, flags));
      case 'assert':
        return part(assertText(node.behind, node.negated), this.sequence(node.body, flags));
      case 'branch':
        return part(
          `one of ${node.branches.length} alternatives`,
          node.branches.map((branch, i) => this.#branch(branch, flags, node, i)),
        );
      case 'reference':
        return part(`the same text as ${this.#groupName(node.group)} matched${caseNote(flags)}`);
      case 'condition': {
        const otherwise = node.no && node.no.length > 0 ? ', otherwise what follows the bar' : '';
        const text = `if ${this.#groupName(node.group)} took part, what follows${otherwise}`;
        return part(text, [...this.sequence(node.yes, flags), ...this.sequence(node.no ?? [], flags)]);
      }
    }
  }

  #branch(branch: Sequence, flags: Flags, node: BranchNode, index: number): PatternPart {
    const parts = this.sequence(branch, flags);
    const [only, second] = parts;
    if (only && !second) return only;
    const from = parts[0]?.from ?? this.#emptyBranch(node, index);
    const to = parts.at(-1)?.to ?? from;
    const text = parts.length === 0 ? 'nothing' : parts.map((part) => part.text).join(', then ');
    return { from, to, text, parts };
  }

  /** The place of an alternative without parts: behind the bar after the one before. */
  #emptyBranch(node: BranchNode, index: number): number {
    let at = node.from;
    for (let i = 0; i < index; i++) {
      const end = node.branches[i]!.at(-1)?.to ?? at;
      const bar = this.#source.indexOf('|', end);
      at = bar < 0 || bar >= node.to ? node.to : bar + 1;
    }
    return at;
  }

  #literalText(text: string, flags: Flags): string {
    const characters = Array.from(text);
    const kind = characters.length === 1 && !/^[\w.]$/u.test(text) ? 'character' : 'text';
    return `the ${kind} ${quote(text)}${caseNote(flags, text)}`;
  }

  #anchorText(at: Anchor, flags: Flags): string {
    const multiline = (flags & flagBits.multiline) !== 0;
    switch (at) {
      case 'begin':
        return multiline ? 'start of the name or of a line in it' : 'start of the name';
      case 'begin-string':
        return 'start of the name';
      case 'end':
        if (multiline) return 'end of the name or of a line in it';
        return 'end of the name (or before a line feed that ends it)';
      case 'end-string':
        return 'end of the name';
      case 'boundary':
        return 'where a word begins or ends';
      case 'not-boundary':
        return `where no word begins or ends${this.#boundsEmpty ? '' : ' (never in an empty name)'}`;
    }
  }

  #groupText(node: Extract<PatternNode, { type: 'group' }>): string {
    if (node.group !== null) return this.#groupName(node.group);
    if (node.added === 0 && node.removed === 0) return 'a group that is not kept';
    const words = [...flagWords(node.added), ...flagWords(node.removed).map((word) => `no longer ${word}`)];
    return `inside: ${words.join(', ')}`;
  }

  #groupName(group: number): string {
    const name = this.#nameOf.get(group);
    return name === undefined ? `group ${group}` : `group ${group} (${name})`;
  }
}

/** Number of literals in a row from `start` on. */
function literalRun(sequence: Sequence, start: number): number {
  let end = start;
  while (sequence[end]?.type === 'literal') end++;
  return end - start;
}

function repeatText(node: RepeatNode, item: string): string {
  const { least, most, kind } = node;
  let count = `${least} to ${most} times`;
  if (least === 0 && most === 1) count = 'or nothing';
  else if (least === 0 && most === Infinity) count = 'zero or more times';
  else if (least === 1 && most === Infinity) count = 'one or more times';
  else if (most === Infinity) count = `${least} or more times`;
  else if (least === 0) count = `at most ${most} times`;
  else if (least === most) count = least === 1 ? 'once' : `${least} times`;
  if (most === 0) return `${item}, never`;
  if (least === most) return `${item}, ${count}`;
  const manner = {
    greedy: 'as many as possible',
    lazy: 'as few as possible',
    possessive: 'as many as possible, none given back',
  }[kind];
  if (count === 'or nothing') {
    if (kind === 'lazy') return `nothing, or ${item}`;
    return kind === 'greedy' ? `${item}, or nothing` : `${item} if it is there`;
  }
  return `${item}, ${count}, ${manner}`;
}

function assertText(behind: boolean, negated: boolean): string {
  if (behind) return negated ? 'only if this does not stand right before' : 'only if this stands right before';
  return negated ? 'only if this does not follow' : 'only if this follows';
}

function setText(node: Extract<PatternNode, { type: 'set' }>, flags: Flags): string {
  const texts = node.items.map((item) => setItemText(item, flags));
  const [only, second] = node.items;
  if (only?.type === 'category' && !second && !node.negated) return texts[0]!;
  const folded = node.items.some((item) => item.type !== 'category') ? caseNote(flags) : '';
  return `${node.negated ? 'any character except' : 'one of'} ${texts.join(', ')}${folded}`;
}

function setItemText(item: SetItem, flags: Flags): string {
  const ascii = (flags & flagBits.ascii) !== 0 ? ' (ASCII only)' : '';
  switch (item.type) {
    case 'literal':
      return quote(String.fromCodePoint(item.code));
    case 'range':
      return `${quote(String.fromCodePoint(item.low))} to ${quote(String.fromCodePoint(item.high))}`;
    case 'category':
      return categoryTexts[item.category] + ascii;
  }
}

const categoryTexts = {
  digit: 'a digit',
  'not-digit': 'anything but a digit',
  space: 'white space',
  'not-space': 'anything but white space',
  word: 'a letter, digit or underscore',
  'not-word': 'anything but a letter, digit or underscore',
} as const;

const invisible: ReadonlyMap<string, string> = new Map([
  ['\n', 'line feed'],
  ['\r', 'carriage return'],
  ['\t', 'tab'],
  [' ', 'space'],
]);

function quote(text: string): string {
  const name = invisible.get(text);
  if (name !== undefined) return name;
  return text.includes('`') ? `"${text}"` : `\`${text}\``;
}

/** Says that case does not count, where there is a case. */
function caseNote(flags: Flags, text = 'a'): string {
  const isCased = text.toLowerCase() !== text || text.toUpperCase() !== text;
  return (flags & flagBits.ignoreCase) !== 0 && isCased ? ' in any case' : '';
}

function flagWords(flags: Flags): string[] {
  const words: string[] = [];
  if ((flags & flagBits.ignoreCase) !== 0) words.push('case does not count');
  if ((flags & flagBits.multiline) !== 0) words.push('`^` and `$` also match at lines');
  if ((flags & flagBits.dotAll) !== 0) words.push('`.` also matches line feeds');
  if ((flags & flagBits.verbose) !== 0) words.push('spaces and comments are skipped');
  if ((flags & flagBits.ascii) !== 0) words.push('classes are ASCII only');
  if ((flags & flagBits.unicode) !== 0) words.push('classes are Unicode');
  return words;
}
