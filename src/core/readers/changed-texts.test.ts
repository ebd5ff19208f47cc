import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { describeTree } from '../testing/describe-tree.ts';
import { fuzzRuns } from '../testing/fuzz-runs.ts';
import { lineTexts } from '../testing/line-texts.ts';
import { readText } from '../testing/read-text.ts';
import { describeNote } from './messages/note-wording.ts';

type Change = (text: string) => string;

const eachLine = (change: (line: string, at: number) => string): Change => (text) =>
  text.split(/(\r\n|\n|\r)/).map((part, at) => (at % 2 === 0 ? change(part, at / 2) : part)).join('');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;');
const wrapped = (line: string, width: number): readonly string[] => (line.length <= width ? [line] : [line.slice(0, width), ...wrapped(line.slice(width), width)]);
const other = 'Small(\n  (one): Linear(in_features=2, out_features=3, bias=True)\n  (two): ReLU()\n)\n';

/** What editors, terminals, mails and web pages do to a text. */
const inner: Readonly<Record<string, Change>> = {
  'nothing': (text) => text,
  'line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'line ends of old Macs': (text) => text.replaceAll('\n', '\r'),
  'tabs': eachLine((line) => line.replace(/^(?: {4})+/, (spaces) => '\t'.repeat(spaces.length / 4))),
  'wide spaces': eachLine((line) => line.replace(/^ +/, (spaces) => '\u3000'.repeat(spaces.length))),
  'spaces that do not break': (text) => text.replaceAll(' ', '\u00a0'),
  'characters without width': eachLine((line, at) => (at % 2 === 0 ? `${line.slice(0, 5)}\u200b${line.slice(5)}` : line)),
  'colours': eachLine((line) => line.replace(/\(([^()]+)\): (\w+)/, '(\u001b[32m$1\u001b[0m): \u001b[1;34m$2\u001b[0m')),
  'spaces at the ends': eachLine((line) => `${line}  `),
  'every other line blank': (text) => text.replaceAll('\n', '\n\n'),
  'deeper': eachLine((line) => `    ${line}`),
  'broken at 80 columns': (text) => text.split('\n').flatMap((line) => wrapped(line, 80)).join('\n'),
  'two lines joined': (text) => text.replace(/\n *(?=\S[^\n]*\n[^\n]*$)/, ' '),
  'all lines joined': (text) => text.replaceAll(/\n\s*/g, ' '),
  'dots for a line': (text) => text.split('\n').map((line, at, all) => (at === all.length - 2 ? '...' : line)).join('\n'),
  'another model before': (text) => `${other}\n${text}`,
  'another model after': (text) => `${text}\n${other}`,
  'a bar of progress': (text) => text.replace('\n', '\n100%|██████████| 10/10 [00:01<00:00]\n'),
};
const outer: Readonly<Record<string, Change>> = {
  'as it is': (text) => text,
  'in a quote': eachLine((line) => `> ${line}`),
  'in a comment': eachLine((line) => `# ${line}`),
  'in a patch': eachLine((line) => `+${line}`),
  'with line numbers': eachLine((line, at) => `${String(at + 1).padStart(3)} ${line}`),
  'with line numbers and bars': eachLine((line, at) => `${String(at + 1).padStart(3)} | ${line}`),
  'in a log': eachLine((line) => (line.trim() === '' ? line : `2024-01-02 10:00:00,123 - INFO - ${line}`)),
  'of one of several processes': eachLine((line) => `[rank0]: ${line}`),
  'behind a prompt': (text) => `>>> print(model)\n${text}\n>>> `,
  'in a fence': (text) => `Here it is:\n\n\`\`\`\n${text}\n\`\`\`\n\nWhy?`,
  'in a web page': (text) => `<pre>${escaped(text)}</pre>`,
  'escaped for a web page': escaped,
  'as a text in JSON': (text) => JSON.stringify(text),
};

const notesOf = (tree: ModuleTree): readonly string[] => tree.notes.map(describeNote);

test.each(Object.entries(lineTexts))('T28a, T28e %s, changed on its way, gives the same tree, an error, or a note (seed 30, 700 runs)', (_kind, lines) => {
  const plain = readText(lines.join('\n'));
  if ('code' in plain) throw new Error(plain.code);
  const [tree, known] = [describeTree(plain), notesOf(plain)];
  let same = 0;
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(inner)), fc.constantFrom(...Object.keys(outer)), (first, second) => {
      const read = readText(outer[second]!(inner[first]!(lines.join('\n'))));
      if ('code' in read) return;
      const found = describeTree(read);
      const isSame = found.join('\n') === tree.join('\n');
      if (isSame) same++;
      const isTold = notesOf(read).some((note) => !known.includes(note));
      expect(isSame || isTold ? [] : [first, second, found]).toEqual([]);
    }),
    fuzzRuns(30, 700),
  );
  expect(same).toBeGreaterThan(100);
});
