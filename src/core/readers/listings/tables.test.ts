import { describe, expect, test } from 'vitest';
import { linesOfText as lines, readText as read } from '../../testing/read-text.ts';
import { describeNote } from '../messages/note-wording.ts';

/** The notes about a text, as sentences. */
function notes(text: string): readonly string[] {
  const tree = read(text);
  return 'code' in tree ? [tree.code] : tree.notes.map(describeNote);
}

const calls = 'A summary lists modules in the order of their calls, without modules that are not called or lie too deep.';

describe('T16a–b tables of profilers with the shapes that go in and out', () => {
  const tree = [' ?', 'stem Conv2d', 'body ?', 'body.0 ReLU', 'head Linear'];
  test.each([
    [
      'a description that begins with the type',
      '| Name   | Input shape | Output shape |   MACs | Params | Description        |\n|:------:|:-----------:|:------------:|:------:|:------:|:------------------:|\n' +
        '| stem   |   3x16x16   |    8x8x8     | 2.85 % | 0.04 % | Conv2d k=7 p=3 s=2 |\n| body.0 |    8x8x8    |    8x8x8     | 0.00 % | 0.00 % | ReLU               |\n' +
        '| head   |     512     |      4       | 0.08 % | 0.00 % | Linear             |\n| Total  |   3x16x16   |      4       | 1.82 G | 11.0 M | Net                |',
    ],
    ['a column of types', '| Layer | Type | Output Shape | Param # |\n|---|---|---|---|\n| stem | Conv2d | [1, 8, 8, 8] | 216 |\n| body.0 | ReLU | [1, 8, 8, 8] | 0 |\n| head | Linear | [1, 4] | 36 |\n| **Total** | | | 252 |'],
    ['sizes of inputs', 'module | input size | output size | operation\nstem | (1, 3, 16, 16) | (1, 8, 8, 8) | Conv2d(3, 8)\nbody.0 | (1, 8, 8, 8) | (1, 8, 8, 8) | ReLU\nhead | (1, 8) | (1, 4) | Linear(8, 4)'],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual(tree);
    expect(notes(text)).toContain(calls);
  });
  test('without types the rows are modules of unknown type, and their shapes those of no tensors', () => {
    const text = '| layer | output shape | params |\n|---|---|---|\n| stem | [1, 8, 8, 8] | 216 |\n| body.0 | [1, 8, 8, 8] | 0 |';
    expect(lines(text)).toEqual([' ?', 'stem ?', 'body ?', 'body.0 ?']);
  });
  test('shapes of parameters are those of tensors, and totals are no row', () => {
    const text = '| name | shape | params |\n|---|---|---|\n| stem.weight | [8, 3, 3, 3] | 216 |\n| stem.bias | [8] | 8 |\n| Total | | 224 |';
    expect(lines(text)).toEqual([' ?', 'stem ? weight[8,3,3,3] bias[8]']);
  });
});

const linear = 'Linear(in_features=8, out_features=8, bias=True)';
const printed = `Net(\n  (fc1): ${linear}\n  (fc2): ${linear}\n)`;
const summary = `${'-'.repeat(40)}\n        Layer (type)               Output Shape         Param #\n${'='.repeat(40)}\n            Linear-1         [-1, 8]           72\n            Linear-2         [-1, 8]           72\n${'='.repeat(40)}`;

describe('T16a a printed model beside a table', () => {
  test('of layers without names: the model is read', () => {
    expect(lines(`${printed}\n\nA summary:\n\n${summary}`)[0]).toBe(' Net');
    expect(lines(`${summary}\n${printed}`)).toHaveLength(3);
  });
  test('of results: the model is read', () => {
    expect(lines(`| Layers | Params |\n|---|---|\n| small | 2M |\n\n${printed}`)[0]).toBe(' Net');
  });
  test('that names more: the table is read', () => {
    const table = ['| Name | Type |', '|---|---|', ...['a', 'a.b', 'a.c', 'd'].map((name) => `| ${name} | Linear |`)].join('\n');
    expect(lines(`${table}\n${printed}`)[1]).toBe('a Linear');
  });
});

describe('T7f one line that is no model', () => {
  test.each([
    ['a size', 'Input shape: torch.Size([1])\ntorch.Size([256, 1, 28, 28])'],
    ['a transform of a data set', 'Dataset CIFAR10\n    Split: Train\nTransform: Compose(\n               ToTensor()\n           )'],
    ['transforms', 'Compose(\n    Resize(size=256)\n    ToTensor()\n)'],
  ])('%s', (_title, text) => {
    expect(read(text)).toMatchObject({ code: 'not-recognised' });
  });
  test('one layer among other output is', () => {
    expect(lines(`GPU available: True\n${linear}\n`)).toEqual([' Linear weight[8,8] bias[8]']);
    expect(lines(`    ${linear}\n`)).toEqual([' Linear weight[8,8] bias[8]']);
  });
});

describe('T7d the outputs of a notebook', () => {
  const notebook = (...outputs: readonly string[]) =>
    JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', source: 'x', outputs: outputs.map((text) => ({ output_type: 'stream', text: [text] })) }] });
  const lightning = 'GPU available: True\n\n  | Name  | Type   | Params\n---------------------------------\n0 | model | Net    | 6.0 K \n1 | acc   | Metric | 0     \n---------------------------------\n6.0 K     Trainable params\n';
  test.each([
    ['a table beside sizes', notebook('torch.Size([256, 1, 28, 28])\n', lightning), [' ?', 'model Net', 'acc Metric']],
    ['a table beside one layer', notebook(`${linear}\n`, lightning), [' ?', 'model Net', 'acc Metric']],
    ['a loop over parameters', notebook('fc.weight torch.Size([8, 8])\nfc.bias torch.Size([8])\n'), [' ?', 'fc ? weight[8,8] bias[8]']],
    ['a printed model beside a table', notebook(summary, `${printed}\n`), [' Net', 'fc1 Linear weight[8,8] bias[8]', 'fc2 Linear weight[8,8] bias[8]']],
    ['one layer', notebook('epoch 1\n', `${linear}\n`), [' Linear weight[8,8] bias[8]']],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
  test('a table without names is refused with the call that gives them', () => {
    expect(read(notebook(summary))).toMatchObject({ code: 'table-without-names' });
    expect(read(notebook('loss 0.1\n'))).toMatchObject({ code: 'is-notebook' });
  });
});
