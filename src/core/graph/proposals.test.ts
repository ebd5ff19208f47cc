import { expect, test } from 'vitest';
import { moduleName } from '../module-tree/tree-index.ts';
import { graphVectorLines, readGraphModel } from '../testing/graph-vectors.ts';
import { proposeAlignments } from './alignment-proposals.ts';
import { findReusedParts, proposeFusions } from './fusion-proposals.ts';

interface ProposalRow {
  readonly model: string;
  readonly fuse: readonly (readonly string[])[];
  readonly align: Readonly<Record<string, string>>;
}

const rows = graphVectorLines('graph-proposals').map((line) => JSON.parse(line) as ProposalRow);

test.each(rows)('G16, G18: fusions and alignments of $model', ({ model, fuse, align }) => {
  const tree = readGraphModel(model);
  const name = (row: number): string => moduleName(tree, row);
  expect(proposeFusions(tree).map((chain) => chain.map(name))).toEqual(fuse);
  expect(Object.fromEntries([...proposeAlignments(tree)].map((pair) => pair.map(name)))).toEqual(align);
});

test('G17: the ReLU of a block of ResNet-18 runs twice, so that fusing it removes another one', () => {
  const tree = readGraphModel('resnet18');
  const rowOf = (wanted: string): number => {
    for (let row = 0; row < tree.size; row++) if (moduleName(tree, row) === wanted) return row;
    throw new Error(wanted);
  };
  const relu = rowOf('layer1.0.relu');
  expect(findReusedParts(tree, [rowOf('layer1.0.conv1'), rowOf('layer1.0.bn1'), relu])).toEqual([{ part: relu, calls: 2 }]);
  expect(findReusedParts(tree, [rowOf('conv1'), rowOf('bn1'), rowOf('relu')])).toEqual([]);
});
