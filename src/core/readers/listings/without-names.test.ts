import { describe, expect, test } from 'vitest';
import { linesOfText as lines, readText as read } from '../../testing/read-text.ts';
import { describeNote } from '../messages/note-wording.ts';

const linear = 'Linear(in_features=8, out_features=8, bias=True)';

describe('T14 modules that are shown without their names', () => {
  test.each([
    ['a loop over modules()', `${linear}\nReLU()\n${linear}`, 1, 3],
    ['numbers that may count', `0 Linear\n1 ReLU\n2 Linear`, 1, 3],
    ['numbers and classes', "Layers:\n0: <class 'torch.nn.modules.linear.Linear'>\n1: <class 'torch.nn.modules.activation.ReLU'>", 2, 2],
  ])('%s', (_title, text, line, count) => {
    expect(read(text)).toMatchObject({ code: 'lines-without-names', values: { line, count } });
  });
  test('one layer is a model', () => {
    expect(lines(`${linear}\nsome words`)).toEqual([' Linear weight[8,8] bias[8]']);
  });
});

describe('T6a what hooks print', () => {
  test.each([
    ['classes and shapes of outputs', "a <class 'torch.nn.modules.container.Sequential'> torch.Size([1, 8])\na.fc <class 'torch.nn.modules.linear.Linear'> torch.Size([1, 8])"],
    ['types and shapes of outputs', 'a: Sequential, output (1, 8)\na.fc: Linear, output (1, 8)'.replaceAll(', output', '')],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual([' ?', 'a Sequential', 'a.fc Linear']);
  });
  test('parameters with their class are tensors', () => {
    expect(lines('a.fc.weight Parameter torch.Size([8, 8])\na.fc.bias Parameter torch.Size([8])')).toEqual([' ?', 'a ?', 'a.fc ? weight[8,8] bias[8]']);
  });
});

test('T14 the code of an exported program names no modules', () => {
  const code = 'class GraphModule(torch.nn.Module):\n    def forward(self, p_fc_weight: "f32[8, 8]", x: "f32[1, 8]"):\n        return (x,)';
  expect(read(code)).toMatchObject({ code: 'is-graph-code' });
});

describe('T28c a part of a model', () => {
  const block = `Sequential(\n  (0): ${linear}\n)`;
  const note = (text: string) => {
    const tree = read(text);
    return 'code' in tree ? tree.code : tree.notes.map(describeNote).join(' ');
  };
  test.each([
    ['>>> print(model.module.layer1)', 'model.module.layer1'],
    ['In [3]: net.blocks[0]\nOut[3]:', 'net.blocks[0]'],
    ['print(my_model.encoder)\n', 'my_model.encoder'],
  ])('after %j', (typed, expression) => {
    expect(note(`${typed}\n${block}`)).toBe(`The text prints ${expression}: it is a part of a model, and all names lack the prefix up to it.`);
  });
  test.each(['>>> print(model)', '>>> print(self.model)', '>>> model.eval()', 'print(trainer.model)'])('not after %j', (typed) => {
    expect(note(`${typed}\n${block}`)).not.toContain('lack the prefix');
  });
});
