import { describe, expect, test } from 'vitest';
import type { ReadingReport } from '../module-tree/reading-report.ts';
import { describeTree } from '../testing/describe-tree.ts';
import { linesOfText as lines, readText as read } from '../testing/read-text.ts';
import { describeReading, summariseReading } from './messages/reading-wording.ts';
import { describeNote } from './messages/note-wording.ts';

/** Reduced texts as people bring them: names and sizes are made up, the form is as found. */

function reportOf(text: string): ReadingReport | null {
  const result = read(text);
  if ('code' in result) throw new Error(JSON.stringify(result));
  const note = result.notes.find(({ type }) => type === 'reading');
  return note?.type === 'reading' ? note.report : null;
}

function sentences(text: string): readonly string[] {
  const report = reportOf(text);
  return report === null ? [] : describeReading(report);
}

const fc = 'fc Linear weight[8,8] bias[8]';
const linear = 'Linear(in_features=8, out_features=8, bias=True)';

const remarks = (open: string, close: string, end: string) =>
  `Net(\n  (stages): ModuleList(\n    (0-1): 2 x Stage(${open}\n      (fc): ${linear}\n      (act): ReLU()\n    )\n  )\n` +
  `  (body): Sequential(${close}\n    (fc): ${linear}\n  )${end}\n  (head): ${linear}${end}\n)`;
const remarkedTree = [
  ' Net', 'stages ModuleList', 'stages.0 Stage', `stages.0.${fc}`, 'stages.0.act ReLU', 'stages.1 Stage', `stages.1.${fc}`,
  'stages.1.act ReLU', 'body Sequential', `body.${fc}`, 'head Linear weight[8,8] bias[8]',
];

describe('T28b remarks behind parentheses are left aside', () => {
  test.each([
    ['comments and arrows', remarks('  # <- these may be pruned', '    <-- leave this alone', '  # last layer'), 'lines 3, 8, 10, 11'],
    ['another script', remarks('  这些可以剪枝', ' ← оставить', ' → конец'), 'lines 3, 8, 10, 11'],
    ['with parentheses of their own', remarks(' // was (see (a): Block(1))', '# keep (!)', '  (the end)'), 'lines 3, 8, 10, 11'],
  ])('%s', (_title, text, places) => {
    expect(lines(text)).toEqual(remarkedTree);
    expect(sentences(text)).toEqual([`Remarks are left aside (${places}).`]);
  });
  test('behind the head of the model, and on lines of their own', () => {
    const text = `Net(   # mine\n  # the body\n  (fc): ${linear}\n)`;
    expect(lines(text)).toEqual([' Net', fc]);
    expect(sentences(text)).toEqual(['Remarks are left aside (lines 1, 2).']);
  });
});

describe('T28b parentheses decide, wherever children stand', () => {
  const tree = [' Net', 'a Stage', `a.${fc}`, 'a.act ReLU', 'b Linear weight[8,8] bias[8]'];
  test.each([
    ['one too deep', `Net(\n  (a): Stage(\n      (fc): ${linear}\n    (act): ReLU()\n  )\n  (b): ${linear}\n)`],
    ['one too shallow', `Net(\n  (a): Stage(\n    (fc): ${linear}\n (act): ReLU()\n  )\n  (b): ${linear}\n)`],
    ['the closing parenthesis too deep', `Net(\n  (a): Stage(\n    (fc): ${linear}\n    (act): ReLU()\n     )\n  (b): ${linear}\n)`],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual(tree);
    expect(sentences(text)).toEqual([]);
  });
});

describe('T28b parts that are left out', () => {
  const elided = (gap: string) =>
    `Net(\n  (stem): ${linear}\n  (stage1): Sequential(\n    (0): ${linear}\n    ${gap}\n  )\n  ${gap}\n  (head): ${linear}\n)`;
  const tree = [
    ' Net', 'stem Linear weight[8,8] bias[8]', 'stage1 Sequential', 'stage1.0 Linear weight[8,8] bias[8]',
    'head Linear weight[8,8] bias[8]',
  ];
  test.each(['...', '… 3 more layers omitted', '# (12 lines skipped)'])('by a person: %s', (gap) => {
    expect(lines(elided(gap))).toEqual(tree);
    expect(sentences(elided(gap))).toEqual(['Parts of the model are left out in the text (lines 5, 7).']);
  });
  test('an editor that cuts the middle: what closes is cut, too', () => {
    const text = `Net(\n  (a): Stage(\n    (b): Block(\n      (fc): ${linear}\n...\n  )\n  (head): ${linear}\n)\nOutput is truncated. View as a scrollable element`;
    expect(lines(text)).toEqual([' Net', 'a Stage', 'a.b Block', `a.b.${fc}`, 'head Linear weight[8,8] bias[8]']);
  });
  test('what follows a gap without its parent is not understood', () => {
    const text = `Net(\n  (a): ${linear}\n...\n      (fc): ${linear}\n  (head): ${linear}\n)`;
    expect(lines(text)).toEqual([' Net', 'a Linear weight[8,8] bias[8]', 'head Linear weight[8,8] bias[8]']);
    expect(sentences(text)[0]).toBe(`1 line inside the model is not understood (line 4): “(fc): ${linear}”.`);
  });
  test('right behind the head: only what stands at the depth of a child is one', () => {
    const text = `Net(\n...\n      (fc): ${linear}\n    )\n  )\n  (head): ${linear}\n)`;
    expect(lines(text)).toEqual([' Net', 'head Linear weight[8,8] bias[8]']);
    expect(sentences(text)[0]).toBe(`1 line inside the model is not understood (line 3): “(fc): ${linear}”.`);
  });
  test('the ends of two blocks, and the head of a third', () => {
    const text = `Net(\n  (a): Stage(\n    (b): Block(\n      (fc): ${linear}\n...\n      (fc): ${linear}\n    )\n    (act): ReLU()\n  )\n  (head): ${linear}\n)`;
    expect(lines(text)).toEqual([' Net', 'a Stage', 'a.b Block', `a.b.${fc}`, 'a.act ReLU', 'head Linear weight[8,8] bias[8]']);
    expect(sentences(text)[0]).toBe(`2 lines inside the model are not understood (lines 6, 7): “(fc): ${linear}”, “)”.`);
    const ends = `Net(\n  (a): Stage(\n    (b): Block(\n      (fc): ${linear}\n...\n  (head): ${linear}\n  (c): Stage(\n    (fc): ${linear}\n  )\n)`;
    expect(lines(ends)).toEqual([' Net', 'a Stage', 'a.b Block', `a.b.${fc}`, 'head Linear weight[8,8] bias[8]', 'c Stage', `c.${fc}`]);
    const heads = `Net(\n  (a): Stage(\n    (fc): ${linear}\n...\n      (fc): ${linear}\n    )\n    (act): ReLU()\n  )\n)`;
    expect(lines(heads)).toEqual([' Net', 'a Stage', `a.${fc}`, 'a.act ReLU']);
  });
  test('the contents of a module', () => {
    expect(lines(`Net(\n  (a): Block(...)\n  (fc): ${linear}\n)`)).toEqual([' Net', 'a Block', fc]);
  });
  test('T28c a text from the middle says that names lack a prefix', () => {
    const text = `  (layer1): Sequential(\n    (0): ${linear}\n  )\n  (fc): ${linear}\n)`;
    expect(lines(text)).toEqual([' ?', 'layer1 Sequential', 'layer1.0 Linear weight[8,8] bias[8]', fc]);
    expect(sentences(text)).toEqual(['The text begins inside a model: all names lack the prefix of the part before it.']);
  });
});

test('T7b tensors that a library prints as children are no modules', () => {
  const text = `Net(\n  (stem): Stem(\n    (cls_token): tensor((1, 1, 8), requires_grad=True)\n    (fc): ${linear}\n    (pos_embed): tensor((1, 4, 8), requires_grad=False)\n  )\n)`;
  expect(lines(text)).toEqual([' Net', 'stem Stem', `stem.${fc}`]);
  expect(sentences(text)).toEqual([]);
});

test('T7a a line that a terminal broke goes on at the left edge of the next, with its space or without', () => {
  const text = `Net(\n  (a): Stage(\n    (fc): Linear(in_features=8, out_features=8,\n bias=True)\n    (act): Dropout(p=0.1, inpl\nace=False)\n  )\n)`;
  expect(lines(text)).toEqual([' Net', 'a Stage', `a.${fc}`, 'a.act Dropout']);
});

test('T28a what may make the tree wrong is said in a few words, and nothing else is', () => {
  const summary = (text: string) => {
    const report = reportOf(text);
    return report && summariseReading(report);
  };
  expect(summary(`Net(\n  (a): ${linear}\nDownloading\n  ...\n  (b): ${linear}\n)`)).toBe('1 line not understood (line 3), parts left out (line 4).');
  expect(summary(`  (a): ${linear}\n  (b): ${linear}\n)`)).toBe('The text begins inside a model, so names lack their prefix.');
  expect(summary(`Hello\nNet(\n  (a): ${linear}  # keep\n)`)).toBeNull();
});

test('T28d more than a few lines that are not understood are a question with the lines', () => {
  const noise = ['Downloading', 'Epoch one', 'loss is high', 'done now'];
  const text = (some: readonly string[]) => [`Net(`, `  (a): ${linear}`, ...some, `  (fc): ${linear}`, ')'].join('\n');
  expect(sentences(text(noise.slice(0, 1)))).toEqual(['1 line inside the model is not understood (line 3): “Downloading”.']);
  expect(read(text(noise))).toEqual({
    code: 'lines-not-understood',
    values: { file: 'text.txt', count: 4, limit: 3, shown: '3: Downloading\n4: Epoch one\n5: loss is high\n6: done now' },
  });
  expect(read(text(noise), { limits: { maxUnreadLines: 10 } })).toMatchObject({ size: 3 });
});

describe('T28c counts of profilers', () => {
  const tree = [
    ' Net', 'conv Conv2d weight[8,3,3,3] bias=None',
    'bn BatchNorm2d weight[8] bias[8] running_mean[8] running_var[8] num_batches_tracked[]', 'act PReLU weight[1]',
  ];
  const text = (counts: (n: number) => string) =>
    `Net(\n  ${counts(744)},\n  (conv): Conv2d(${counts(216)}, 3, 8, kernel_size=(3, 3), stride=(1, 1), bias=False)\n` +
    `  (bn): BatchNorm2d(${counts(16)}, 8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)\n  (act): PReLU(${counts(1)}, num_parameters=1)\n)`;
  test.each([
    ['ptflops', (n: number) => `${n}, 29.0% Params, 0.1 MMac, 90.0% MACs`],
    ['ptflops, with units', (n: number) => `${n / 1000} k, 29.0% Params, 0.1 GMac, 90.0% MACs`],
    ['DeepSpeed', (n: number) => `${n} = 0.5% Params, 1.2 MMACs = 2% MACs, 2.4 MFLOPs = 2% FLOPs, 1.2 ms = 1% latency, 3.2 TFLOPS`],
  ])('%s', (_title, counts) => {
    expect(lines(text(counts))).toEqual(tree);
  });
  test('fvcore, on lines of their own', () => {
    const printed = 'Net(\n  #params: 0.7K, #flops: 1M\n  (conv): Conv2d(\n    3, 8, kernel_size=(3, 3), stride=(1, 1), bias=False\n    #params: 216, #flops: 1M\n  )\n)';
    expect(lines(printed)).toEqual([' Net', 'conv Conv2d weight[8,3,3,3] bias=None']);
  });
});

describe('T1b T7a a printed model is found whatever stands beside it', () => {
  const model = `Net(\n  (fc): ${linear}\n)`;
  test.each([
    ['code before it', `import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 8)\n\nprint(Net())\n\n${model}`],
    ['a docstring around it', `"""The model.\n\n${model}\n"""\nimport torch\n`],
    ['the forward of a GraphModule behind it', `${model}\n\n\n\ndef forward(self, x):\n    fc = self.fc(x);  x = None\n    return fc\n    \n# To see more debug info, please use \`graph_module.print_readable()\``],
    ['a traceback', `Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    run(model)\nRuntimeError: bad\n${model}`],
    ['markdown', `# My model\n\nSome words (of mine):\n\n\`\`\`\n${model}\n\`\`\`\n\n- a list`],
    ['the idiom of the documentation', `0 -> ('', ${model})\n1 -> ('fc', ${linear})`],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual([' Net', fc]);
  });
  test('only where there is none is it source, or a config list', () => {
    expect(read('import torch\n\nmodel = Net()\nTrainer(model)\n')).toMatchObject({ code: 'is-python' });
    expect(read("import torch\nconfig_list = [{'op_types': ['Linear'], 'sparse_ratio': 0.5}]\n")).toMatchObject({ code: 'is-config-list' });
  });
  test('a log line that begins with a bracket is no JSON', () => {
    expect(read("[2024-02-10 17:02:26] INFO (Fix/MainThread) {'encoder.conv1': 1}")).toMatchObject({ code: 'not-recognised' });
  });
});

describe('T6a T6c lists as loops print them', () => {
  const tensors = [' ?', 'encoder ?', 'encoder.fc1 ? weight bias', 'head ? weight'];
  const shaped = [' ?', 'encoder ?', 'encoder.fc1 ? weight[8,8] bias[8]'];
  test.each([
    ['requires_grad', 'encoder.fc1.weight True\nencoder.fc1.bias True\nhead.weight False', tensors],
    ['requires_grad with words', 'encoder.fc1.weight requires_grad=True\nencoder.fc1.bias requires_grad=False\nhead.weight requires_grad=True', tensors],
    ['number formats', 'encoder.fc1.weight torch.float32\nencoder.fc1.bias torch.float32\nhead.weight torch.bfloat16', tensors],
    ['number formats and devices', 'encoder.fc1.weight: torch.float32 cuda:0\nencoder.fc1.bias: torch.float32 cuda:0\nhead.weight: torch.float16 cpu', tensors],
    ['counts', 'encoder.fc1.weight 64\nencoder.fc1.bias 8\nhead.weight 32', tensors],
    ['counts with commas', 'encoder.fc1.weight: 1,064 params\nencoder.fc1.bias: 8 params\nhead.weight: 32 params', tensors],
    ['numbers before', '0 encoder.fc1.weight torch.Size([8, 8])\n1 encoder.fc1.bias torch.Size([8])', shaped],
    ['numbers in brackets', '[0] encoder.fc1.weight (8, 8)\n[1] encoder.fc1.bias (8,)', shaped],
    ['labels', 'Layer: encoder.fc1.weight | Size: torch.Size([8, 8]) | Values : tensor([[ 0.1, 0.2]], grad_fn=<SliceBackward0>)\nLayer: encoder.fc1.bias | Size: torch.Size([8])', shaped],
    ['a log prefix', '2024-01-02 10:00:00,123 - INFO - encoder.fc1.weight: torch.Size([8, 8])\n2024-01-02 10:00:00,124 - INFO - encoder.fc1.bias: torch.Size([8])', shaped],
    [
      'the log of an initialisation',
      'Name of parameter - Initialization information\n\nencoder.fc1.weight - torch.Size([8, 8]): \nNormalInit: mean=0, std=0.01, bias=0 \n\nencoder.fc1.bias - torch.Size([8]): \nThe value is the same before and after calling `init_weights` of Net \n',
      shaped,
    ],
    [
      'classes',
      " is <class 'net.Net'>\nencoder is <class 'torch.nn.modules.container.Sequential'>\nencoder.fc1 is <class 'torch.nn.modules.linear.Linear'>",
      [' Net', 'encoder Sequential', 'encoder.fc1 Linear'],
    ],
    ['numbered types', '0: encoder Sequential\n1: encoder.fc1 Linear\n2: encoder.act ReLU', [' ?', 'encoder Sequential', 'encoder.fc1 Linear', 'encoder.act ReLU']],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

describe('T6a T28a tables', () => {
  const profile = (bar: string, ruler: string) =>
    [
      `${bar} module ${bar} #parameters or shape ${bar} #flops ${bar}`, ruler, `${bar} model ${bar} 0.1K ${bar} 96 ${bar}`,
      `${bar}  encoder.0 ${bar}  72 ${bar}  64 ${bar}`, `${bar}   encoder.0.weight ${bar}   (8, 8) ${bar}  ${bar}`,
      `${bar}   encoder.0.bias ${bar}   (8,) ${bar}  ${bar}`, `${bar}  act ${bar}  0 ${bar} 8 ${bar}`,
    ].join('\n');
  const profiled = [' ?', 'encoder ?', 'encoder.0 ? weight[8,8] bias[8]', 'act ?'];
  test.each([
    ['fvcore', profile('|', '|:----|:----|:----|'), profiled],
    ['mmengine', `+---+---+---+\n${profile('|', '+---+---+---+')}\n+---+---+---+`, profiled],
    ['rich', profile('│', '├───┼───┼───┤'), profiled],
    [
      'Ultralytics, in detail',
      'layer                     name  gradient   parameters                shape         mu      sigma\n    0      model.0.conv.weight     False          216         [8, 3, 3, 3]   -0.00279      0.152 torch.float32\n    1        model.0.bn.weight     False            8                  [8]       2.97       1.86 torch.float32',
      [' ?', 'model ?', 'model.0 ?', 'model.0.conv ? weight[8,3,3,3]', 'model.0.bn ? weight[8]'],
    ],
    [
      'Ultralytics',
      '                   from  n    params  module                                       arguments\n  0                  -1  1       928  ultralytics.nn.modules.conv.Conv             [3, 32, 3, 2]\n  1                  -1  2      7360  ultralytics.nn.modules.block.C2f             [32, 32, 2, True]\nModel summary: 2 layers',
      [' ?', 'model Sequential', 'model.0 Conv', 'model.1 C2f'],
    ],
    [
      'torch.fx',
      'opcode         name      target    args         kwargs\n-------------  --------  --------  -----------  --------\nplaceholder    x         x         ()           {}\ncall_module    fc1       body.fc1  (x,)         {}\ncall_function  relu      <function relu at 0x7f>  (fc1,)  {}\noutput         output    output    (relu,)      {}',
      [' ?', 'body ?', 'body.fc1 ?'],
    ],
    [
      'in a log, line by line',
      [
        '>> Trainable Parameters:', '---------', '|Name   |Dtype   |Shape   |#Params |', '---------', '|a.weight |torch.float32 |(8, 8) |64 |',
        '---------', '|a.bias |torch.float32 |(8,) |8 |', '---------', '>> # TotalParams: 0.1 K',
      ].map((line, at) => `2025-05-05 14:27:46,7${70 + at} - finetune - INFO - ${line}`).join('\n'),
      [' ?', 'a ? weight[8,8] bias[8]'],
    ],
    ['markdown', '# Layers\n\n| Layer | Type | Params |\n|---|---|---|\n| `a` | Sequential | 9 |\n| `a.fc` | **Linear** | 9 |\n', [' ?', 'a Sequential', 'a.fc Linear']],
    [
      'parameters of fvcore, whose first row is the root',
      '| name          | #elements or shape   |\n|:--|:--|\n| model         | 2.1K                 |\n| stem          | 0.2K                 |\n| stem.weight   | (8, 3, 3, 3)         |\n| head          | 81                   |',
      [' ?', 'stem ? weight[8,3,3,3]', 'head ?'],
    ],
    [
      'torchinfo in ASCII, with sums',
      '==========================\nLayer (type (var_name))    Output Shape     Param #\n==========================\nNet (Net)      [1, 5]    14\n+ Conv2d (stem)    [1, 8]   224\n+ ModuleList (stages)   --   --\n|    + ReLU (0)   [1, 8]   --\n==========================\nTotal params: 14',
      [' Net', 'stem Conv2d', 'stages ModuleList', 'stages.0 ReLU'],
    ],
    ['values with a line of column names', 'name,type,shape\na,Linear,\nb,ReLU,', [' ?', 'a Linear', 'b ReLU']],
    ['markdown with shapes', '| Name | Shape | Dtype |\n|---|---|---|\n| a.weight | [8, 8] | float16 |\n| a.bias | [8] | float16 |', [' ?', 'a ? weight[8,8] bias[8]']],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

describe('T6b T28a lists among other lines', () => {
  const tree = [' ?', 'a ? weight bias', 'b ? weight'];
  const keys = "['a.weight', 'a.bias', 'b.weight']";
  test.each([
    ['behind a prompt', `>>> list(model.state_dict())\n${keys}\n>>> `, []],
    ['behind a label, before more words', `Keys: odict_keys(${keys})\nTotal 3`, ['1 line is not part of the model (line 2).']],
    ['in a log', `2024-01-02 10:00:00 INFO odict_keys(${keys})`, []],
    ['before other output', `${keys}\nsome more words\nand more`, ['2 lines are not part of the model (lines 2, 3).']],
    ['JSON before other output', '["a.weight", "a.bias",\n "b.weight"]\ndone', ['1 line is not part of the model (line 3).']],
  ])('%s', (_title, text, said) => {
    expect(lines(text)).toEqual(tree);
    expect(sentences(text)).toEqual(said);
  });
  test('an object on one line above a list is no model', () => {
    expect(lines('Namespace(lr=0.1, arch=None)\na.weight torch.Size([2, 2])\nb.weight torch.Size([2])')).toEqual([' ?', 'a ? weight[2,2]', 'b ? weight[2]']);
    expect(read("_IncompatibleKeys(missing_keys=['a.weight'], unexpected_keys=['b.weight'])")).toMatchObject({ code: 'not-recognised' });
  });
  test('what is inside of broken JSON is no list of its own', () => {
    expect(read('{"weight_map": {"a.weight": "x.safetensors", "b.weight": "x.safetensors"}, "more": ')).toMatchObject({ code: 'json-syntax' });
  });
  test('rows under a layer that has no children are not understood', () => {
    const rows = ['Conv2d (stem)', '|    + Sequential (0)', '|    |    + ReLU (act)', '+ Linear (head)'].map((row) => row.padEnd(40) + '--');
    const text = ['='.repeat(30), 'Layer (type (var_name))    Output Shape', '='.repeat(30), 'Net (Net)                 --', `+ ${rows[0]}`, ...rows.slice(1), '='.repeat(30)].join('\n');
    expect(lines(text)).toEqual([' Net', 'stem Conv2d', 'head Linear']);
    expect(sentences(text)[0]).toMatch(/^2 lines inside the model are not understood \(lines 6, 7\)/);
  });
  test('a model of one line whose modules have texts of their own', () => {
    const text = 'Net( (a): Odd( k=(1, 2) (fc): Linear(in_features=8, out_features=8, bias=True) ) (b): ReLU() )';
    expect(lines(text)).toEqual([' Net', 'a Odd', `a.${fc}`, 'b ReLU']);
  });
});

describe('T29 parts of packed tensors', () => {
  const tree = [' ?', 'net ?', 'net.fc1 ? weight', 'net.norm ? weight'];
  test.each([
    ['bitsandbytes', ['net.fc1.weight', 'net.fc1.weight.absmax', 'net.fc1.weight.quant_map', 'net.fc1.weight.quant_state.bitsandbytes__nf4', 'net.norm.weight']],
    ['quanto', ['net.fc1.weight._data', 'net.fc1.weight._scale', 'net.norm.weight']],
    ['torchao', ['net.fc1.weight:qdata', 'net.fc1.weight:scale', 'net.norm.weight']],
  ])('%s', (_title, names) => {
    const found = read(JSON.stringify({ weight_map: Object.fromEntries(names.map((name) => [name, 'model.safetensors'])) }));
    if ('code' in found) throw new Error(found.code);
    expect(describeTree(found)).toEqual(tree);
    expect(describeNote(found.notes.at(-1)!)).toMatch(/^Quantized: one weight is packed \(“net\.fc1\.weight”\)/);
  });
  test.each([
    ['GPTQ', ['qweight', 'qzeros', 'scales', 'g_idx']],
    ['HQQ', ['W_q', 'scale', 'zero']],
    ['compressed-tensors', ['weight_packed', 'weight_scale', 'weight_shape']],
  ])('%s: the layer keeps its name, and packed is said', (_title, labels) => {
    const found = read(JSON.stringify(labels.map((label) => `net.fc1.${label}`)));
    if ('code' in found) throw new Error(found.code);
    expect(describeTree(found).map((line) => line.split(' ')[0])).toEqual(['', 'net', 'net.fc1']);
    expect(found.notes.map(describeNote)).toContainEqual(expect.stringContaining('packed'));
  });
});
