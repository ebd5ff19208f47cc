import type { PatternNode, Sequence, SetItem } from '../parse/ast.ts';
import { setItemKey } from '../parse/parser.ts';

/**
 * A sequence as Python's own parser leaves it: plain groups opened, the common beginning of all alternatives moved in
 * front of them, alternatives of one character merged to a set. None of it changes the matches, but the number of steps
 * and, for characters beyond the first 65,536 under the flag `i`, Python's way to compare them.
 */
export function normalise(sequence: Sequence): PatternNode[] {
  const nodes: PatternNode[] = [];
  for (const node of sequence) {
    if (isPlainGroup(node)) nodes.push(...normalise(node.body));
    else if (node.type === 'branch') nodes.push(...normaliseBranch(node));
    else nodes.push(node);
  }
  return nodes;
}

/** Whether a node is `(?:…)`. */
function isPlainGroup(node: PatternNode): node is Extract<PatternNode, { type: 'group' }> {
  return node.type === 'group' && node.group === null && node.added === 0 && node.removed === 0;
}

function normaliseBranch(node: Extract<PatternNode, { type: 'branch' }>): PatternNode[] {
  const branches = node.branches.map(normalise);
  const common: PatternNode[] = [];
  let shared = 0;
  for (;;) {
    const first = branches[0]?.[shared];
    if (!first || !branches.every((branch) => isSame(branch[shared], first))) break;
    common.push(first);
    shared++;
  }
  const rests = shared === 0 ? branches : branches.map((branch) => branch.slice(shared));
  const set = mergeToSet(rests);
  if (set) return [...common, { type: 'set', negated: false, items: set, from: node.from, to: node.to }];
  return [...common, { type: 'branch', branches: rests, from: node.from, to: node.to }];
}

/** Whether two nodes are equal as Python compares them; nodes with a body are never. */
function isSame(node: PatternNode | undefined, other: PatternNode): boolean {
  if (node === undefined) return false;
  switch (other.type) {
    case 'literal':
    case 'not-literal':
      return node.type === other.type && node.code === other.code;
    case 'any':
      return node.type === 'any';
    case 'at':
      return node.type === 'at' && node.at === other.at;
    case 'reference':
      return node.type === 'reference' && node.group === other.group;
    case 'set':
      return (
        node.type === 'set' &&
        node.negated === other.negated &&
        node.items.length === other.items.length &&
        node.items.every((item, i) => setItemKey(item) === setItemKey(other.items[i]!))
      );
    case 'repeat':
    case 'group':
    case 'atomic':
    case 'assert':
    case 'branch':
    case 'condition':
      return false;
  }
}

/** The characters of alternatives of one character each; `null` when some are longer. */
function mergeToSet(branches: readonly Sequence[]): SetItem[] | null {
  const items = new Map<string, SetItem>();
  for (const [node, ...rest] of branches) {
    if (!node || rest.length > 0) return null;
    if (node.type === 'literal') addItem(items, { type: 'literal', code: node.code });
    else if (node.type === 'set' && !node.negated) for (const item of node.items) addItem(items, item);
    else return null;
  }
  return [...items.values()];
}

function addItem(items: Map<string, SetItem>, item: SetItem): void {
  const key = setItemKey(item);
  if (!items.has(key)) items.set(key, item);
}
