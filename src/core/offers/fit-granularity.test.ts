import { describe, expect, it } from 'vitest';
import { readAlgorithm } from '../algorithms/algorithm.ts';
import { readSample } from '../testing/nni-vectors.ts';
import { fitGranularity } from './fit-granularity.ts';

const tree = readSample('conv_bn_relu');
const spec = tree.specs.find(({ type }) => type === 'Conv2d')!;

describe('pieces of a granularity', () => {
  it.each([
    ['L1NormPruner', 'default', 16],
    ['LevelPruner', 'default', 432],
    ['LevelPruner', 'out_channel', 16],
    ['QATQuantizer', 'default', 1],
    ['QATQuantizer', 'out_channel', 16],
  ])('A-P2, R6: %s takes %s of a 16 × 3 × 3 × 3 weight for %i pieces', (name, granularity, pieces) => {
    const algorithm = readAlgorithm(name)!;
    const fits = fitGranularity(granularity, algorithm.mode, ['weight'], [{ spec, count: 1, firstModule: 1 }], algorithm);
    expect(fits.map((fit) => fit.pieces)).toEqual([pieces]);
  });
});
