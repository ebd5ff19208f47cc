import { expect, test } from 'vitest';
import { drawFlow } from '../core/graph/picture/draw-flow.ts';
import { createNameLookup } from '../core/module-tree/tree-index.ts';
import { readGraphModel } from '../core/testing/graph-vectors.ts';
import { answerFlow } from './answer-flow.ts';
import { layOutFlow, type PlacedFlow } from './lay-out-flow.ts';

function placed(model: string, name: string): Extract<PlacedFlow, { type: 'picture' }> {
  const tree = readGraphModel(model);
  const found = layOutFlow(tree, drawFlow(tree, { module: createNameLookup(tree).rowOf(name), frame: null, opened: [], folded: [] }));
  if (found.type !== 'picture') throw new Error(found.type);
  return found;
}

test.each([['resnet50', 'layer1.0.conv2'], ['mobilenet_v2', 'features.2.conv.1.0'], ['swin_t', 'features.1.0.attn'], ['densenet121', 'features.denseblock1']])(
  'G26a: no box of %s around %s covers another, and the data runs down',
  (model, name) => {
    const { boxes, edges, width, height } = placed(model, name);
    for (const [at, a] of boxes.entries()) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
      for (const b of boxes.slice(at + 1)) {
        const isApart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect([a.title, b.title, isApart]).toEqual([a.title, b.title, true]);
      }
    }
    const placeOf = new Map(boxes.map((box) => [box.id, box.y]));
    expect(edges.every(({ from, to }) => placeOf.get(from)! < placeOf.get(to)!)).toBe(true);
  },
);

test('G26a: an inception block fits into the side panel: names and types of its boxes stand in more lines', () => {
  const { width, boxes } = placed('googlenet', 'inception3a');
  // 356 pixels at the least scale that the panel takes by itself.
  expect(width * 0.72).toBeLessThan(356);
  expect(boxes.map(({ title }) => title.join(''))).toContain('branch2.0.conv');
});

test('G26a: boxes name what is inside of the frame shortly, and a shape where it changes', () => {
  const { boxes } = placed('resnet18', 'layer2.0.conv1');
  expect(boxes.map(({ title, note }) => `${title.join(' / ')} | ${note.join(' / ')}`)).toEqual([
    'layer1 | Sequential · 14 steps / 64×16×16', 'conv1 | Conv2d · 128×8×8', 'bn1 | BatchNorm2d', 'relu | ReLU · call 1', 'conv2 | Conv2d',
    'bn2 | BatchNorm2d', 'downsample.0 | Conv2d · 128×8×8', 'downsample.1 | BatchNorm2d', 'add | ', 'relu | ReLU · call 2', 'layer2.1 | BasicBlock · 7 steps',
  ]);
});

test('G25a, G26a: the set of the chosen module comes with the picture', () => {
  const tree = readGraphModel('resnet18');
  const { rowOf } = createNameLookup(tree);
  const { sets } = answerFlow(tree, { module: rowOf('layer2.1.conv2'), frame: null, opened: [], folded: [] });
  expect(sets.chosen?.modules).toEqual(['layer2.0.conv2', 'layer2.0.downsample.0', 'layer2.1.conv2'].map(rowOf));
  expect([...sets.indexOf]).toEqual([[rowOf('layer2.1.conv2'), 1]]);
  expect(answerFlow(tree, { module: rowOf('layer2.1.conv1'), frame: null, opened: [], folded: [] }).sets.chosen).toBeNull();
});
