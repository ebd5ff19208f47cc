import { describe, expect, test } from 'vitest';
import { describeTree } from '../../testing/describe-tree.ts';
import { readText } from '../../testing/read-text.ts';
import { describeNote } from '../messages/note-wording.ts';

const linear = 'Linear(in_features=8, out_features=8, bias=True)';
const print = ['My_Net(', '  (stem_in): Sequential(', `    (0): ${linear}`, '    (1): ReLU()', '  )', `  (fc_out): ${linear}`, ')'];
const tree = [' My_Net', 'stem_in Sequential', 'stem_in.0 Linear weight[8,8] bias[8]', 'stem_in.1 ReLU', 'fc_out Linear weight[8,8] bias[8]'];

function linesOf(text: string): readonly string[] {
  const read = readText(text);
  return 'code' in read ? [read.code] : describeTree(read);
}
function notesOf(text: string): string {
  const read = readText(text);
  return 'code' in read ? read.code : read.notes.map(describeNote).join(' ');
}
const each = (change: (line: string, lead: string, at: number) => string): string =>
  print.map((line, at) => change(line.trimStart(), line.slice(0, line.length - line.trimStart().length), at)).join('\n');

describe('T7g texts that tools have changed are read as they were before', () => {
  test.each([
    ['comment signs before the line’s own text', each((line, lead) => `${lead}# ${line}`)],
    ['comment signs at different edges', each((line, lead, at) => `${at === 0 ? '' : '    '}# ${lead}${line}`)],
    ['list signs of Markdown', each((line, lead) => `${lead}- ${line}`)],
    ['each line as code', each((line, lead) => `\`${lead}${line}\``)],
    ['bold lines', each((line, lead, at) => (at === 5 ? `**${lead}${line}**` : lead + line))],
    ['underscores escaped for Markdown', print.join('\n').replaceAll('_', String.raw`\_`)],
    ['all signs escaped for Markdown', print.join('\n').replaceAll(/[_()[\]]/g, String.raw`\$&`)],
    ['wide parentheses and colons', print.join('\n').replaceAll('(', '（').replaceAll(')', '）').replaceAll(': ', '：')],
    ['colours whose escape sign is lost', print.join('\n').replaceAll(/\((\w+)\): /g, '([32m$1[0m): ')],
    ['carriage returns written out', each((line, lead) => `${lead}${line}^M`)],
    ['line breaks of a web page', each((line, lead) => `${lead.replaceAll(' ', '&nbsp;')}${line}<br>`)],
    ['line breaks of a web page in a quote', each((line, lead) => `> ${lead}${line}<br>`)],
    ['items of a web page', `<ul>${each((line) => `<li>${line}</li>`)}</ul>`],
    ['numbers on lines of their own', each((line, lead, at) => `${at + 1}\n${lead}${line}`)],
    ['quotes around real line ends', `"${print.join('\n')}"`],
    ['line ends written out', print.join(String.raw`\n`)],
    ['the lines of a notebook’s cell', each((line, lead) => `    "${lead}${line}\\n",`)],
    ['a list of lines', `[${each((line, lead) => `'${lead}${line}',`)}]`],
    ['keys written by hand', print.join('\n').replaceAll(/\((\w+)\): (\w+)\(/g, '( $1 ) : $2 (')],
    ['an arrow before a line', print.join('\n').replace('    (1)', '    --> (1)')],
  ])('%s', (_title, text) => {
    expect(linesOf(text)).toEqual(tree);
  });
  test.each([
    ['before their own prefix', print.flatMap((line) => [`[rank0]: ${line}`, `[rank1]: ${line}`]).join('\n')],
    ['without a prefix', print.flatMap((line) => [line, line]).join('\n')],
  ])('two processes that print line by line, %s: one is read, and a note says so', (_title, text) => {
    expect(linesOf(text)).toEqual(tree);
    expect(notesOf(text)).toMatch(/holds 2 printed models/);
  });
});

describe('T7h where line ends are not torch’s, parentheses alone decide, and a note says so', () => {
  test.each([
    ['parentheses on one line', print.join('\n').replace('\n  )', ')')],
    ['parentheses apart on one line', `${print.slice(0, -2).join('\n')}      )`],
    ['odd indentation', each((line, lead, at) => ' '.repeat((lead.length * 2 + at * 3) % 5) + line)],
    ['arguments on lines of their own', print.join('\n').replaceAll(', ', ',\n')],
  ])('%s', (_title, text) => {
    const cut = text.includes('fc_out') ? tree : tree.slice(0, -1);
    expect(linesOf(text)).toEqual(cut);
    expect(notesOf(text)).toMatch(/indentation|^$/);
  });
  test('a text between modules is never taken for a part of one', () => {
    const text = print.join('\n').replace('\n  )', ')').replace('    (1)', '    loss 0.5\n    (1)');
    expect(linesOf(text)).not.toEqual(tree);
  });
});

describe('T28f what shows that lines are missing is said', () => {
  const without = (...at: readonly number[]): string => print.filter((_, line) => !at.includes(line)).join('\n');
  test.each([
    ['a head and its parenthesis are lost', without(1, 4), /indentation of line 4 does not fit/],
    ['a head is lost: the model ends early', without(1), /indentation of line 2|end the model on line/],
    ['a parenthesis too many', `${print.join('\n')}\n)`, /end the model on line 7, but line 8/],
    ['the content of a block is lost', without(2, 3), /left out in the text \(line 3\)/],
    ['the parentheses behind a type are lost', print.join('\n').replace('ReLU()', 'ReLU'), /left out in the text \(line 4\)/],
    ['numbers that do not ascend', print.toSpliced(2, 2, print[3]!, print[2]!).join('\n'), /go from 1 to 0/],
    ['another output in a line', print.join('\n').replace('ReLU()', 'ReLU()Loading 3/10'), /1 line inside the model is not understood \(line 4\)/],
    ['a lost parenthesis of a key', print.join('\n').replace('(1):', '(1:'), /not understood \(line 4\)/],
    ['a lost parenthesis of a type', print.join('\n').replace('ReLU()', 'ReLU)'), /not understood \(line 4\)/],
    ['a run of what is no module', print.join('\n').replace('(1): ReLU()', '(1-11): 11 x same block'), /not understood \(line 4\)|left out/],
    ['a module behind a comment sign', print.join('\n').replace('    (1)', '    # (1)'), /not understood \(line 4\)/],
    ['words inside a container', print.join('\n').replace('    (1): ReLU()', '    (1) same as above'), /not understood \(line 4\)|left out/],
    ['words for the rest', print.join('\n').replace('    (1): ReLU()', '    and so on'), /left out in the text \(line 4\)/],
  ])('%s', (_title, text, note) => {
    expect(notesOf(text)).toMatch(note);
  });
  test('logs and bars of progress between lines are said, and ask nothing', () => {
    const logged = print.flatMap((line, at) => (at === 0 ? [line] : [`[INFO] step ${at}`, ' 10%|█    | 1/10 [00:01<00:02]', line])).join('\n');
    expect(linesOf(logged)).toEqual(tree);
    expect(notesOf(logged)).toMatch(/12 lines are not part of the model/);
  });
  test('a whole print says nothing', () => {
    expect(notesOf(print.join('\n'))).toBe('');
  });
});
