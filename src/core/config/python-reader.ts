import { placeInText } from '../readers/json-cursor.ts';
import { fail, succeed, type Result } from '../result.ts';
import { findConstants } from './python-names.ts';
import { childrenOf, evaluateLiteral } from './python-literals.ts';
import type { NotLiteral, NotLiteralReason } from './python-literals.ts';
import { parsePython, type SyntaxNode, type SyntaxTree } from './python-source.ts';
import type { FindCharacter } from './python-strings.ts';
import { getKey, isConfigList, isConfigObject } from './value.ts';
import type { ConfigObject, ConfigValue, KeyPath } from './value.ts';

/** A place in the source, for a person. */
export interface PythonPlace {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
  /** The start of what stands there, on one line. */
  readonly source: string;
  readonly reason: NotLiteralReason;
  /** What is wrong with it, in a sentence. */
  readonly message: string;
}

/** A config list that the source assigns. */
export interface PythonList {
  /** What it is assigned to; empty for a list that stands alone. */
  readonly name: string;
  readonly line: number;
  readonly list: readonly ConfigObject[];
  /** Where tuples stood, from the list inwards; they are lists now. */
  readonly tuples: readonly KeyPath[];
  /** Lines below that change it further (`append`, `+=`, an item); what they do is not in `list`. */
  readonly changedInLines: readonly number[];
}

/** An assignment that looks like a config list but holds more than literals. */
export interface UnreadAssignment {
  readonly name: string;
  readonly line: number;
  readonly places: readonly PythonPlace[];
}

export interface PythonLists {
  /** In the order of the source, at least one. */
  readonly lists: readonly PythonList[];
  readonly unread: readonly UnreadAssignment[];
}

/** Why no list could be read. */
export type PythonReadError =
  /** Nothing in the source looks like a config list. */
  | { readonly type: 'no-list' }
  | { readonly type: 'not-literal'; readonly unread: readonly UnreadAssignment[] };

/**
 * Finds the config lists in Python source: every assignment of a list of dicts, or of one dict with selectors, at
 * any depth, and a list that stands alone or is handed to a call. Only literals are evaluated, and names that are set
 * once to one further up; nothing is run. What is no literal is named with its line. Never throws. `findCharacter` is for `\N{…}`, which cannot be read without
 * it.
 */
export function readPython(
  source: string,
  findCharacter: FindCharacter = () => null,
): Result<PythonLists, PythonReadError> {
  const tree = parsePython(source);
  const constants = findConstants(tree, source);
  /** Names that stand inside other lists, which are then no lists of their own. */
  const parts = new Set<string>();
  const lists: PythonList[] = [];
  const unread: UnreadAssignment[] = [];
  for (const { name, node } of findValues(tree, source)) {
    if (!looksLikeList(name, node, source)) continue;
    const { line } = placeInText(source, node.from);
    const broken = firstSyntaxError(tree, node);
    const literal = evaluateLiteral(node, source, findCharacter, constants);
    const problems = broken ? [broken] : literal.problems;
    if (problems.length > 0) {
      unread.push({ name, line, places: problems.map((problem) => placeOf(problem, source)) });
      continue;
    }
    const list = asList(name, literal.value);
    if (!list) continue;
    if (node.name !== 'VariableName') for (const part of literal.names) parts.add(part);
    const tuples = isConfigObject(literal.value) ? literal.tuples.map((path) => [0, ...path]) : literal.tuples;
    lists.push({ name, line, list, tuples, changedInLines: changesOf(tree, source, name, node.to) });
  }
  const whole = lists.filter(({ name }) => name === '' || !parts.has(name));
  if (whole.length > 0) return succeed({ lists: whole, unread });
  return fail(unread.length > 0 ? { type: 'not-literal', unread } : { type: 'no-list' });
}

interface AssignedValue {
  readonly name: string;
  readonly node: SyntaxNode;
}

/** Values of assignments, of statements that are an expression alone, of calls and returns, in order. */
function findValues(tree: SyntaxTree, source: string): readonly AssignedValue[] {
  const values: AssignedValue[] = [];
  tree.iterate({
    enter: ({ node }) => {
      const { firstChild } = node;
      if (node.name === 'AssignStatement') values.push(...assignedValues(node, source));
      else if (node.name === 'ExpressionStatement' && firstChild) values.push({ name: '', node: firstChild });
      else if (isHandedOn(node)) values.push({ name: keywordOf(node, source), node });
    },
  });
  return values;
}

/** `Pruner(model, [{…}])`, `Pruner(model, config_list=[{…}])`, `return [{…}]`. */
function isHandedOn(node: SyntaxNode): boolean {
  if (node.name !== 'ArrayExpression') return false;
  return node.parent?.name === 'ArgList' || node.parent?.name === 'ReturnStatement';
}

function keywordOf(node: SyntaxNode, source: string): string {
  const name = node.prevSibling?.name === 'AssignOp' ? node.prevSibling.prevSibling : null;
  return name ? source.slice(name.from, name.to) : '';
}

/** `a = b = v` assigns twice; `a, b = v, w` pairs up; an annotation is passed over. */
function assignedValues(statement: SyntaxNode, source: string): readonly AssignedValue[] {
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(statement)) {
    if (child.name === 'AssignOp') groups.push([]);
    else if (child.name !== ',' && child.name !== 'TypeDef') groups.at(-1)?.push(child);
  }
  const values = groups.pop() ?? [];
  return groups.flatMap((targets) =>
    targets.length === values.length
      ? targets.map((target, index) => ({ name: nameOf(target, source), node: values[index]! }))
      : [],
  );
}

/** A byte order mark counts as part of a name to the parser. */
function nameOf(target: SyntaxNode, source: string): string {
  return source.slice(target.from, target.to).replace(/^\uFEFF/, '');
}

/** Those of NNI 2.x too. */
const selectors = ['op_names', 'op_names_re', 'op_types', 'op_partial_names'];
const selectorWords = new RegExp(`\\b(?:${selectors.join('|')})\\b`);

function looksLikeList(name: string, node: SyntaxNode, source: string): boolean {
  const text = source.slice(node.from, node.to);
  switch (node.name) {
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'BinaryExpression':
    case 'ParenthesizedExpression':
    case 'ArrayComprehensionExpression':
      return /config/i.test(name) || (/\{|\bdict\b/.test(text) && selectorWords.test(text));
    case 'DictionaryExpression':
      return selectorWords.test(text);
    case 'CallExpression':
      return /^dict\b/.test(text) ? selectorWords.test(text) : isConfigListName(name);
    default:
      return isConfigListName(name) && !/^(?:String|Number|Boolean|None|FormatString)$/.test(node.name);
  }
}

function isConfigListName(name: string): boolean {
  return /config_?list/i.test(name);
}

function asList(name: string, value: ConfigValue): readonly ConfigObject[] | null {
  if (isConfigObject(value)) {
    return selectors.some((key) => getKey(value, key) !== undefined) ? [value] : null;
  }
  if (!isConfigList(value) || !value.every(isConfigObject)) return null;
  return value.length > 0 || isConfigListName(name) || name === '' ? value : null;
}

/** The parser goes on after errors; the first one inside a value, or right behind it. */
function firstSyntaxError(tree: SyntaxTree, node: SyntaxNode): NotLiteral | null {
  let found: NotLiteral | null = null;
  tree.iterate({
    from: node.from,
    to: node.to,
    enter: (inner) => {
      if (found || !inner.type.isError || inner.from < node.from || inner.from > node.to) return;
      found = { reason: 'syntax', from: inner.from, to: inner.to };
    },
  });
  return found;
}

/** Lines after `offset` that change what `name` holds. */
function changesOf(tree: SyntaxTree, source: string, name: string, offset: number): readonly number[] {
  if (name === '') return [];
  const lines = new Set<number>();
  tree.iterate({
    from: offset,
    enter: ({ node }) => {
      if (node.from < offset) return;
      const first = node.firstChild;
      if (!first || !/^(?:UpdateStatement|AssignStatement|CallExpression)$/.test(node.name)) return;
      const target = source.slice(first.from, first.to);
      const isChange =
        node.name === 'CallExpression'
          ? target.startsWith(`${name}.`) || target.startsWith(`${name}[`)
          : target.startsWith(`${name}[`) || (node.name === 'UpdateStatement' && target === name);
      if (isChange) lines.add(placeInText(source, node.from).line);
    },
  });
  return [...lines];
}

const wordings: Readonly<Record<NotLiteralReason, string>> = {
  name: 'is no name that is set once to a literal further up; write what it stands for',
  call: 'is a call; only literals are read, so write what it gives',
  comprehension: 'is a comprehension; only literals are read, so write its items out',
  expression: 'is computed; only literals are read, so write its value',
  unpacking: 'unpacks something; only literals are read, so write its items out',
  'f-string': 'is a formatted string; only literals are read, so write the text itself',
  bytes: 'are bytes; NNI wants a string',
  set: 'is a set; NNI wants a list',
  key: 'is no string; the keys of a sub-config are strings',
  number: 'is no number that a config list can hold',
  escape: 'has an escape that cannot be read',
  syntax: 'is where Python would stop: a bracket, a comma or a quote is missing or too many',
  'too-deep': 'is nested too deep',
  'too-large': 'stands where the list has grown too large to read',
};

function placeOf({ reason, from, to }: NotLiteral, source: string): PythonPlace {
  const { line, column } = placeInText(source, from);
  const whole = source.slice(from, Math.max(to, from + 1)).split('\n')[0]!.trim();
  const start = whole.length > 40 ? `${whole.slice(0, 40)}…` : whole;
  const subject = start === '' ? 'The end' : start;
  return {
    line,
    column,
    offset: from,
    length: to - from,
    source: start,
    reason,
    message: `${subject} ${wordings[reason]}.`,
  };
}
