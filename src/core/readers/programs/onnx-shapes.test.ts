import { expect, test } from 'vitest';
import type { OnnxAttribute, OnnxNode } from './onnx-messages.ts';
import { computeNumbers, inferShapes, type OnnxKnowledge } from './onnx-shapes.ts';

function node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, OnnxAttribute>> = {}): OnnxNode {
  return { op, name: op, inputs, outputs: ['out'], attributes: new Map(Object.entries(attributes)), metadata: new Map() };
}

const shapes: Readonly<Record<string, readonly number[]>> = { image: [1, 3, 7, 7], weight: [8, 3, 3, 3], wide: [4, 1, 6], left: [5, 2], right: [5, 3] };
const numbers: Readonly<Record<string, readonly number[]>> = { zero: [0], one: [1], two: [2], three: [3], backwards: [-1], sizes: [4, 5, 6] };
const known: OnnxKnowledge = {
  shapeOf: (name = '') => shapes[name] ?? null,
  numbersOf: (name = '') => numbers[name] ?? null,
  scalesOf: () => null,
};

test.each<readonly [string, OnnxNode, readonly number[] | null | undefined]>([
  ['padding of "same"', node('Conv', ['image', 'weight'], { auto_pad: 'SAME_UPPER' }), [1, 8, 7, 7]],
  ['padding of "same" with a stride', node('Conv', ['image', 'weight'], { auto_pad: 'SAME_UPPER', strides: [2, 2] }), [1, 8, 4, 4]],
  ['padding of "valid"', node('Conv', ['image', 'weight'], { auto_pad: 'VALID' }), [1, 8, 5, 5]],
  ['a pool that rounds up', node('MaxPool', ['image'], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }), [1, 3, 4, 4]],
  ['a pool whose last window would start past the input', node('MaxPool', ['image'], { kernel_shape: [1, 1], strides: [4, 4], ceil_mode: 1 }), [1, 3, 2, 2]],
  ['a first matrix that is exchanged', node('Gemm', ['left', 'right'], { transA: 1 }), [2, 3]],
  ['axes that are left out', node('Squeeze', ['wide']), [4, 6]],
  ['axes that are not known: Squeeze', node('Squeeze', ['wide', 'open']), undefined],
  ['axes that are not known: ReduceSum', node('ReduceSum', ['wide', 'open']), undefined],
  ['axes of an input', node('ReduceMean', ['wide', 'two'], { keepdims: 0 }), [4, 1]],
  ['axes of an attribute', node('ReduceMean', ['wide'], { axes: [-1] }), [4, 1, 1]],
  ['a slice', node('Slice', ['wide', 'one', 'three', 'two']), [4, 1, 2]],
  ['a slice of axes that are not known', node('Slice', ['wide', 'one', 'three', 'open']), undefined],
  ['a slice of steps that are not known', node('Slice', ['wide', 'one', 'three', 'two', 'open']), undefined],
])('T15b: the shape of %s', (_title, given, expected) => {
  expect(inferShapes(given, known)[0]).toEqual(expected);
});

test.each<readonly [string, OnnxNode, readonly number[] | null]>([
  ['all sizes', node('Shape', ['image']), [1, 3, 7, 7]],
  ['one size', node('Shape', ['image'], { start: 1, end: 2 }), [3]],
  ['the last sizes', node('Shape', ['image'], { start: -2 }), [7, 7]],
  ['a part of numbers', node('Slice', ['sizes', 'zero', 'two', 'zero']), [4, 5]],
  ['numbers in steps of one', node('Slice', ['sizes', 'one', 'three', 'zero', 'one']), [5, 6]],
  ['numbers in other steps', node('Slice', ['sizes', 'two', 'zero', 'zero', 'backwards']), null],
])('T15b: %s as numbers', (_title, given, expected) => {
  expect(computeNumbers(given, known)).toEqual(expected);
});
