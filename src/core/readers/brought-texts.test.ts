import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { describeTree, frozenIn } from '../testing/describe-tree.ts';
import { linesOfText as lines, readText } from '../testing/read-text.ts';
import { readTree } from './read-tree.ts';

/** Texts as people bring them that opened wrong, or not at all. Names and sizes are made up. */

const linear = 'Linear(in_features=8, out_features=8, bias=True)';
const net = `Net(\n  (fc): ${linear}\n)`;
const fc = 'fc Linear weight[8,8] bias[8]';

function notesOf(text: string) {
  const tree = readText(text);
  if ('code' in tree) throw new Error(tree.code);
  return tree.notes.map(({ type }) => type);
}

const codeOf = (text: string) => {
  const read = readText(text);
  return 'code' in read ? [read.code, read.values] : read.size;
};

describe('T6a names of modules with the shapes of their outputs, as forward hooks print them', () => {
  const called = [' ?', 'body ?', 'body.0 ?', 'body.scale_act ?', 'fc ?'];
  test.each([
    ['a name with “scale” among the modules', 'body.0 (1, 16, 32, 32)\nbody.scale_act (1, 16, 1, 1)\nbody (1, 16, 32, 32)\nfc (1, 10)'],
    ['a module that is called twice', 'body.0: torch.Size([1, 16])\nbody.scale_act: torch.Size([1, 16])\nbody.scale_act: torch.Size([1, 16])\nbody: torch.Size([1, 16])\nfc: torch.Size([1, 10])'],
    ['names in brackets, inputs and outputs', '[body.0] in=(1, 3, 8, 8) out=(1, 16, 8, 8)\n[body.scale_act] in=(1, 16, 8, 8) out=(1, 16, 8, 8)\n[body] in=(1, 3, 8, 8) out=(1, 16, 8, 8)\n[fc] in=(1, 16) out=(1, 10)'],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual(called);
    expect(notesOf(text)).toContain('output-shapes');
  });

  test('with types, one module called twice', () => {
    expect(lines('a Conv2d (1, 8)\na.relu ReLU (1, 8)\na.relu ReLU (1, 8)\nfc Linear (1, 2)')).toEqual([' ?', 'a Conv2d', 'a.relu ReLU', 'fc Linear']);
  });

  test('T6a tensors of a checkpoint stay tensors', () => {
    expect(lines('a.weight (8, 8)\na.weight.absmax (16,)\na.weight.quant_map (16,)')[1]).toMatch(/^a \? weight/);
    expect(lines('ps.0 [3]\nps.1 [4]\nps.2 [5]')).toEqual([' ?', 'ps ? 0[3] 1[4] 2[5]']);
  });
});

describe('T6a lists in further forms', () => {
  const shaped = [' ?', 'a ?', 'a.fc ? weight[8,8] bias[8]'];
  test.each([
    ['the shape below each name', 'a.fc.weight\ntorch.Size([8, 8])\na.fc.bias\ntorch.Size([8])', shaped],
    ['both with labels', 'name: a.fc.weight\nshape: (8, 8)\n\nname: a.fc.bias\nshape: (8,)\n', shaped],
    ['few names below a heading', 'Params to learn:\n\t a.fc.weight\n\t a.fc.bias', [' ?', 'a ?', 'a.fc ? weight bias']],
    ['names of modules in capitals', '\nbert\nbert.emb\nbert.emb.word\nbert.emb.LayerNorm\nbert.emb.out.LayerNorm', [' ?', 'bert ?', 'bert.emb ?', 'bert.emb.word ?', 'bert.emb.LayerNorm ?', 'bert.emb.out ?', 'bert.emb.out.LayerNorm ?']],
    ['a word before each name', 'Training a.fc.weight\nFreezing a.fc.bias', [' ?', 'a ?', 'a.fc ? weight bias']],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  test('T6i the word Freezing freezes', () => {
    const tree = readText('Training a.fc.weight\nFreezing a.fc.bias');
    expect('code' in tree ? tree.code : frozenIn(tree)).toEqual(['a.fc.bias']);
  });
});

describe('T6a tables of Ultralytics', () => {
  const row = '  1                  -1  1      4672  ultralytics.nn.modules.conv.Conv             [16, 32, 3, 2]';
  test('a head that an editor joined with the first row loses no row', () => {
    const joined = `   from  n    params  module       arguments     0                  -1  1       464  ultralytics.nn.modules.conv.Conv   [3, 16, 3, 2]\n${row}`;
    expect(lines(joined)).toEqual([' ?', 'model Sequential', 'model.0 Conv', 'model.1 Conv']);
  });

  test('model.info(detailed=True) with types, and modules without parameters', () => {
    const table = `layer  name  type  gradient  parameters  shape  mu  sigma
    0  model.0.conv.weight  Conv2d  True  432  [16, 3, 3, 3]  -0.00755  0.118  float32
    1  model.0.bn.weight  BatchNorm2d  False  16  [16]  1  0  float32
    2  model.0.act  SiLU  False  0  []  -  -  -`;
    expect(lines(table).slice(-3)).toEqual(['model.0.conv Conv2d weight[16,3,3,3]', 'model.0.bn BatchNorm2d weight[16]', 'model.0.act SiLU']);
    const tree = readText(table);
    expect('code' in tree ? tree.code : frozenIn(tree)).toEqual(['model.0.bn.weight']);
  });
});

describe('T7 printed models inside of other values', () => {
  test.each([
    ['a field of JSON', JSON.stringify({ time: '10:00', model: net, epoch: 3 })],
    ['a value of a dict', `{'model': ${net}, 'lr': 0.1}`],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual([' Net', fc]);
    expect(notesOf(text)).toContain('print-in-value');
  });

  test('a zip file that holds one text', () => {
    const read = readTree({ name: 'model.zip', bytes: zipSync({ 'folder/print.txt': new TextEncoder().encode(net) }) });
    expect(read.ok ? describeTree(read.value) : read.error.code).toEqual([' Net', fc]);
  });

  test('the new side of a diff, with the number of removed lines', () => {
    const text = `--- a.txt\n+++ b.txt\n@@ -1,3 +1,3 @@\n Net(\n-  (fc): Linear(in_features=4, out_features=8, bias=True)\n+  (fc): ${linear}\n )`;
    expect(lines(text)).toEqual([' Net', fc]);
    expect(notesOf(text)).toContain('new-side-of-diff');
  });

  test('a parameter dictionary that a terminal broke keeps its name', () => {
    const text = 'Net(\n  (pd): ParameterDict(  (x): Parameter containing: [torch.FloatTensor of size 3x\n2])\n  (fc): Linear(in_features=2, out_features=2)\n)';
    expect(lines(text).map((line) => line.split(' ')[0])).toEqual(['', 'pd', 'fc']);
  });
});

describe('T28 a print says what it does not show', () => {
  test('a number that is left out in a Sequential', () => {
    const block = (numbers: readonly number[]) => `Net(\n  (body): Sequential(\n${numbers.map((number) => `    (${number}): ReLU()\n`).join('')}  )\n)`;
    expect(notesOf(block([0, 1, 3]))).toEqual(['numbers-skipped']);
    expect(notesOf(block([2, 3, 4]))).toEqual([]);
  });

  test('a module that prints itself without the modules inside', () => {
    expect(notesOf('Net(\n  (pool): SelectAdaptivePool2d(pool_type=avg, flatten=Flatten(start_dim=1, end_dim=-1))\n)')).toEqual(['hidden-modules']);
  });
});

describe('T14 texts that hold no model of torch are named', () => {
  test.each([
    ['Keras', 'Model: "sequential"\n____\n Layer (type)                Output Shape              Param #\n====\n conv2d (Conv2D)             (None, 26, 26, 32)        320\n dense (Dense)               (None, 10)                54090'],
    ['Flax', 'FrozenDict({\n    params: {\n        Dense_0: {\n            kernel: (784, 512),'],
    ['MindSpore', 'LeNet5<\n  (conv1): Conv2d<input_channels=1, output_channels=6>\n  >'],
    ['MXNet', 'HybridSequential(\n  (0): Conv2D(1 -> 20, kernel_size=(5, 5))\n  (1): Dense(None -> 10, linear)\n)'],
    ['TensorFlow', "<tf.Variable 'dense/kernel:0' shape=(5408, 10) dtype=float32>"],
    ['scikit-learn', "Pipeline(steps=[('scaler', StandardScaler()), ('svc', SVC(C=1.0))])"],
    ['GGUF', 'llama_model_loader: - tensor    0:  token_embd.weight f32      [    8,   100 ]'],
  ])('%s', (kind, text) => {
    expect(codeOf(text)).toEqual(['is-foreign', expect.objectContaining({ kind })]);
  });

  test.each([
    ['TorchScript', 'graph(%self.1 : __torch__.Small,\n      %x : Float(1, 3)):\n  %fc : __torch__.Linear = prim::GetAttr[name="fc"](%self.1)'],
    ['ONNX', 'graph main_graph (\n  %x[FLOAT, 1x3]\n) {\n  %1 = Conv(%x)\n}'],
  ])('a graph of %s', (_title, text) => {
    expect(codeOf(text)[0 as never]).toBe('is-graph-text');
  });

  test.each([
    ['a list of children', `[${linear}, Sequential(\n  (0): ReLU()\n  (1): ${linear}\n), ReLU()]`],
    ['types with shapes, as hooks print them', 'Conv2d: (1, 64, 32, 32)\nReLU: (1, 64, 32, 32)\nLinear: (1, 10)'],
  ])('modules without names: %s', (_title, text) => {
    expect(codeOf(text)[0 as never]).toBe('lines-without-names');
  });

  test('a list that begins with the model itself is that model', () => {
    expect(lines(`[Net(\n  (fc): ${linear}\n), ${linear}]`)).toEqual([' Net', fc]);
  });
});
