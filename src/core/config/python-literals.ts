import { deepestNesting } from './json-reader.ts';
import type { SyntaxNode } from './python-source.ts';
import { readPythonString, type FindCharacter } from './python-strings.ts';
import { isConfigList, numberOf, pythonFloat } from './value.ts';
import type { ConfigNumber, ConfigValue, KeyPath } from './value.ts';

/** Why a piece of source is no literal that a config list can hold. */
export type NotLiteralReason =
  | 'name'
  | 'call'
  | 'comprehension'
  | 'expression'
  | 'unpacking'
  | 'f-string'
  | 'bytes'
  | 'set'
  | 'key'
  | 'number'
  | 'escape'
  | 'syntax'
  | 'too-deep'
  | 'too-large';

/** A piece of source that could not be read. */
export interface NotLiteral {
  readonly reason: NotLiteralReason;
  readonly from: number;
  readonly to: number;
}

/** What an expression evaluates to. `value` has `null` wherever something is listed in `problems`. */
export interface Literal {
  readonly value: ConfigValue;
  /** Where tuples stood; they are lists now. */
  readonly tuples: readonly KeyPath[];
  readonly problems: readonly NotLiteral[];
  /** Names that were read as what they are set to. */
  readonly names: ReadonlySet<string>;
}

const noNames: ReadonlyMap<string, SyntaxNode> = new Map();

/**
 * Evaluates an expression of literals: lists, tuples, dicts, `dict(…)`, strings, numbers, `None`, `True`, `False`,
 * `+` between lists, and names that `constants` has and that are set further up. Nothing is ever run; all that is
 * no literal is listed.
 */
export function evaluateLiteral(
  node: SyntaxNode,
  source: string,
  findCharacter: FindCharacter,
  constants: ReadonlyMap<string, SyntaxNode> = noNames,
): Literal {
  const evaluator = new Evaluator(source, findCharacter, constants);
  const value = evaluator.evaluate(node, []);
  return { value, tuples: evaluator.tuples, problems: evaluator.problems, names: evaluator.names };
}

/** The children of a node without comments. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** More than the largest list that anyone wrote by hand, by far. */
const mostSteps = 2_000_000;

const otherReasons: Readonly<Record<string, NotLiteralReason>> = {
  MemberExpression: 'name',
  CallExpression: 'call',
  ArrayComprehensionExpression: 'comprehension',
  DictionaryComprehensionExpression: 'comprehension',
  SetComprehensionExpression: 'comprehension',
  ComprehensionExpression: 'comprehension',
  SetExpression: 'set',
};

class Evaluator {
  readonly tuples: KeyPath[] = [];
  readonly problems: NotLiteral[] = [];
  private readonly source: string;
  readonly names = new Set<string>();
  private readonly findCharacter: FindCharacter;
  private readonly constants: ReadonlyMap<string, SyntaxNode>;
  private depth = 0;
  private steps = 0;

  constructor(source: string, findCharacter: FindCharacter, constants: ReadonlyMap<string, SyntaxNode>) {
    this.source = source;
    this.findCharacter = findCharacter;
    this.constants = constants;
  }

  evaluate(node: SyntaxNode, path: KeyPath): ConfigValue {
    if (this.depth >= deepestNesting) return this.refuse(node, 'too-deep');
    // Names that stand for lists of names can grow without bound.
    if (++this.steps > mostSteps) return this.steps === mostSteps + 1 ? this.refuse(node, 'too-large') : null;
    this.depth++;
    const value = this.evaluateNode(node, path);
    this.depth--;
    return value;
  }

  private evaluateNode(node: SyntaxNode, path: KeyPath): ConfigValue {
    if (node.type.isError) return this.refuse(node, 'syntax');
    switch (node.name) {
      case 'None':
        return null;
      case 'Boolean':
        return this.textOf(node) === 'True';
      case 'Number':
        return this.readNumber(node);
      case 'String':
      case 'FormatString':
      case 'ContinuedString':
        return this.readString(node);
      case 'ParenthesizedExpression':
        return this.readInner(node, path);
      case 'UnaryExpression':
        return this.readUnary(node, path);
      case 'ArrayExpression':
        return this.readItems(node, path);
      case 'TupleExpression':
        this.tuples.push(path);
        return this.readItems(node, path);
      case 'DictionaryExpression':
        return this.readDict(node, path);
      case 'CallExpression':
        return this.readCall(node, path);
      case 'BinaryExpression':
        return this.readSum(node, path);
      case 'VariableName':
        return this.readName(node, path);
      default:
        return this.refuse(node, otherReasons[node.name] ?? 'expression');
    }
  }

  private refuse(node: { readonly from: number; readonly to: number }, reason: NotLiteralReason): null {
    this.problems.push({ reason, from: node.from, to: node.to });
    return null;
  }

  private textOf(node: SyntaxNode): string {
    return this.source.slice(node.from, node.to);
  }

  private readName(node: SyntaxNode, path: KeyPath): ConfigValue {
    const name = this.textOf(node);
    const value = this.constants.get(name);
    // What is set below is not set yet, and so nothing stands for itself.
    if (!value || value.to > node.from) return this.refuse(node, 'name');
    this.names.add(name);
    return this.evaluate(value, path);
  }

  private readInner(node: SyntaxNode, path: KeyPath): ConfigValue {
    const inner = childrenOf(node).filter(({ name }) => name !== '(' && name !== ')');
    return inner.length === 1 ? this.evaluate(inner[0]!, path) : this.refuse(node, 'syntax');
  }

  private readItems(node: SyntaxNode, path: KeyPath): ConfigValue {
    const items: ConfigValue[] = [];
    let star: SyntaxNode | null = null;
    for (const child of childrenOf(node)) {
      if ('[](),'.includes(child.name)) continue;
      if (child.name === '*') star = child;
      else if (star) {
        items.push(this.refuse({ from: star.from, to: child.to }, 'unpacking'));
        star = null;
      } else {
        items.push(this.evaluate(child, [...path, items.length]));
      }
    }
    return items;
  }

  private readDict(node: SyntaxNode, path: KeyPath): ConfigValue {
    const entries = new Map<string, ConfigValue>();
    let key: string | null = null;
    let star: SyntaxNode | null = null;
    let isKey = true;
    for (const child of childrenOf(node)) {
      if (child.name === '{' || child.name === '}') continue;
      if (child.name === ',') {
        isKey = true;
      } else if (child.name === ':') {
        isKey = false;
      } else if (child.name === '**') {
        star = child;
      } else if (star) {
        this.refuse({ from: star.from, to: child.to }, 'unpacking');
        star = null;
      } else if (isKey || child.type.isError) {
        key = this.readKey(child);
      } else {
        const value = this.evaluate(child, [...path, key ?? '']);
        if (key !== null) entries.set(key, value);
      }
    }
    return { type: 'object', entries: [...entries] };
  }

  private readKey(node: SyntaxNode): string | null {
    if (node.type.isError) return this.refuse(node, 'syntax');
    const before = this.problems.length;
    const key = this.evaluate(node, []);
    if (typeof key === 'string') return key;
    return this.problems.length > before ? null : this.refuse(node, 'key');
  }

  private readCall(node: SyntaxNode, path: KeyPath): ConfigValue {
    const [callee, args] = childrenOf(node);
    if (callee?.name !== 'VariableName' || this.textOf(callee) !== 'dict' || args?.name !== 'ArgList') {
      return this.refuse(node, 'call');
    }
    const entries = new Map<string, ConfigValue>();
    const parts = childrenOf(args).filter(({ name }) => name !== '(' && name !== ')');
    for (let i = 0; i < parts.length; i++) {
      const [name, equals, value] = parts.slice(i, i + 3);
      if (name?.name === ',') continue;
      if (name?.name !== 'VariableName' || equals?.name !== 'AssignOp' || !value) return this.refuse(node, 'call');
      const key = this.textOf(name);
      entries.set(key, this.evaluate(value, [...path, key]));
      i += 2;
    }
    return { type: 'object', entries: [...entries] };
  }

  private readSum(node: SyntaxNode, path: KeyPath): ConfigValue {
    const [left, operator, right] = childrenOf(node);
    if (!left || !right || !operator || this.textOf(operator) !== '+') return this.refuse(node, 'expression');
    const before = this.problems.length;
    const first = this.evaluate(left, path);
    const tuplesBefore = this.tuples.length;
    const second = this.evaluate(right, path);
    if (this.problems.length > before) return [];
    if (!isConfigList(first) || !isConfigList(second)) return this.refuse(node, 'expression');
    // Places in the second list move on by the length of the first.
    for (let i = tuplesBefore; i < this.tuples.length; i++) {
      const place = this.tuples[i]!;
      const index = place[path.length];
      if (typeof index === 'number') this.tuples[i] = place.toSpliced(path.length, 1, index + first.length);
    }
    return [...first, ...second];
  }

  private readUnary(node: SyntaxNode, path: KeyPath): ConfigValue {
    const [operator, operand] = childrenOf(node);
    const sign = operator && this.textOf(operator);
    if (!operand || (sign !== '-' && sign !== '+')) return this.refuse(node, 'expression');
    const before = this.problems.length;
    const value = this.evaluate(operand, path);
    if (this.problems.length > before) return null;
    if (typeof value !== 'object' || value === null || !('text' in value)) return this.refuse(node, 'expression');
    if (sign === '+') return value;
    const text = value.text.startsWith('-') ? value.text.slice(1) : `-${value.text}`;
    return { type: value.type, text: value.type === 'int' && text === '-0' ? '0' : text };
  }

  private readString(node: SyntaxNode): ConfigValue {
    const parts = node.name === 'ContinuedString' ? childrenOf(node) : [node];
    let text = '';
    for (const part of parts) {
      const read = readPythonString(this.textOf(part), this.findCharacter);
      if (read.type !== 'text') return this.refuse(part, stringReasons[read.type]);
      text += read.text;
    }
    return text;
  }

  private readNumber(node: SyntaxNode): ConfigValue {
    return parseNumber(this.textOf(node)) ?? this.refuse(node, 'number');
  }
}

const stringReasons = {
  bytes: 'bytes',
  'f-string': 'f-string',
  'bad-escape': 'escape',
  unclosed: 'syntax',
} as const;

/** Python itself refuses longer decimal literals. */
const mostDigits = 4300;

/** A number as JSON writes it; `null` for what Python refuses or JSON lacks (complex numbers). */
function parseNumber(source: string): ConfigNumber | null {
  if (/__|_$|_[.eEjJ]|[.eE]_|^_/.test(source)) return null;
  const text = source.replaceAll('_', '');
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(text)) {
    return text.length > mostDigits ? null : { type: 'int', text: String(BigInt(text)) };
  }
  if (/^(?:0+|[1-9]\d*)$/.test(text)) {
    return text.length > mostDigits ? null : { type: 'int', text: text.startsWith('0') ? '0' : text };
  }
  if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) || !/[.eE]/.test(text)) return null;
  if (/^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return { type: 'float', text };
  const value = numberOf({ type: 'float', text });
  // `1.` and `.5` are no JSON; what is beyond all floats stays so.
  return { type: 'float', text: Number.isFinite(value) ? pythonFloat(value) : '1e999' };
}
