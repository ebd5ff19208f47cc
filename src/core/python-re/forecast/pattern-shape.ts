import type { PatternNode, Sequence } from '../parse/ast.ts';

/**
 * The reason why a pattern can backtrack: a repeat inside a repeat, or three repeats in a row (`repeats`), or many places with a
 * limited choice (`choices`).
 */
export type BacktrackingShape = 'repeats' | 'choices';

/** The shape that makes a pattern backtrack; `calm` when it backtracks little. */
export function shapeOf(body: Sequence): BacktrackingShape | 'calm' {
  if (weigh(body, false, 0) >= 3) return 'repeats';
  return weigh(body, false, 1 / choicesForRepeat) >= 3 ? 'choices' : 'calm';
}

const muchRepeated = 8;
/** Choices of two (an optional part, two alternatives) that weigh as much as a part that repeats without bound. */
const choicesForRepeat = 3;

/** `choice`: the weight of a choice of two. */
function weigh(sequence: Sequence, inRepeat: boolean, choice: number): number {
  let weight = 0;
  for (const node of sequence) weight += weighNode(node, inRepeat, choice);
  return weight;
}

function weighNode(node: PatternNode, inRepeat: boolean, choice: number): number {
  switch (node.type) {
    case 'literal':
    case 'not-literal':
    case 'any':
    case 'set':
    case 'at':
      return 0;
    case 'reference':
      return 1;
    case 'repeat': {
      const isOpen = node.most > muchRepeated && node.most > node.least;
      if (inRepeat && node.most > node.least) return 3;
      const own = isOpen ? 1 : Math.log2(node.most - node.least + 1) * choice;
      return own + weighNode(node.item, inRepeat || node.most > 1, choice);
    }
    case 'group':
    case 'atomic':
    case 'assert':
      return weigh(node.body, inRepeat, choice);
    case 'branch': {
      const own = inRepeat ? 3 : Math.log2(node.branches.length) * choice;
      return own + weighBranches(node.branches, inRepeat, choice);
    }
    case 'condition':
      return weigh(node.yes, inRepeat, choice) + (node.no ? weigh(node.no, inRepeat, choice) : 0);
  }
}

/** Branches are tried one after the other: their steps add up, while the steps of parts in a row multiply. */
function weighBranches(branches: readonly Sequence[], inRepeat: boolean, choice: number): number {
  const weights = branches.map((branch) => weigh(branch, inRepeat, choice)).filter((weight) => weight > 0);
  const heaviest = weights.reduce((one, other) => Math.max(one, other), 0);
  return weights.length === 0 ? 0 : heaviest + Math.log2(weights.length) / 2;
}
