import type { PatternNode, Sequence } from './ast.ts';

/** How many characters a pattern matches at least and at most. */
export interface Width {
  readonly least: number;
  readonly most: number;
}

const noWidth: Width = { least: 0, most: 0 };
const oneCharacter: Width = { least: 1, most: 1 };

/** Width of a sequence in Python 3.`minor`; `groupWidths` returns the widths of referenced groups. */
export function widthOf(sequence: Sequence, groupWidths: readonly (Width | null)[], minor: number): Width {
  let least = 0;
  let most = 0;
  for (const node of sequence) {
    const width = widthOfNode(node, groupWidths, minor);
    least += width.least;
    most += width.most;
  }
  // Before 3.11 widths ended at the largest count of a repeat, and the least one short of it.
  if (minor < 11) return { least: Math.min(least, 2 ** 32 - 2), most: Math.min(most, 2 ** 32 - 1) };
  return { least: Math.min(least, 2 ** 64), most: Math.min(most, 2 ** 64) };
}

function widthOfNode(node: PatternNode, groupWidths: readonly (Width | null)[], minor: number): Width {
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
      return widthOf(node.body, groupWidths, minor);
    case 'repeat': {
      const { least, most } = widthOf([node.item], groupWidths, minor);
      return { least: least * node.least, most: most === 0 ? 0 : most * node.most };
    }
    case 'branch':
      return eitherOf(node.branches.map((branch) => widthOf(branch, groupWidths, minor)));
    case 'reference':
      return groupWidths[node.group] ?? noWidth;
    case 'condition':
      return eitherOf([
        widthOf(node.yes, groupWidths, minor),
        node.no === null ? noWidth : widthOf(node.no, groupWidths, minor),
      ]);
  }
}

function eitherOf(widths: readonly Width[]): Width {
  let least = Infinity;
  let most = 0;
  for (const width of widths) {
    least = Math.min(least, width.least);
    most = Math.max(most, width.most);
  }
  return { least, most };
}
