import { describe, expect, test } from 'vitest';
import { linesOfText as lines, readText as read } from '../../testing/read-text.ts';
import { describeNote } from '../messages/note-wording.ts';

function notes(text: string): readonly string[] {
  const result = read(text);
  return 'code' in result ? [] : result.notes.map(describeNote);
}

/** A model with names that are easily taken for something else: a root, labels as names, numbers as names, a type with a stroke. */
const modules: readonly (readonly [name: string, type: string])[] = [
  ['', 'Net'], ['stem', 'Conv2d'], ['layers', 'ModuleList'], ['layers.0', 'Block'], ['layers.0.norm', 'LayerNorm'], ['layers.0.fc', 'Linear'],
  ['layers.1', 'Block'], ['layers.1.norm', 'LayerNorm'], ['layers.1.fc', 'Linear'], ['norm', 'LayerNorm'], ['wn', '_WeightNorm'], ['head', 'conv_head'],
];
const types = modules.map(([name, type]) => `${name} ${type}`);
const sequential: readonly (readonly [string, string])[] = [['', 'Sequential'], ['0', 'Linear'], ['1', 'ReLU'], ['2', 'Sequential'], ['2.0', 'Linear'], ['2.1', 'Dropout'], ['3', 'Linear']];

describe('T6a T6c every usual loop over named_modules() gives the same tree', () => {
  test.each<readonly [string, (name: string, type: string, at: number) => string]>([
    ['a space', (name, type) => `${name} ${type}`],
    ['a colon', (name, type) => `${name}: ${type}`],
    ['an arrow', (name, type) => `${name} -> ${type}`],
    ['an equals sign', (name, type) => `${name} = ${type}`],
    ['parentheses', (name, type) => `${name} (${type})`],
    ['a tab', (name, type) => `${name}\t${type}`],
    ['columns', (name, type) => `${name.padEnd(30)} ${type.padEnd(20)}`],
    ['columns at the right', (name, type) => `${name.padStart(30)} | ${type.padStart(20)}`],
    ['a count behind it', (name, type) => `${name}: ${type} - 1,064 params`],
    ['a label', (name, type) => `Name: ${name}, Type: ${type}`],
    ['two words as labels', (name, type) => `Module name: ${name} | Module type: ${type}`],
    ['labels with equals signs', (name, type) => `layer name=${name} type=${type}`],
    ['a bullet', (name, type) => `- \`${name}\`: ${type}`],
    ['a number', (name, type, at) => `${at}: ${name} ${type}`],
    ['a number in brackets', (name, type, at) => `[${String(at).padStart(3, '0')}] ${name} (${type})`],
    ['the index of a data frame', (name, type, at) => `${String(at).padEnd(4)}${name.padStart(20)}  ${type.padStart(20)}`],
    ['a log prefix', (name, type) => `2024-01-02 10:00:00,123 - INFO - ${name} ${type}`],
    ['a log prefix and a number', (name, type, at) => `[INFO] ${at} ${name} ${type}`],
    ['its depth as indentation', (name, type) => `${'  '.repeat(name.split('.').length - 1)}${name} ${type}`],
    ['JSON, one object a line', (name, type) => JSON.stringify({ name, type, params: 12 })],
    ['JSON with other keys', (name, type) => JSON.stringify({ module: name, class: type })],
  ])('%s', (_title, line) => {
    expect(lines(modules.map(([name, type], at) => line(name, type, at)).join('\n'))).toEqual(types);
    expect(lines(sequential.map(([name, type], at) => line(name, type, at)).join('\n'))).toEqual(sequential.map(([name, type]) => `${name} ${type}`));
  });

  test.each<readonly [string, (name: string, type: string) => string]>([
    ['a colon', (name, type) => `${type}: ${name}`],
    ['columns', (name, type) => `${type.padEnd(20)} ${name}`],
    ['classes', (name, type) => `<class 'net.${type}'> ${name}`],
  ])('the type first: %s', (_title, line) => {
    const known = modules.filter(([, type]) => type !== 'conv_head');
    expect(lines(known.map(([name, type]) => line(name, type)).join('\n'))).toEqual(known.map(([name, type]) => `${name} ${type}`));
  });

  test('names alone are modules where one is the parent of another', () => {
    expect(lines(modules.map(([name]) => name).join('\n'))).toEqual(modules.map(([name]) => `${name} ?`));
  });
});

describe('T6a T6c every usual loop over parameters gives the same tree', () => {
  const shapes: readonly (readonly [string, readonly number[]])[] = [['cls_token', [1, 1, 8]], ['stem.weight', [8, 3, 3, 3]], ['stem.bias', [8]], ['blocks.0.scale', [8]], ['head.weight', [4, 8]]];
  const tree = [' ? cls_token[1,1,8]', 'stem ? weight[8,3,3,3] bias[8]', 'blocks ?', 'blocks.0 ? scale[8]', 'head ? weight[4,8]'];
  const nameless = [' ? cls_token', 'stem ? weight bias', 'blocks ?', 'blocks.0 ? scale', 'head ? weight'];
  test.each<readonly [string, (name: string, sizes: readonly number[]) => string, readonly string[]]>([
    ['sizes with crosses', (name, sizes) => `${name} ${sizes.join('x')}`, tree],
    ['JSON', (name, sizes) => JSON.stringify({ name, shape: sizes, dtype: 'torch.float32' }), tree],
    ['values', (name) => `${name} Parameter containing:\ntensor([[ 0.1, -2e-05, nan],\n        ...,\n        [0.3, 0.4]], device='cuda:0',\n       requires_grad=True)`, nameless],
    ['values on lines of their own', (name) => `${name}\ntensor([[ 0.1, 0.2],\n        [0.3, 0.4]])`, nameless],
    ['values behind a size', (name, sizes) => `Layer: ${name} | Size: torch.Size([${sizes.join(', ')}]) | Values : tensor([[[ 0.1]],\n\n        [[0.2]]],\n       grad_fn=<SliceBackward0>) \n`, tree],
    ['names alone', (name) => `\t ${name}`, nameless],
    ['a table of counts', (name, sizes) => `|${name.padStart(16)}|${String(sizes.length * 8).padStart(12)}|`, nameless],
  ])('%s', (title, line, expected) => {
    const head = title === 'a table of counts' ? '+----------------+------------+\n|    Modules     | Parameters |\n+----------------+------------+\n' : '';
    expect(lines(head + shapes.map(([name, sizes]) => line(name, sizes)).join('\n'))).toEqual(expected);
  });

  test('T6a a printed state dict of more than 100 entries', () => {
    const pairs = Array.from({ length: 130 }, (_, at) => `('layers.${at}.weight', tensor([[0.1, 0.2],\n        [0.3, 0.4]]))`);
    expect(read(`OrderedDict([${pairs.join(', ')}])`)).toMatchObject({ size: 132 });
    expect(lines("{'a.weight': Parameter containing:\ntensor([0.1], requires_grad=True), 'b.weight': Parameter containing:\ntensor([0.1])}")).toEqual([' ?', 'a ? weight', 'b ? weight']);
  });
});

describe('T6e errors of load_state_dict name tensors', () => {
  const missing = 'Missing key(s) in state_dict: "stem.weight", "stem.bias", "head.weight". ';
  const unexpected = 'Unexpected key(s) in state_dict: "module.stem.weight", "module.head.weight". ';
  const model = [' ?', 'stem ? weight bias', 'head ? weight'];
  test.each([
    ['of torch', `Traceback (most recent call last):\n  File "a.py", line 3, in <module>\nRuntimeError: Error(s) in loading state_dict for Net:\n\t${missing}\n\t${unexpected}`, model],
    ['in a log', `[rank0]: RuntimeError: Error(s) in loading state_dict for Net:\n[rank0]: \t${missing}`, model],
    ['of mmengine', 'The model and loaded state dict do not match exactly\n\nunexpected key in source state_dict: fc.weight, fc.bias\n\nmissing keys in source state_dict: stem.weight, stem.bias, head.weight\n', model],
    ['as a result', "_IncompatibleKeys(missing_keys=['stem.weight', 'stem.bias', 'head.weight'], unexpected_keys=[])", model],
    ['with other shapes', `Error(s) in loading state_dict for Net:\n\tsize mismatch for stem.weight: copying a param with shape torch.Size([8, 3]) from checkpoint, the shape in current model is torch.Size([4, 3]).\n\t${missing}`, [' ?', 'stem ? weight[4,3] bias', 'head ? weight']],
    ['one name a line', 'Missing key stem.weight in state_dict\nMissing key stem.bias in state_dict\nmissing key head.weight in state_dict with size torch.Size([4, 8])', [' ?', 'stem ? weight bias', 'head ? weight[4,8]']],
    ['names of the checkpoint alone', `Error(s) in loading state_dict for Net:\n\t${unexpected}`, [' ?', 'module ?', 'module.stem ? weight', 'module.head ? weight']],
  ])('%s', (title, text, expected) => {
    expect(lines(text).toSorted()).toEqual(expected.toSorted());
    expect(notes(text)[0]).toMatch(title === 'names of the checkpoint alone' ? /these are names of the checkpoint/ : /the other modules of the model are missing/);
  });
});

describe('T6h shapes of outputs, and tables of them, are no tensors', () => {
  test('names of modules with the shapes that hooks print', () => {
    const text = 'stem torch.Size([1, 8, 56, 56])\nbody.0.conv torch.Size([1, 8, 28, 28])\nbody.0 torch.Size([1, 8, 28, 28])\nhead torch.Size([1, 10])';
    expect(lines(text)).toEqual([' ?', 'stem ?', 'body ?', 'body.0 ?', 'body.0.conv ?', 'head ?']);
    expect(notes(text).join(' ')).toContain('the shapes as shapes of their outputs');
  });
  test('a table of sizes without names of modules', () => {
    expect(read('| Layer | Input | Output |\n|---|---|---|\n| inc | 3x572x572 | 64x568x568 |\n| down1 | 64 | 128 |\n')).toMatchObject({ code: 'not-recognised' });
  });
  test('a summary in the manner of Keras whose rows have names', () => {
    const ruler = '_'.repeat(60);
    const text = `${ruler}\nLayer (type)              Output Shape        Param #\n${ruler}\nfeatures.0 (Conv2d)       [None, 64, 55, 55]  23296\n${ruler}\nclassifier.1 (Linear)     [None, 10]          120\n${ruler}\nTotal params: 23,416`;
    expect(lines(text)).toEqual([' ?', 'features ?', 'features.0 Conv2d', 'classifier ?', 'classifier.1 Linear']);
  });
});

describe('T6f drawings and outlines', () => {
  const tree = [' Net', 'stem Conv2d', 'body Sequential', 'body.0 Block', 'body.0.fc Linear', 'head Linear'];
  test.each([
    ['branches', 'Net\n├── stem: Conv2d\n├── body: Sequential\n│   └── 0: Block\n│       └── fc: Linear\n└── head: Linear'],
    ['branches with parameters', 'root\n├── stem (Conv2d) weight:[8, 3, 3, 3]\n├── body (Sequential)\n│   └── 0 (Block)\n│       └── fc (Linear) weight:[8, 8] bias:[8]\n└── head (Linear) weight:[4, 8]', [' ?', ...tree.slice(1)]],
    ['branches in ASCII, the model drawn too', '`-- model (Net)\n    |-- stem (Conv2d)\n    |-- body (Sequential)\n    |   `-- 0 (Block)\n    |       `-- fc (Linear)\n    `-- head (Linear)'],
    ['an outline', 'model: Net\n  stem: Conv2d\n  body: Sequential\n    0: Block\n      fc: Linear\n  head: Linear\n'],
    ['an outline with parentheses', 'model (Net)\n    stem (Conv2d)\n    body (Sequential)\n        0 (Block)\n            fc (Linear)\n    head (Linear)'],
  ])('%s', (_title, text, expected = tree) => {
    expect(lines(text)).toEqual(expected);
  });
  test('settings in YAML are no outline', () => {
    expect(read('model:\n  type: ResNet\n  depth: 50\nhead:\n  type: Linear\n')).toMatchObject({ code: 'not-recognised' });
  });
});

describe('T6g texts of graphs', () => {
  const called = [' ?', 'stem ?', 'body ?', 'body.0 ?', 'body.0.fc ?'];
  test.each([
    ['a graph', 'graph():\n    %x : [num_users=1] = placeholder[target=x]\n    %stem : [num_users=1] = call_module[target=stem](args = (%x,), kwargs = {})\n    %body_0_fc : [num_users=1] = call_module[target=body.0.fc](args = (%stem,), kwargs = {})\n    return body_0_fc', called],
    ['an older graph', 'graph():\n    %x : = placeholder[target=x]\n    %stem : = call_module[target=stem](args = (%x,), kwargs = {})\n    %fc : = call_module[target=body.0.fc](args = (%stem,), kwargs = {})\n    return fc', called],
    ['generated code', 'def forward(self, x):\n    stem = self.stem(x);  x = None\n    body_0_fc = getattr(self.body, "0").fc(stem);  stem = None\n    return body_0_fc', called],
    ['generated code of numbers', 'class Sequential(torch.nn.Module):\n    def forward(self, input):\n        _0 = getattr(self, "0")(input);  input = None\n        _2_1 = getattr(getattr(self, "2"), "1")(_0);  _0 = None\n        return _2_1', [' ?', '0 ?', '2 ?', '2.1 ?']],
    [
      'an exported program',
      'ExportedProgram:\n    class GraphModule(torch.nn.Module):\n        def forward(self, p_stem_weight: "f32[8, 3]", b_bn_mean: "bf16[8]", x: "f32[1, 3]"):\n            linear: "f32[1, 8]" = torch.ops.aten.linear.default(x, p_stem_weight);  x = p_stem_weight = None\n            return (linear,)\n\nGraph signature: \n    # inputs\n    p_stem_weight: PARAMETER target=\'stem.weight\'\n    b_bn_mean: BUFFER target=\'bn.running_mean\' persistent=True\n    x: USER_INPUT\n',
      [' ?', 'stem ? weight[8,3]', 'bn ? running_mean[8]'],
    ],
    [
      'an exported program of an older version',
      "Graph signature: ExportGraphSignature(input_specs=[InputSpec(kind=<InputKind.PARAMETER: 2>, arg=TensorArgument(name='p_a'), target='stem.weight', persistent=None), InputSpec(kind=<InputKind.BUFFER: 3>, arg=TensorArgument(name='b_a'), target='bn.running_mean', persistent=True)])",
      [' ?', 'stem ? weight', 'bn ? running_mean'],
    ],
  ])('%s', (_title, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
  test('code that people write is source', () => {
    expect(read('import torch\nclass Net(nn.Module):\n    def forward(self, x):\n        x = self.stem(x)\n        y = self.head(x)\n        return y\n')).toMatchObject({ code: 'is-python' });
  });
});

describe('T7e children that are printed one after the other', () => {
  const block = 'Sequential(\n  (0): Linear(in_features=8, out_features=8, bias=True)\n  (1): ReLU()\n)';
  const tree = [' ?', 'stem ReLU', 'body Sequential', 'body.0 Linear weight[8,8] bias[8]', 'body.1 ReLU', 'head Linear weight[4,8] bias[4]'];
  const head = 'Linear(in_features=8, out_features=4, bias=True)';
  test.each([
    ['by a loop', `stem ReLU()\nbody ${block}\nhead ${head}`],
    ['by a loop with colons', `stem: ReLU()\nbody: ${block}\nhead: ${head}`],
    ['as pairs', `('stem', ReLU())\n('body', ${block})\n('head', ${head})`],
    ['as a list', `[('stem', ReLU()), ('body', ${block}), ('head', ${head})]`],
    ['as a dictionary', `{'stem': ReLU(), 'body': ${block}, 'head': ${head}}`],
    ['as `_modules`', `OrderedDict([('stem', ReLU()), ('body', ${block}), ('head', ${head})])`],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual(tree);
    expect(notes(text)).toContain('The text lists the children of a model: the type of the model itself is not in it.');
  });
  test('labels of models are no names', () => {
    expect(lines(`model: ${block}\ncriterion: CrossEntropyLoss()`)[0]).toBe(' Sequential');
    expect(lines(`Student:\n${block}\nTeacher:\n${block}`)[0]).toBe(' Sequential');
  });
  test('of a list of all modules the first, which holds the others, is read', () => {
    expect(lines(`[Net(\n  (body): ${block.replaceAll('\n', '\n  ')}\n), ${block}, ${head}]`)).toEqual([' Net', 'body Sequential', 'body.0 Linear weight[8,8] bias[8]', 'body.1 ReLU']);
  });
});

describe('T7d T6d printed models in other texts', () => {
  const model = 'Net(\n  (fc): Linear(in_features=8, out_features=8, bias=True)\n  (act): ReLU()\n)';
  const tree = [' Net', 'fc Linear weight[8,8] bias[8]', 'act ReLU'];
  test.each([
    ['comments of source', `import torch\nmodel = Net()\n${model.replaceAll(/^/gm, '# ')}\nmodel.train()`],
    ['a web page', `<html><head><style>p { }</style></head><body><p>My &amp; yours:</p><pre>${model}</pre></body></html>`],
    ['tags with entities', `<pre>${model.replace('ReLU()', 'ReLU() &lt;- here')}</pre>`],
    ['a field of CSV', `id,text\n1,"${model}"\n`],
    ['a message in JSON', JSON.stringify({ level: 'info', message: model })],
    ['messages of a container, one a line', model.split('\n').map((line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout' })).join('\n')],
    ['reStructuredText', `Model\n=====\n\n.. code-block:: none\n\n${model.replaceAll(/^/gm, '   ')}\n\nMore words.\n`],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual(tree);
  });
  test('a web page without a model is one', () => {
    expect(read('<!DOCTYPE html><html><body><p>Sign in (please)</p></body></html>')).toMatchObject({ code: 'is-html' });
  });
  test('a terminal broke the line before its last parenthesis', () => {
    expect(lines('Net(\n  (a): Stage(\n    (fc): Linear(in_features=8, out_features=8, bias=True\n)\n    (act): ReLU()\n  )\n  (b): ReLU()\n)')).toEqual([' Net', 'a Stage', 'a.fc Linear weight[8,8] bias[8]', 'a.act ReLU', 'b ReLU']);
  });
});
