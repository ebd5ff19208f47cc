import { describe, expect, test } from 'vitest';
import { describeNote } from '../messages/note-wording.ts';
import { linesOfText as lines, readText } from '../../testing/read-text.ts';

const head = 'Net(\n  (stem): Sequential(\n    (0): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n    (1): BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)\n  )\n';
const text = `${head}  (fc): Linear(in_features=8, out_features=4, bias=True)\n)\n`;

/** The words of the notes of a text; the code of the error of one that is refused. */
function notes(given: string): readonly string[] {
  const tree = readText(given);
  return 'code' in tree ? [tree.code] : tree.notes.map(describeNote);
}

describe('T28e–T28g a print that lost a part never opens without a word', () => {
  test.each([
    ['dots in the middle of a line', text.replace('momentum=0.1', 'mom...1')],
    ['dots in place of an argument', text.replace('in_features=8', '...')],
    ['dots on a line of their own inside of a module', text.replace('eps=1e-05, ', '\n...\n')],
    ['dots behind a key', text.replace('(1): BatchNorm2d(8, eps', '(1)...eps')],
    ['dots in a key', text.replace('(1): Batch', '(...): Batch')],
    ['dots between two modules of a line', text.replace(' stride=(1, 1))\n    (1): BatchNorm2d(8, ', ' ...')],
    ['a gap behind a parenthesis', text.replace('  )\n  (fc)', '  ) [...]\n  (fc)')],
    ['a type without its first letters', text.replace('BatchNorm2d', 'orm2d')],
    ['a root without its first letters', text.replace('Net(', 'quential(').replace('Sequential', 'Block')],
    ['a sign inside of a type', text.replace('BatchNorm2d(8', 'Batch(Norm2d(8')],
    ['a bracket inside of a type', text.replace('Linear(', 'Lin]ear(')],
    ['a space inside of a key', text.replace('(stem)', '(st em)')],
    ['the word of a logger in a key', text.replace('(fc)', '(f[INFO]c)')],
    ['a bar of progress in a key', text.replace('(fc)', '(f 10%|█ |c)')],
    ['other output behind a key', text.replace('(1): Batch', '(1)[INFO]: Batch')],
    ['a comment sign far before a child', text.replace('  (fc)', '###       (fc)')],
    ['a block in a form that is not read around another one', 'Net(\n  body = Body(\n    layers = ModuleList(\n      (0-1): 2 x Linear(in_features=8, out_features=4, bias=True)\n    )\n  )\n)\n'],
  ])('%s', (_title, damaged) => {
    expect(notes(damaged).length).toBeGreaterThan(0);
  });
});

test('T7b, T28f what is whole has no note', () => {
  expect(notes(text)).toEqual([]);
});

describe('T7g forms that people write', () => {
  const whole = [' Net', 'stem Sequential', 'stem.0 Conv2d weight[8,3,3,3] bias[8]', 'stem.1 BatchNorm2d weight[8] bias[8] running_mean[8] running_var[8] num_batches_tracked[]', 'fc Linear weight[4,8] bias[4]'];
  test.each([
    ['keys without parentheses', text.replaceAll(/\((\w+)\): /g, '$1: ')],
    ['keys in bold', text.replaceAll(/\((\w+)\)(?=: )/g, '(**$1**)')],
  ])('%s', (_title, written) => {
    expect(lines(written)).toEqual(whole);
  });

  test('names and types on lines of their own, as the documentation of NNI prints them', () => {
    const classes: readonly (readonly [string, string])[] = [['', 'my.Net'], ['body', 'torch.nn.modules.container.Sequential'], ['body.0', 'torch.nn.modules.linear.Linear']];
    const printed = classes.map(([name, type]) => `op_name: ${name}\nop_type: <class '${type}'>\n\n`).join('');
    expect(lines(printed)).toEqual([' Net', 'body Sequential', 'body.0 Linear']);
  });
});

describe('T7g two processes that print at the same time, without a prefix', () => {
  const printed = text.trimEnd().split('\n');
  /** Lines of two equal texts; `order` says whose line comes next. */
  function mixed(order: string): string {
    const next = [0, 0];
    return Array.from(order, (digit) => printed[next[Number(digit)]!++]).join('\n');
  }

  test.each(['00110101011001', '00000001111111', '01010101010101', '00001110001111'])('in the order %s', (order) => {
    const tree = readText(mixed(order));
    expect('code' in tree ? tree.code : tree.size).toBe(5);
    expect(notes(mixed(order)).length).toBeGreaterThan(0);
  });

  test('lines of which one is missing are refused, or noted', () => {
    expect(notes(mixed('0011010101100')).length).toBeGreaterThan(0);
  });
});

test('T7e a child that is called model, next to a layer', () => {
  const printed = 'model LlamaModel(\n  (norm): LayerNorm((8,), eps=1e-05, elementwise_affine=True)\n)\nlm_head Linear(in_features=8, out_features=4, bias=False)\n';
  expect(lines(printed)).toEqual([' ?', 'model LlamaModel', 'model.norm LayerNorm weight[8] bias[8]', 'lm_head Linear weight[4,8] bias=None']);
});

describe('T6a, T28g, T28h lists', () => {
  const listed = "body <class 'my.Body'>\nbody.fc_in <class 'torch.nn.modules.linear.Linear'>\nbody.act <class 'torch.nn.modules.activation.ReLU'>\nbody.fc_out <class 'torch.nn.modules.linear.Linear'>\nbody.norm <class 'torch.nn.modules.normalization.LayerNorm'>\nbody.drop <class 'torch.nn.modules.dropout.Dropout'>\nhead <class 'torch.nn.modules.linear.Linear'>\n";
  const known = lines(listed);

  test('a small print below a list does not take its place', () => {
    const tree = readText(`${listed}Criterion(\n  (ce): CrossEntropyLoss()\n)\n`);
    expect('code' in tree ? tree.code : tree.size).toBe(8);
  });

  test('escapes of Markdown are no part of names', () => {
    expect(lines(listed.replaceAll('_', '\\_'))).toEqual(known);
  });

  test.each([
    ['a line of two', listed.replace("linear.Linear'>\nbody.act <class 'torch.nn", '...')],
    ['the end of the window of an editor', `${listed.split('\n').slice(0, 4).join('\n')}\n@@@\n`],
  ])('%s is a gap', (_title, cut) => {
    expect(notes(cut).join(' ')).toContain('left out');
  });

  test.each([
    ['in a name', "{'': 'my.Net', 'a': 'Block', 'a.conv': 'Conv2d', 'a.re...norm': 'LayerNorm', 'b': 'Linear'}"],
    ['in a type', "{'': 'my.Net', 'a': 'Block', 'a.conv': 'Conv2d', 'a.relu': 'Re...ayerNorm', 'b': 'Linear'}"],
    ['as one sign', '{"": "Net", "a": "Block", "a.conv": "Conv2d", "a.re\\u2026norm": "LayerNorm", "b": "Linear"}'],
  ])('dots %s of a dictionary are a gap', (_title, given) => {
    const tree = readText(given);
    expect('code' in tree ? tree.code : tree.size).toBe(4);
    expect(notes(given).join(' ')).toContain('left out');
  });

  test('dots that lead to the next column are no gap', () => {
    const padded = ['body.fc_in', 'body.act', 'body.fc_out'].map((name) => `${name} ${'.'.repeat(20 - name.length)} Linear`).join('\n');
    expect(lines(padded)).toContain('body.act Linear');
  });
});
