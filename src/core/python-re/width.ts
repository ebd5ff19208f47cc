import type { PatternNode, Sequence } from './ast.ts';

/** How many characters a pattern matches at least and at most. */
export interface Width {
  readonly least: number;
  readonly most: number;
}

export const noWidth: Width = { least: 0, most: 0 };
export const oneCharacter: Width = { least: 1, most: 1 };

/** Larger widths count as this one, as in CPython. */
const widest = 2 ** 64;

/** Width of a sequence; `groupWidths` gives those of the groups that references name. */
export function widthOf(sequence: Sequence, groupWidths: readonly (Width | null)[]): Width {
  let least = 0;
  let most = 0;
  for (const node of sequence) {
    const width = widthOfNode(node, groupWidths);
    least += width.least;
    most += width.most;
  }
  return { least: Math.min(least, widest), most: Math.min(most, widest) };
}

function widthOfNode(node: PatternNode, groupWidths: readonly (Width | null)[]): Width {
  switch (node.type) {
    case 'literal':
    case 'not-literal':
    case 'any':
    case 'set':
      return oneCharacter;
    case 'at':
    case 'assert':
      return noWidth;
    case 'group':
    case 'atomic':
      return widthOf(node.body, groupWidths);
    case 'repeat': {
      const { least, most } = widthOf(node.body, groupWidths);
      return { least: least * node.least, most: most === 0 ? 0 : most * node.most };
    }
    case 'branch':
      return eitherOf(node.branches.map((branch) => widthOf(branch, groupWidths)));
    case 'reference':
      return groupWidths[node.group] ?? noWidth;
    case 'condition':
      return eitherOf([widthOf(node.yes, groupWidths), node.no === null ? noWidth : widthOf(node.no, groupWidths)]);
  }
}

function eitherOf(widths: readonly Width[]): Width {
  return {
    least: Math.min(...widths.map((width) => width.least)),
    most: Math.max(...widths.map((width) => width.most)),
  };
}
