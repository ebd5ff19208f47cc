import { describe, expect, test } from 'vitest';
import { frozenIn } from '../testing/describe-tree.ts';
import { linesOfText as lines, readText } from '../testing/read-text.ts';

/** More of each kind that `field-texts.test.ts` begins: names and sizes are made up, the form is as people paste it. */

const linear = 'Linear(in_features=8, out_features=8, bias=True)';
const fc = 'fc Linear weight[8,8] bias[8]';

describe('T7a the forward of a GraphModule', () => {
  test.each([
    ['with a class above it', `GraphModule(\n  (fc): ${linear}\n)\n\n\n\ndef forward(self, x : torch.Tensor) -> torch.Tensor:\n    fc = self.fc(x);  x = None\n    relu = torch.nn.functional.relu(fc, inplace = False);  fc = None\n    return relu`, [' GraphModule', fc]],
    ['with a graph printed below', `Net(\n  (fc): ${linear}\n)\ngraph():\n    %x : [num_users=1] = placeholder[target=x]\n    %fc : [num_users=1] = call_module[target=fc](args = (%x,), kwargs = {})\n    return fc`, [' Net', fc]],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

describe('T6a modules that a loop prints', () => {
  const types = [' Net', 'body Sequential', 'body.0 Conv2d', 'body.1 ReLU'];
  test.each([
    ['classes behind an arrow', "'' -> <class 'my.Net'>\n'body' -> <class 'torch.nn.modules.container.Sequential'>\n'body.0' -> <class 'torch.nn.modules.conv.Conv2d'>\n'body.1' -> <class 'torch.nn.modules.activation.ReLU'>", types],
    ['classes behind a bar', " | <class 'my.Net'>\nbody | <class 'torch.nn.modules.container.Sequential'>\nbody.0 | <class 'torch.nn.modules.conv.Conv2d'>\nbody.1 | <class 'torch.nn.modules.activation.ReLU'>", types],
    ['pairs, as the documentation shows them', `0 -> ('', Net(\n  (body): Sequential(\n    (0): ${linear}\n    (1): ReLU()\n  )\n))\n1 -> ('body', Sequential(\n  (0): ${linear}\n  (1): ReLU()\n))\n2 -> ('body.0', ${linear})\n3 -> ('body.1', ReLU())`, [' Net', 'body Sequential', 'body.0 Linear weight[8,8] bias[8]', 'body.1 ReLU']],
    ['names and modules with a space', ` Net(\n  (fc): ${linear}\n)\nfc ${linear}`, [' Net', fc]],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

describe('T6a parameters that a loop prints', () => {
  const shaped = [' ?', 'a ?', 'a.fc ? weight[8,8] bias[8]'];
  const named = [' ?', 'a ?', 'a.fc ? weight bias'];
  test.each([
    ['shape, number format and requires_grad', 'a.fc.weight torch.Size([8, 8]) torch.float32 True\na.fc.bias torch.Size([8]) torch.float32 False', shaped],
    ['requires_grad behind a tab', 'a.fc.weight\tTrue\na.fc.bias\tFalse', named],
    ['trainable or frozen', 'a.fc.weight: trainable\na.fc.bias: frozen', named],
    ['number formats in parentheses', 'a.fc.weight (torch.float32)\na.fc.bias (torch.float16)', named],
    ['counts in columns, with a sum', 'a.fc.weight            64\na.fc.bias               8\nTotal params: 72', named],
    ['counts with units', 'a.fc.weight 2.36M\na.fc.bias 0.77K', named],
    ['numbers with a colon', '0: a.fc.weight, torch.Size([8, 8])\n1: a.fc.bias, torch.Size([8])', shaped],
    ['an initialisation from a checkpoint, in a log', '2023-05-01 10:00:00,001 - mmcls - INFO - \na.fc.weight - torch.Size([8, 8]): \nPretrainedInit: load from checkpoint.pth \n \n2023-05-01 10:00:00,002 - mmcls - INFO - \na.fc.bias - torch.Size([8]): \nPretrainedInit: load from checkpoint.pth ', shaped],
    ['an initialisation by torch', 'a.fc.weight - torch.Size([8, 8]): \nXavierInit: gain=1, distribution=uniform, bias=0 \n\na.fc.bias - torch.Size([8]): \nXavierInit: gain=1, distribution=uniform, bias=0 ', shaped],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

describe('T6i parameters that do not train', () => {
  test.each([
    ['requires_grad next to the name', 'a.fc.weight True\na.fc.bias False', ['a.fc.bias'], 1],
    ['a word', 'a.fc.weight: frozen\na.fc.bias: trainable', ['a.fc.weight'], 1],
    ['behind shape and format', 'a.fc.weight torch.Size([8, 8]) torch.float32 False\na.fc.bias torch.Size([8]) torch.float32 False', ['a.fc.weight', 'a.fc.bias'], 2],
    ['by its name, among other flags', 'a.fc.weight is True requires_grad=False\na.fc.bias is False requires_grad=True', ['a.fc.weight'], 1],
    ['flags of something else', 'a.fc.weight grad=False\na.fc.bias grad=False', [], 0],
    ['averages, which are no parameters', 'a.bn.weight False\na.bn.running_mean False', ['a.bn.weight'], 1],
    ['the column of a table', 'layer  name  gradient   parameters  shape  mu  sigma\n    0  a.fc.weight  False  64  [8, 8]  -0.00279  0.152\n    1  a.fc.bias  True  8  [8]  2.97  1.86', ['a.fc.weight'], 1],
    ['the column of a table with bars', '| name | shape | requires_grad |\n|---|---|---|\n| a.fc.weight | [8, 8] | False |\n| a.fc.bias | [8] | True |', ['a.fc.weight'], 0],
    ['JSON with requires_grad', '{"a.fc.weight": {"shape": [8, 8], "requires_grad": false}, "a.fc.bias": {"shape": [8], "requires_grad": true}}', ['a.fc.weight'], 0],
  ])('%s', (_title, text, frozen, noted) => {
    const tree = readText(text);
    if ('code' in tree) throw new Error(tree.code);
    expect(frozenIn(tree)).toEqual(frozen);
    expect(tree.notes.flatMap((note) => (note.type === 'frozen-in-list' ? note.count : []))).toEqual(noted === 0 ? [] : [noted]);
  });
});

describe('T6a tables', () => {
  test.each([
    ['Ultralytics in detail, of an older version', 'layer                                     name  gradient   parameters                shape         mu      sigma\n    0                      model.0.conv.weight      True          216         [8, 3, 3, 3]   -0.00279      0.152\n    1                        model.0.bn.weight      True            8                  [8]       2.97       1.86', [' ?', 'model ?', 'model.0 ?', 'model.0.conv ? weight[8,3,3,3]', 'model.0.bn ? weight[8]']],
    ['Ultralytics in detail, with log lines around it', 'Ultralytics 8.1 Python-3.10 torch-2.1 CUDA:0\nlayer  name  gradient   parameters  shape  mu  sigma\n    0  model.0.conv.weight  False  216  [8, 3, 3, 3]  -0.00279  0.152 torch.float32\n    1  model.0.bn.weight  False  8  [8]  2.97  1.86 torch.float32\nModel summary: 2 layers, 224 parameters', [' ?', 'model ?', 'model.0 ?', 'model.0.conv ? weight[8,3,3,3]', 'model.0.bn ? weight[8]']],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

describe('T14 a log with a dictionary is no JSON', () => {
  test.each([
    "2024-02-10 17:02:26 INFO groups {'conv1': 1}",
    "[INFO] masks: {'a': 0.5, 'b': 0.5}",
    "[02/10 17:02:26 d2.utils]: {'lr': 0.1}",
  ])('%s', (text) => {
    expect(lines(text)[0]).toContain('"code":"not-recognised"');
  });
});
