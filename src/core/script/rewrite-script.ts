import { parsePython, type SyntaxNode } from '../config/python-source.ts';
import { writePythonBlock, writePythonLine, writePythonString } from '../config/python-writer.ts';
import { rewriteLiteral, type LiteralLanguage, type LocatedPart, type LocatedValue } from '../config/rewrite-literal.ts';
import { isConfigList, isConfigObject, objectOf, valuesEqual, type ConfigObject, type ConfigValue } from '../config/value.ts';
import { fail, succeed, type Result } from '../result.ts';
import { readScript, type ScriptList, type ScriptOptions } from './read-script.ts';
import { childrenOf } from './run/syntax.ts';

/** Why a list cannot be written into a script. */
export type RewriteError =
  /** The script makes the list in steps, as in a loop or with `append`: no place of it can be written that gives the new list. */
  | { readonly type: 'made-in-steps'; readonly name: string; readonly line: number }
  /** The list would be empty, and nothing else in the script shows that it is a config list. */
  | { readonly type: 'empty-list'; readonly name: string; readonly line: number };

/**
 * A Python script in which one of its lists has become `after`; all else is kept to the letter, comments included.
 * Expressions whose value stays are kept, too (`args.sparsity`). The new script is read again: a script that would not
 * make the new list is never given. `list` is one that `readScript` found in `source` with the same options (rule E7).
 */
export function rewriteScript(
  source: string,
  list: ScriptList,
  after: readonly ConfigObject[],
  options: ScriptOptions = {},
): Result<string, RewriteError> {
  if (valuesEqual(list.list, after)) return succeed(source);
  const before = readScript(source, options);
  const language = pythonLanguage(source.slice(list.source.from, list.source.to), source);
  const top = parsePython(source).topNode;
  for (const attempt of [wholeList, eachSubConfig]) {
    const written = attempt(source, top, list, after, language);
    if (written !== null && before.ok && makesList(written, before.value.lists, list, after, options)) return succeed(written);
  }
  const wouldBeFound = after.length === 0 && rewriteScript(source, list, [anySubConfig], options).ok;
  return fail({ type: wouldBeFound ? 'empty-list' : 'made-in-steps', name: list.name, line: list.line });
}

/** A sub-config that no script has. */
const anySubConfig = objectOf([['op_names', ['\0']]]);

type Attempt = (source: string, top: SyntaxNode, list: ScriptList, after: readonly ConfigObject[], language: LiteralLanguage) => string | null;

/** Writes the expression that makes the list. */
const wholeList: Attempt = (source, top, list, after, language) => {
  const node = expressionOf(top, list);
  if (!node) return null;
  const literal = withoutParentheses(node);
  // A dict alone counts as a list of one.
  const isDict = literal.name === 'DictionaryExpression' && list.list.length === 1;
  const [value, wanted]: readonly [ConfigValue, ConfigValue] = isDict && after.length === 1 ? [list.list[0]!, after[0]!] : [list.list, after];
  const located = locate(literal, isDict && after.length !== 1 ? null : value);
  return source.slice(0, located.from) + rewriteLiteral(source, located, value, wanted, language) + source.slice(located.to);
};

/** Writes each sub-config in the place of its dict, for a list that is put together from them. */
const eachSubConfig: Attempt = (source, top, { sources, list }, after, language) => {
  if (after.length !== list.length || sources.length !== list.length) return null;
  const changed = list.flatMap((before, at) => {
    const range = sources[at];
    return valuesEqual(before, after[at]!) || !range ? [] : [{ range, before, after: after[at]! }];
  });
  let written = source;
  for (const change of changed.toSorted((a, b) => b.range.from - a.range.from)) {
    const node = nodeAt(top, change.range);
    if (!node) return null;
    const { from, to } = change.range;
    written = written.slice(0, from) + rewriteLiteral(source, locate(node, change.before), change.before, change.after, language) + written.slice(to);
  }
  return written;
};

/** Whether a script makes the new list in place of the old one, and all its other lists as before. */
function makesList(written: string, before: readonly ScriptList[], old: ScriptList, after: readonly ConfigObject[], options: ScriptOptions): boolean {
  const read = readScript(written, options);
  if (!read.ok || read.value.lists.length !== before.length) return false;
  return read.value.lists.every(({ name, list, holes, misfits }, at) => {
    const was = before[at]!;
    // One list may be handed to several classes.
    const isIt = was.source.from === old.source.from && valuesEqual(was.list, old.list);
    const wanted = isIt ? after : was.list;
    return name === was.name && (!isIt || holes.length + misfits.length === 0) && valuesEqual(list, wanted);
  });
}

/** The expression of a list; of a call the argument that is the list. */
function expressionOf(top: SyntaxNode, { source, list }: ScriptList): SyntaxNode | null {
  const node = nodeAt(top, source);
  if (node?.name !== 'CallExpression') return node;
  const given = node.getChild('ArgList');
  const literals = given ? childrenOf(given).filter(({ name }) => name === 'ArrayExpression' || name === 'TupleExpression') : [];
  return literals.find((literal) => locate(literal, list).parts !== null) ?? literals[0] ?? node;
}

function nodeAt(top: SyntaxNode, { from, to }: { readonly from: number; readonly to: number }): SyntaxNode | null {
  let node: SyntaxNode | null = top.resolveInner(from, 1);
  while (node && (node.from !== from || node.to !== to)) node = node.parent;
  return node;
}

function withoutParentheses(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenthesizedExpression') {
    const [, only] = childrenOf(inner);
    if (!only) return node;
    inner = only;
  }
  return inner;
}

/** A node with its parts, where it is a literal with one part for each of the value. */
function locate(node: SyntaxNode, value: ConfigValue): LocatedValue {
  const whole = { from: node.from, to: node.to, parts: null };
  const isList = node.name === 'ArrayExpression' || (node.name === 'TupleExpression' && node.firstChild?.name === '(');
  if (isList && isConfigList(value)) {
    const groups = groupsOf(node);
    if (groups.length !== value.length || groups.some((group) => group.length !== 1)) return whole;
    return { ...whole, parts: groups.map(([item], at) => ({ from: item!.from, value: locate(item!, value[at]!) })) };
  }
  if (node.name !== 'DictionaryExpression' || !isConfigObject(value)) return whole;
  const pairs = groupsOf(node);
  const isPlain = pairs.length === value.entries.length && pairs.every(([, colon, ...rest]) => colon?.name === ':' && rest.length === 1);
  if (!isPlain) return whole;
  return { ...whole, parts: pairs.map(([key, , item], at): LocatedPart => ({ from: key!.from, value: locate(item!, value.entries[at]![1]) })) };
}

/** The groups of nodes between the commas within brackets. */
function groupsOf(node: SyntaxNode): readonly (readonly SyntaxNode[])[] {
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node).slice(1, -1)) {
    if (child.name === ',') groups.push([]);
    else groups.at(-1)!.push(child);
  }
  return groups.at(-1)!.length === 0 ? groups.slice(0, -1) : groups;
}

/** Writes as the list is written, else as the whole source. */
function pythonLanguage(list: string, source: string): LiteralLanguage {
  const count = (text: string, mark: string): number => text.split(mark).length - 1;
  const sample = count(list, '"') + count(list, "'") > 0 ? list : source;
  const quote = count(sample, '"') > count(sample, "'") ? '"' : "'";
  const step = /\n(\t| {2,8})\S/.exec(source)?.[1] ?? '    ';
  return {
    writeLine: (value, place) => writePythonLine(value, { ...place, quote }),
    writeBlock: (value, place, margin) =>
      writePythonBlock(value, { ...place, quote }, '').replaceAll(/\n((?: {4})*)/g, (_all, spaces: string) => `\n${margin}${step.repeat(spaces.length / 4)}`),
    writeKey: (key) => writePythonString(key, quote),
    skipComment: (text, at) => {
      if (text[at] !== '#') return at;
      const end = text.indexOf('\n', at);
      return end < 0 ? text.length : end;
    },
  };
}
