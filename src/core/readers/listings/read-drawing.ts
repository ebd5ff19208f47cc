import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { isGap, isPromptOrRuler } from '../lines/line-kinds.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';
import type { TextSource } from '../lines/text-source.ts';
import type { NamedItem } from '../literals/named-items.ts';
import type { ReadError } from '../messages/read-error.ts';
import { splitPrintedText } from '../printed/print-lines.ts';
import { readNamedItems } from './read-named-items.ts';

/** A module in a drawing: how far it is indented, its name in its parent, its type. */
interface Node {
  readonly at: number;
  readonly indent: number;
  readonly label: string;
  readonly type: string | null;
}

/** Branches of a tree that is drawn with lines. */
const branch = /^((?:[│|┃]?\s)*)(?:[├└╰┣┗][─━]*|\|--+|`--+|\+--+|\\--+)\s*/u;
const typeText = String.raw`(?:<class '[^']+'>|(?:\w+\.)*_*\p{Lu}[\p{L}\p{N}_]*)`;
/** `conv1 (Conv2d)`, `conv1: Conv2d`, `(conv1): Conv2d(…)`, `conv1 - Conv2d`, with something behind it. */
const content = new RegExp(String.raw`^\(?([^\s():]+)\)?\s*(?::|->|=|-|\s|(?=\())\s*\(?(${typeText})\)?(?:$|[\s(,:\[].*$)`, 'u');
const outline = new RegExp(String.raw`^(\s*)\(?([^\s():.]+)\)?\s*(?::\s*|\s+\(|->\s*)(${typeText})\)?\s*$`, 'u');
const rootOnly = new RegExp(String.raw`^\s*(${typeText})(?:\(\))?:?\s*$`, 'u');
/** Names that people give the model itself when they draw it. */
const rootLabel = /^(?:model|root|net(?:work)?|self|module)$/i;
const longestLine = 1000;
const leastShare = 0.7;

/**
 * Reads a model that is drawn as a tree with branches: each line has the name of a module in its parent, and its type
 * (rules T6, T28). Null for other texts.
 */
export function readDrawing(source: TextSource): Result<ModuleTree, ReadError> | null {
  const lines = splitPrintedText(source.text);
  return treeOf(lines, branchesOf(lines), source);
}

/** The same for an outline, whose levels are indented. */
export function readOutline(source: TextSource): Result<ModuleTree, ReadError> | null {
  const lines = splitPrintedText(source.text);
  return treeOf(lines, outlineOf(lines), source);
}

function treeOf(lines: readonly string[], nodes: readonly Node[] | null, source: TextSource): Result<ModuleTree, ReadError> | null {
  if (nodes === null) return null;
  const account = createLineAccount(lines);
  for (const [at, line] of lines.entries()) {
    if (isGap(line.replace(branch, '').trim())) account.mark(at, 'gap');
    else if (isPromptOrRuler(line.trim())) account.mark(at, 'decoration');
  }
  const items: NamedItem[] = [];
  const path: { readonly indent: number; readonly name: string }[] = [];
  const top = rootOf(nodes);
  for (const node of nodes) {
    // Of several branches on one line only the first is read.
    account.mark(node.at, (lines[node.at]!.match(/[├└╰┣┗]/gu)?.length ?? 0) > 1 ? 'unread' : 'understood');
    while (path.length > 0 && path.at(-1)!.indent >= node.indent) path.pop();
    const parent = path.at(-1)?.name ?? '';
    const name = node === top ? '' : parent === '' ? node.label : `${parent}.${node.label}`;
    path.push({ indent: node.indent, name });
    items.push({ name, value: node.type });
  }
  account.restIsBeside(0, nodes[0]!.at);
  account.restIsBeside(nodes.at(-1)!.at, lines.length);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const tree = readNamedItems(items, source);
  return tree.ok ? succeed({ ...tree.value, notes: [...tree.value.notes, ...readingNotes(report)] }) : tree;
}

/** The node that is the model itself: one without a name, or the only one at the top if it is called so. */
function rootOf(nodes: readonly Node[]): Node | null {
  const first = nodes[0]!;
  const isAlone = nodes.every((node) => node === first || node.indent > first.indent);
  return isAlone && (first.label === '' || rootLabel.test(first.label)) ? first : null;
}

function branchesOf(lines: readonly string[]): readonly Node[] | null {
  const nodes: Node[] = [];
  let drawn = 0;
  for (const [at, line] of lines.entries()) {
    if (line.length > longestLine) continue;
    const start = branch.exec(line);
    if (start === null) {
      // The root is right above the first branch.
      const next = lines[at + 1];
      const root = nodes.length === 0 && next !== undefined && branch.test(next) ? rootOnly.exec(line) : null;
      if (root !== null) nodes.push({ at, indent: -1, label: '', type: root[1]! });
      continue;
    }
    drawn++;
    const parts = content.exec(line.slice(start[0].length));
    if (parts !== null) nodes.push({ at, indent: start[1]!.length, label: parts[1]!, type: parts[2]! });
  }
  return nodes.length >= 3 && nodes.length >= drawn * leastShare ? nodes : null;
}

/** Lines of an outline; at least one level must be indented, and every line but a few be a module. */
function outlineOf(lines: readonly string[]): readonly Node[] | null {
  const nodes: Node[] = [];
  let filled = 0;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || isPromptOrRuler(line.trim())) continue;
    filled++;
    const parts = line.length > longestLine ? null : outline.exec(line);
    if (parts !== null) nodes.push({ at, indent: parts[1]!.length, label: parts[2]!, type: parts[3]! });
  }
  const isNested = new Set(nodes.map(({ indent }) => indent)).size > 1;
  return nodes.length >= 3 && isNested && nodes.length >= filled * 0.9 ? nodes : null;
}
