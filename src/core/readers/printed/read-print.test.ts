import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModuleTree, TensorInfo } from '../../module-tree/module-tree.ts';
import { moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import { describeTree } from '../../testing/describe-tree.ts';
import { linesOfText as lines, readText as read } from '../../testing/read-text.ts';
import { describeNote } from '../messages/note-wording.ts';
import { readTree } from '../read-tree.ts';
import { describeLayer } from './torch-layers.ts';

const samples = readdirSync(new URL('../samples/', import.meta.url)).filter((name) => name.endsWith('.repr.txt.gz'));

function treeOf(url: URL): ModuleTree {
  const read = readTree({ name: url.pathname, bytes: new Uint8Array(readFileSync(url)) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function shapesOf(tensors: readonly TensorInfo[]): string {
  return tensors.map(({ name, shape }) => `${name} ${JSON.stringify(shape)}`).join(', ');
}

describe('T7b T8a–b the printed text of each sample says what its module tree says', () => {
  test.each(samples)('%s', (file) => {
    const printed = treeOf(new URL(`../samples/${file}`, import.meta.url));
    const json = `../../../../public/samples/${file.replace('.repr.txt', '.json')}`;
    const exact = treeOf(new URL(json, import.meta.url));
    expect(printed.format).toBe('print-model');
    expect(printed.size).toBe(exact.size);
    const differences: string[] = [];
    let compared = 0;
    for (let row = 0; row < exact.size; row++) {
      const name = moduleName(exact, row);
      if (moduleName(printed, row) !== name) differences.push(`${row}: ${moduleName(printed, row)} for ${name}`);
      if (moduleType(printed, row) !== moduleType(exact, row)) {
        differences.push(`${name}: ${moduleType(printed, row)}`);
      }
      const reported = moduleSpec(printed, row);
      const known = moduleSpec(exact, row);
      for (const field of ['parameters', 'buffers'] as const) {
        if (reported[field] === null) continue;
        compared++;
        const expected = shapesOf(known[field] ?? []);
        if (shapesOf(reported[field]) !== expected) {
          differences.push(`${name} ${field}: ${shapesOf(reported[field])} for ${expected}`);
        }
      }
    }
    expect(differences.slice(0, 10)).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});

function typesOf(tree: ModuleTree): string[] {
  return Array.from({ length: tree.size }, (_, row) => `${moduleName(tree, row)} ${moduleType(tree, row)}`);
}

const plain = [
  'Net(',
  '  (conv): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1), groups=1)',
  '  (blocks): ModuleList(',
  '    (0-1): 2 x Block(',
  '      (fc): Linear(in_features=8, out_features=4, bias=False)',
  '    )',
  '    (2): Block(',
  '      (fc): Linear(in_features=8, out_features=2, bias=True)',
  '    )',
  '  )',
  '  (act): ReLU(inplace=True)',
  ')',
];
const plainTree = [
  ' Net', 'conv Conv2d weight[8,3,3,3] bias[8]', 'blocks ModuleList', 'blocks.0 Block',
  'blocks.0.fc Linear weight[4,8] bias=None', 'blocks.1 Block', 'blocks.1.fc Linear weight[4,8] bias=None',
  'blocks.2 Block', 'blocks.2.fc Linear weight[2,8] bias[2]', 'act ReLU',
];

describe('T7a a printed model is found in what surrounds it', () => {
  const around: readonly (readonly [string, readonly string[]])[] = [
    ['nothing', plain],
    ['Windows line ends', [plain.join('\r\n')]],
    [
      'a prompt and log lines',
      ['>>> print(model)', '[INFO] 12:00 (main): loading (3): done', ...plain, '[INFO] total: 1', '>>>'],
    ],
    ['a log prefix on the first line', [`2024-01-01 12:00:00,000 - INFO - ${plain[0]}`, ...plain.slice(1)]],
    ['a logger that repeats its prefix', plain.map((line) => `[rank0]: ${line}`)],
    ['a launcher that trims blank ends', ['[default0]:', ...plain.map((line) => `[default0]:${line}`)]],
    ['a logger that writes the time', plain.map((line, at) => `[2024-01-01 12:00:${at + 5},${at * 97}] [INFO] ${line}`)],
    ['a container’s log', ['starting', ...plain.map((line, at) => `2024-01-01T12:00:00.${at * 12345}Z stdout F ${line}`)]],
    ['numbers of lines', plain.map((line, at) => `${String(at + 5).padStart(4)} | ${line}`)],
    ['numbers of lines before a tab', plain.map((line, at) => `${at + 995}\t${line}`)],
    ['an editor that indents by four', plain.map((line) => line.replace(/^ +/, (lead) => lead + lead))],
    ['an editor that indents by tabs', plain.map((line) => line.replace(/^ +/, (lead) => '\t'.repeat(lead.length / 2)))],
    ['an editor that indents by one', ['> model', ...plain.map((line) => line.replace(/^ +/, (lead) => ' '.repeat(lead.length / 2)))]],
    ['a notebook that indents all lines', plain.map((line) => `      ${line}`)],
    ['Jupyter’s Out', ['Out[3]:', ...plain]],
    [
      'Jupyter’s Out on the first line',
      [`Out[3]: ${plain[0]}`, ...plain.slice(1).map((line) => `        ${line}`)],
    ],
    ['a first line copied without its indentation', [plain[0]!, ...plain.slice(1).map((line) => `    ${line}`)]],
    ['colours', plain.map((line) => line.replace(/\((\w+)\)/g, '\u001b[1;32m($1)\u001b[0m'))],
    ['tabs', plain.map((line) => line.replaceAll('    ', '\t'))],
    ['lost line ends', [plain.map((line) => line.trim()).join(' ')]],
    ['lost line ends, indentation kept', ['log:', plain.join(' ')]],
    ['lost indentation', plain.map((line) => line.trim())],
    ['blank lines between', plain.flatMap((line) => [line, ''])],
    ['a markdown fence', ['```', ...plain, '```']],
    ['a markdown quotation', plain.map((line) => `> ${line}`)],
    ['other things in parentheses', ['Compose(', '    Resize(size=256)', ')', ...plain]],
  ];
  test.each(around)('%s', (_title, text) => {
    expect(lines(text.join('\n'))).toEqual(plainTree);
  });

  test('of several models the longest is read, and a note says so', () => {
    const result = read(
      ['Head(', '  (fc): Linear(in_features=1, out_features=1, bias=True)', ')', ...plain].join('\n'),
    );
    expect('code' in result ? result : result.notes).toEqual([
      { type: 'several-prints', count: 2, firstLine: 4, lastLine: 15 },
    ]);
  });
});

describe('T7b–c forms of printed modules', () => {
  const forms: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
    ['None children are no modules', 'A(\n  (x): None\n  (y): B()\n)', [' A', 'y B']],
    [
      'nested Sequential',
      'S(\n  (0): S(\n    (0): ReLU()\n    (1): S(\n      (0): ReLU()\n    )\n  )\n)',
      [' S', '0 S', '0.0 ReLU', '0.1 S', '0.1.0 ReLU'],
    ],
    [
      'keys with odd characters',
      'M(\n  (a+b): A()\n  (x[0]): B()\n  (with space): C()\n  (größe): D()\n  (f(x)): E()\n  (k): v): F()\n)',
      [' M', 'a+b A', 'x[0] B', 'with space C', 'größe D', 'f(x) E', 'k): v F'],
    ],
    [
      'extra_repr over several lines',
      'M(\n  width=3, mode=(1, 2)\n  note: (a) b\n    deeper(\n    )\n  (fc): ReLU()\n)',
      [' M', 'fc ReLU'],
    ],
    [
      'a module that prints itself over several lines',
      'M(\n  (a): Odd(x=1,\n      y=(2,\n        3))\n  (b): ReLU()\n)',
      [' M', 'a Odd', 'b ReLU'],
    ],
    [
      'lines that a terminal broke',
      'M(\n  (a): Conv2d(3, 8, kernel_size=\n(3, 3), stride=(1, 1), padding=(1, 1), groups=1, dilati\non=(1, 1), bias=False)\n  (b): A(\n    (c): Linear(in_features=2,\nout_features=3, bias=True)\n  )\n)',
      [' M', 'a Conv2d weight[8,3,3,3] bias=None', 'b A', 'b.c Linear weight[3,2] bias[3]'],
    ],
    [
      'a module that prints as nothing',
      'M(\n  (a): \n  (b): B(\n    (c): \n    (d): ReLU()\n  )\n)',
      [' M', 'a ?', 'b B', 'b.c ?', 'b.d ReLU'],
    ],
    [
      'levels that only seem to be wider, around what a module prints itself',
      'M(\n  note\n      (x): deeper\n  (fc): A(\n    (b): ReLU()\n  )\n)',
      [' M', 'fc A', 'fc.b ReLU'],
    ],
    [
      'a module that prints itself its own way',
      'M(\n  (a): <my.Thing object at 0x7f>\n  (b): ReLU()\n)',
      [' M', 'a ?', 'b ReLU'],
    ],
    [
      'a trailing line of its own',
      'M(\n  (a): A(\n    (b): B()\n  )\n  init_cfg={"type": "Normal"}\n  (c): C()\n)',
      [' M', 'a A', 'a.b B', 'c C'],
    ],
    [
      'peft’s prefix',
      'M(\n  (q): lora.Linear(\n    (base_layer): Linear(in_features=2, out_features=3, bias=False)\n  )\n)',
      [' M', 'q Linear', 'q.base_layer Linear weight[3,2] bias=None'],
    ],
    [
      'DataParallel',
      'DataParallel(\n  (module): Net(\n    (fc): Linear(in_features=2, out_features=3, bias=False)\n  )\n)',
      [' DataParallel', 'module Net', 'module.fc Linear weight[3,2] bias=None'],
    ],
    [
      'parameter lists',
      'M(\n  (p): ParameterList(\n      (0): Parameter containing: [torch.float32 of size 2x3]\n      (1): Parameter containing: [torch.cuda.FloatTensor of size 4 (GPU 0)]\n  )\n)',
      [' M', 'p ParameterList 0[2,3] 1[4]'],
    ],
    [
      'a parameter dictionary of one, on the line of the module',
      'M(\n  (d): ParameterDict(  (default): Parameter containing: [torch.FloatTensor of size 8x768])\n  (e): ParameterDict()\n)',
      [' M', 'd ParameterDict default[8,768]', 'e ParameterDict'],
    ],
    [
      'runs inside runs',
      'M(\n  (0-1): 2 x L(\n    (0-2): 3 x ReLU()\n  )\n)',
      [' M', '0 L', '0.0 ReLU', '0.1 ReLU', '0.2 ReLU', '1 L', '1.0 ReLU', '1.1 ReLU', '1.2 ReLU'],
    ],
    ['runs that start late', 'M(\n  (3-4): 2 x ReLU()\n)', [' M', '3 ReLU', '4 ReLU']],
    [
      'a class of one’s own named like a quantized one',
      'M(\n  (a): QuantizedLinear(bits=4)\n)',
      [' M', 'a QuantizedLinear'],
    ],
    [
      'torch’s quantized layers',
      'M(\n  (a): QuantizedConv2d(3, 8, kernel_size=(1, 1), stride=(1, 1), scale=0.1, zero_point=0)\n  (b): DynamicQuantizedLinear(in_features=1, out_features=2, dtype=torch.qint8)\n  (c): QuantizedLinear(Reference)(in_features=1, out_features=2, bias=True)\n)',
      [' M', 'a Conv2d', 'b Linear', 'c Linear'],
    ],
    [
      'torch’s quantized layers that print no scale, and those that it misspells',
      'M(\n  (a): QuantizedDropout(p=0.1, inplace=False)\n  (b): QuantizedLayerNorm((4,), eps=1e-05, elementwise_affine=True)\n  (c): QuantizedConvTranpose2d(2, 2, kernel_size=(1, 1), stride=(1, 1), scale=1.0, zero_point=0)\n  (d): QuantizedReLU6()\n  (e): QuantizableLSTMCell()\n  (f): SparseQuantizedDynamicLinear(in_features=3, out_features=2)\n)',
      [' M', 'a Dropout', 'b LayerNorm weight[4] bias[4]', 'c ConvTranspose2d', 'd ReLU6', 'e LSTMCell', 'f Linear'],
    ],
    [
      'TorchScript, which prints the class in its arguments',
      'RecursiveScriptModule(\n  original_name=Net\n  (d): RecursiveScriptModule(original_name=Dropout)\n  (s): RecursiveScriptModule(\n    original_name=Sequential\n    (0): Conv2d(original_name=Conv2d)\n  )\n)',
      [' Net', 'd Dropout', 's Sequential', 's.0 Conv2d'],
    ],
    ['one string of JSON', JSON.stringify(plain.join('\n')), plainTree],
    ['one string of Python', `'${plain.join('\\n')}'`, plainTree],
    ['lines in a list of JSON', JSON.stringify(plain.map((line) => `${line}\n`), null, 1), plainTree],
    [
      'the outputs of a notebook',
      JSON.stringify({
        cells: [
          { cell_type: 'markdown', source: ['# A model'] },
          { cell_type: 'code', outputs: [{ output_type: 'stream', text: ['Downloading\n', '100%\n'] }] },
          { cell_type: 'code', outputs: [{ output_type: 'execute_result', data: { 'text/plain': plain.map((line) => `${line}\n`) } }] },
        ],
        nbformat: 4,
      }),
      plainTree,
    ],
  ];
  test.each(forms)('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  test('what TorchScript printed has a note, and no arguments', () => {
    const found = read('Net(\n  original_name=Net\n  (a): Linear(original_name=Linear)\n)');
    if ('code' in found) throw new Error(found.code);
    expect(found.notes.map(describeNote)).toEqual(['Printed from TorchScript: types are the original classes.']);
    expect(found.specs.map(({ extraRepr }) => extraRepr)).toEqual([null, null]);
  });

  test('a notebook without a printed model, a string without one', () => {
    expect(read('{"cells":[{"outputs":[{"text":"hello"}]},7],"nbformat":4}')).toMatchObject({ code: 'is-notebook' });
    expect(read('{"cells":[{"outputs":')).toMatchObject({ code: 'json-syntax' });
    expect(read(String.raw`"first\nsecond line"`)).toMatchObject({ code: 'not-recognised', values: { start: 'first' } });
  });

  test('a run inside a run is refused before it is written out when it grows too large', () => {
    const text = 'M(\n  (0-9999): 10000 x L(\n    (0-9999): 10000 x ReLU()\n  )\n)';
    expect(read(text)).toMatchObject({ code: 'too-many-modules', values: { limit: 2_000_000 } });
  });

  test.each([
    [
      'the end is missing',
      plain.slice(0, -3).join('\n'),
      { line: 3, reason: 'unclosed', text: '(blocks): ModuleList(' },
    ],
    [
      'the middle is missing',
      [...plain.slice(0, 5), ...plain.slice(9)].join('\n'),
      { line: 4, reason: 'unclosed', text: '(0-1): 2 x Block(' },
    ],
    ['a run miscounts', 'M(\n  (0-3): 3 x ReLU()\n)', { line: 2, reason: 'run', text: '(0-3): 3 x ReLU()' }],
  ])('an error where %s', (_title, text, values) => {
    expect(read(text)).toMatchObject({ code: 'print-syntax', values });
  });
});

describe('T7c T8a–b what torch printed is what torch exported', () => {
  const hidden = /^(?:0\._packed_params|2\._all_weight_values)/;
  test.each(['layers', 'parallel', 'parametrized', 'quantizing', 'quantized', 'quantized-dynamic'])('%s', (name) => {
    const printed = treeOf(new URL(`../samples/real/${name}.repr.txt.gz`, import.meta.url));
    const exact = treeOf(new URL(`../samples/real/${name}.json.gz`, import.meta.url));
    expect(typesOf(printed)).toEqual(typesOf(exact).filter((line) => !hidden.test(line)));
    for (let row = 0; row < printed.size; row++) {
      const { parameters, type } = moduleSpec(printed, row);
      if (parameters === null || type?.startsWith('Lazy')) continue;
      const place = typesOf(exact).indexOf(typesOf(printed)[row]!);
      expect(`${type}: ${shapesOf(parameters)}`).toBe(
        `${type}: ${shapesOf(moduleSpec(exact, place).parameters ?? [])}`,
      );
    }
  });
});

test('T7c what TorchScript printed has the types that it was made from, which the export has too', () => {
  const printed = treeOf(new URL('../samples/real/script.repr.txt.gz', import.meta.url));
  const exact = treeOf(new URL('../samples/real/script.json.gz', import.meta.url));
  const originals = Array.from({ length: exact.size }, (_, row) => {
    return `${moduleName(exact, row)} ${moduleSpec(exact, row).extraRepr!.replace('original_name=', '')}`;
  });
  expect(typesOf(printed)).toEqual(originals);
  expect(originals).toContain('0 Conv2d');
});

describe('T8a–b tensors of known layers', () => {
  const layers: readonly (readonly [type: string, args: string, parameters: string | null, buffers: string | null])[] = [
    ['Linear', 'in_features=3, out_features=2, bias=True', 'weight [2,3], bias [2]', ''],
    ['Linear', '', null, null],
    ['Bilinear', 'in1_features=2, in2_features=3, out_features=4, bias=False', 'weight [4,2,3], bias null', ''],
    ['Conv1d', '4, 6, kernel_size=(5,), stride=(1,), groups=2', 'weight [6,2,5], bias [6]', ''],
    ['Conv3d', '1, 2, kernel_size=(3, 3, 3), stride=(1, 1, 1), bias=False', 'weight [2,1,3,3,3], bias null', ''],
    ['ConvTranspose2d', '4, 6, kernel_size=(3, 3), stride=(1, 1), groups=2', 'weight [4,3,3,3], bias [6]', ''],
    ['LazyConv2d', '0, 8, kernel_size=(3, 3), stride=(1, 1)', 'weight null, bias null', ''],
    [
      'LazyBatchNorm2d',
      '0, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True',
      'weight null, bias null',
      'running_mean null, running_var null, num_batches_tracked []',
    ],
    [
      'BatchNorm2d',
      '8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True',
      'weight [8], bias [8]',
      'running_mean [8], running_var [8], num_batches_tracked []',
    ],
    [
      'SyncBatchNorm',
      '8, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False',
      'weight null, bias null',
      'running_mean null, running_var null, num_batches_tracked null',
    ],
    [
      'InstanceNorm2d',
      '8, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False',
      'weight null, bias null',
      'running_mean null, running_var null, num_batches_tracked null',
    ],
    ['GroupNorm', '2, 8, eps=1e-05, affine=True', 'weight [8], bias [8]', ''],
    ['LayerNorm', '(768,), eps=1e-12, elementwise_affine=True', 'weight [768], bias [768]', ''],
    [
      'LayerNorm',
      'torch.Size([3, 4]), eps=1e-12, elementwise_affine=True, bias=False',
      'weight [3,4], bias null',
      '',
    ],
    ['RMSNorm', '(64,), eps=None, elementwise_affine=True', 'weight [64]', ''],
    ['LlamaRMSNorm', '(64,), eps=1e-06', 'weight [64]', null],
    ['RMSNorm', '', null, null],
    ['Embedding', '10, 4, padding_idx=0', 'weight [10,4]', ''],
    ['EmbeddingBag', "10, 4, mode='mean'", 'weight [10,4]', ''],
    ['PReLU', 'num_parameters=3', 'weight [3]', ''],
    ['GRU', '3, 4, bias=False', 'weight_ih_l0 [12,3], weight_hh_l0 [12,4]', ''],
    [
      'RNN',
      '3, 4, num_layers=2',
      'weight_ih_l0 [4,3], weight_hh_l0 [4,4], bias_ih_l0 [4], bias_hh_l0 [4], weight_ih_l1 [4,4], weight_hh_l1 [4,4], bias_ih_l1 [4], bias_hh_l1 [4]',
      '',
    ],
    ['LSTMCell', '3, 4', 'weight_ih [16,3], weight_hh [16,4], bias_ih [16], bias_hh [16]', ''],
    ['Conv1D', 'nf=8, nx=4', 'weight [4,8], bias [8]', ''],
    ['ReLU', 'inplace=True', '', ''],
    ['CrossEntropyLoss', '', '', null],
    ['MyLayer', 'in_features=3, out_features=2', null, null],
    ['Linear', 'in_features=x, out_features=[, bias=(', null, null],
    ['Conv2d', '3, 8, kernel_size=(3, 3), groups=0', null, null],
  ];
  test.each(layers)('%s(%s)', (type, args, parameters, buffers) => {
    const described = describeLayer(type, args);
    const reported = [described.parameters, described.buffers].map(
      (infos) => (infos === null ? null : shapesOf(infos)),
    );
    expect(reported).toEqual([parameters, buffers]);
  });
});

describe('T16a summary tables', () => {
  const rule = '='.repeat(60);
  test('torchinfo with names', () => {
    const table = [
      rule, 'Layer (type (var_name):depth-idx)        Output Shape         Param #', rule,
      'Net (Net)                                [1, 10]              --',
      '├─Sequential (features): 1-1             [1, 8, 6, 6]         --',
      '│    └─Conv2d (0): 2-1                   [1, 8, 6, 6]         224',
      '│    └─ReLU (1): 2-2                     [1, 8, 6, 6]         --',
      '├─Linear (fc): 1-2                       [1, 10]              2,890',
      '├─Linear (fc): 1-3                       [1, 10]              (recursive)',
      rule, 'Total params: 3,114', rule,
    ];
    const found = read(table.join('\n'));
    expect('code' in found ? found : [found.format, ...describeTree(found)]).toEqual([
      'torchinfo', ' Net', 'features Sequential', 'features.0 Conv2d', 'features.1 ReLU', 'fc Linear',
    ]);
  });
  test('torchinfo in ASCII', () => {
    const table = [
      rule, 'Layer (type (var_name))                  Param #', rule,
      'Net (Net)                                --',
      '+ Sequential (features)                  --',
      '|    + Block (0)                         224',
      '|    |    + Identity (x)                 --',
      '+ Linear (fc)                            2,890',
      rule,
    ];
    expect(lines(table.join('\n'))).toEqual([
      ' Net', 'features Sequential', 'features.0 Block', 'features.0.x Identity', 'fc Linear',
    ]);
  });
  test.each([
    ['plain', [
      '  | Name       | Type             | Params | Mode ', rule.replaceAll('=', '-'),
      '0 | model      | ResNet           | 11.7 M | train', '1 | model.fc   | Linear           | 3.0 K  | train', rule,
      '11.7 M    Trainable params',
    ]],
    ['rich', [
      '┏━━━┳━━━━━━━━━━┳━━━━━━━━┳━━━━━━━━┓', '┃   ┃ Name     ┃ Type   ┃ Params ┃', '┡━━━╇━━━━━━━━━━╇━━━━━━━━╇━━━━━━━━┩',
      '│ 0 │ model    │ ResNet │ 11.7 M │', '│ 1 │ model.fc │ Linear │ 3.0 K  │', '└───┴──────────┴────────┴────────┘',
    ]],
  ])('T6a the table that Lightning prints, %s', (_title, table) => {
    expect(lines(table.join('\n'))).toEqual([' ?', 'model ResNet', 'model.fc Linear']);
    expect(read(table.join('\n'))).toMatchObject({ notes: expect.arrayContaining([{ type: 'table-to-a-depth' }]) });
  });
  test('torchinfo without names says how to get them', () => {
    const table = [
      rule,
      'Layer (type:depth-idx)     Output Shape     Param #',
      rule,
      'Net      [1]   --',
      '├─Conv2d: 1-1   [1, 2]    224',
      rule,
    ];
    expect(read(table.join('\n'))).toMatchObject({ code: 'table-without-names', values: { line: 5 } });
  });
  test('torchsummary has no names', () => {
    const dashes = '-'.repeat(64);
    const table = [
      dashes,
      '        Layer (type)               Output Shape         Param #',
      rule,
      '            Conv2d-1         [-1, 64, 16, 16]           9,408',
      rule,
    ];
    expect(read([...table, dashes].join('\n'))).toMatchObject({
      code: 'table-without-names',
      values: { line: 2 },
    });
  });
});
