import { describe, expect, test } from 'vitest';
import { linesOfText as lines, readText as read } from '../testing/read-text.ts';
import { describeNote } from './messages/note-wording.ts';

/** Texts that tools have changed on their way: the tree is the same, or a note says what is missing. */

function notes(text: string): string {
  const tree = read(text);
  return 'code' in tree ? tree.code : tree.notes.map(describeNote).join(' ');
}

const linear = 'Linear(in_features=8, out_features=8, bias=True)';
const fc = 'fc Linear weight[8,8] bias[8]';
const unread = /not understood/;

describe('T28e what is put together on one line is read, or said', () => {
  test('a child behind the own text of a module', () => {
    const text = `Net(\n  (a): Odd(\n    k=1 (fc): ${linear}\n  )\n  (b): ReLU()\n)`;
    expect(lines(text)).toEqual([' Net', 'a Odd', 'b ReLU']);
    expect(notes(text)).toMatch(unread);
  });
  test('a child behind another one', () => {
    const text = `Net(\n  (a): ${linear} (b): ReLU()\n  (c): ReLU()\n)`;
    expect(lines(text)).toEqual([' Net', 'a Linear weight[8,8] bias[8]', 'c ReLU']);
    expect(notes(text)).toMatch(unread);
  });
  test('a key with a space in a model of one line', () => {
    const text = `Net( (a): ${linear} (with space): ReLU() )`;
    expect(notes(text)).toMatch(unread);
  });
  test('two models on one line', () => {
    const text = `Small( (a): ReLU() ) Net( (fc): ${linear} )`;
    expect(lines(text)).toEqual([' Small', 'a ReLU']);
    expect(notes(text)).toMatch(unread);
  });
  test('dots in a model of one line', () => {
    expect(notes(`Net( (a): ${linear} ... (c): ReLU() )`)).toMatch(/left out/);
    expect(notes(`Net( (a): ${linear} (c): ReLU() )`)).toBe('');
  });
  test('rows of a summary', () => {
    const rule = '='.repeat(60);
    const rows = ['Net (Net)                 --', '├─Conv2d (conv1)          80 ├─Linear (fc)         8', '├─ReLU (act)          --'];
    const table = [rule, 'Layer (type (var_name))    Param #', rule, ...rows, rule].join('\n');
    expect(lines(table)).toEqual([' Net', 'act ReLU']);
    expect(notes(table)).toMatch(unread);
  });
});

describe('T28e what is cut is said', () => {
  test('a module whose line is broken keeps its type', () => {
    const text = `Net(\n  (a): Wrapper(module=${linear.slice(0, 20)}\n  (fc): ${linear}\n)`;
    expect(lines(text)).toEqual([' Net', 'a Wrapper', fc]);
    expect(notes(text)).toMatch(unread);
  });
  test('the end of a text with gaps', () => {
    const text = `Net(\n  (a): ${linear}\n  ...\n  (fc): Lin`;
    expect(notes(text)).toBe('Parts of the model are left out in the text (lines 3, 4).');
  });
  test('a summary without its last ruler', () => {
    const rule = '='.repeat(60);
    const table = [rule, 'Layer (type (var_name))    Param #', rule, 'Net (Net)                 --', '├─Conv2d (conv1)          80'];
    expect(notes(table.join('\n'))).toMatch(/left out/);
    expect(notes([...table, rule].join('\n'))).not.toMatch(/left out/);
  });
});

describe('T7a, T28e texts that tools have changed', () => {
  const model = `Net(\n  (fc): ${linear}\n)`;
  test.each([
    ['characters without width', model.replace('fc', 'f\u200bc').replace('Net', '\uFEFFN\u200bet')],
    ['blank lines in a line that a terminal broke', `Net(\n\n  (fc): Linear(in_features=8, out_features=8, bias=Tr\n\nue)\n\n)`],
    ['tags of a web page before the model', `Here:\n<pre>${model}</pre>\nNo more`],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual([' Net', fc]);
  });
  test.each([
    ['before its end', 'Net(\n  (p): ParameterDict(\n      (a): Parameter containing: [torch.FloatTensor of size 8x4 (cuda:0\n)]\n      (b): Parameter containing: [torch.float32 of size 8]\n  )\n)'],
    ['in the middle, at a space', 'Net(\n  (p): ParameterDict(\n      (a): Parameter containing: [torch.FloatTensor of\nsize 8x4]\n      (b): Parameter containing: [torch.float32 of size 8]\n  )\n)'],
  ])('a parameter of a dictionary that a terminal broke %s', (_title, text) => {
    expect(lines(text)).toEqual([' Net', 'p ParameterDict a[8,4] b[8]']);
    expect(notes(text)).not.toMatch(unread);
  });
});

describe('T6c lists that tools have changed', () => {
  const tree = [' ?', 'a ?', 'a.fc ? weight bias', 'head ? weight'];
  const list = ['a.fc.weight 64', 'a.fc.bias 8', 'head.weight 32'];
  test.each([
    ['the signs of a patch', `${list.map((line) => `+${line}`).join('\n')}\n+`],
    ['the signs of a patch behind a prefix', list.map((line) => `[rank0]: +${line}`).join('\n')],
    ['a prompt before the first line', `Out[3]: ${list.join('\n')}`],
    ['characters without width', list.join('\n').replace('head', 'he\u200bad')],
  ])('%s', (_title, text) => {
    expect(lines(text)).toEqual(tree);
  });
  test('a measure of the training among counts is no tensor', () => {
    const counts = Array.from({ length: 12 }, (_, at) => `a.${at}.weight ${at + 1}`).toSpliced(3, 0, 'loss: 0.5').join('\n');
    expect(lines(counts)[0]).toBe(' ?');
    expect(notes(counts)).toMatch(/1 line inside the model is not understood \(line 4\): “loss: 0\.5”/);
  });
  test('a message among classes is no module', () => {
    const classes = "a <class 'torch.nn.modules.container.Sequential'>\nWARNING: something\na.fc <class 'torch.nn.modules.linear.Linear'>";
    expect(lines(classes)).toEqual([' ?', 'a Sequential', 'a.fc Linear']);
  });
  test('a bar of progress is no row of a table, and wide parentheses are parentheses', () => {
    const table = '| module | #parameters or shape | #flops |\n|:--|:--|:--|\n| model | 0.1K | 96 |\n100%|██████████| 10/10 [00:01<00:00]\n|  a.weight | （8, 8） |  |';
    expect(lines(table)).toEqual([' ?', 'a ? weight[8,8]']);
  });
});
