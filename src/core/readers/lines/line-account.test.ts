import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import type { ReadingReport } from '../../module-tree/reading-report.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { splitPrintedText } from '../printed/print-lines.ts';
import { readTree } from '../read-tree.ts';

const linear = 'Linear(in_features=8, out_features=8, bias=True)';
const rule = '='.repeat(40);

/** Texts of every kind that is read line by line, and the line of each module but the root. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'a printed model': ['Net(', '  (stem): Stem(', `    (fc): ${linear}`, '    (act): ReLU()', '  )', '  (body): ModuleList(', `    (0-1): 2 x ${linear}`, '  )', `  (head): ${linear}`, ')'],
  'a printed model in a log': ['Net(', `  (fc): ${linear}`, '  (seq): Sequential(', '    (0): ReLU()', '  )', ')'].map((line, at) => `2024-01-02 10:00:0${at} INFO ${line}`),
  'parameters, one a line': ['stem.fc.weight torch.Size([8, 8])', 'stem.fc.bias torch.Size([8])', 'head.weight torch.Size([4, 8])', 'head.bias torch.Size([4])'],
  'modules, one a line': ['stem Stem', 'stem.fc Linear', 'stem.act ReLU', 'head Linear'],
  'modules, one a line, with numbers and labels': ['0: Name: stem, Type: Stem', '1: Name: stem.fc, Type: Linear', '2: Name: stem.act, Type: ReLU', '3: Name: head, Type: Linear'],
  'JSON, one object a line': ['{"name": "stem", "type": "Stem"}', '{"name": "stem.fc", "type": "Linear"}', '{"name": "head", "type": "Linear"}', '{"name": "tail", "type": "ReLU"}'],
  'a drawing': ['Net', '├── stem: Stem', '│   ├── fc: Linear', '│   └── act: ReLU', '└── head: Linear'],
  'children, one after the other': [`stem ${linear}`, 'act ReLU()', 'body Sequential(', `  (0): ${linear}`, '  (1): ReLU()', ')', `head ${linear}`],
  'an error of load_state_dict': ['Error(s) in loading state_dict for Net:', 'Missing key(s) in state_dict: "stem.fc.weight", "head.weight".', 'size mismatch for tail.weight: copying a param with shape torch.Size([8]) from checkpoint, the shape in current model is torch.Size([4]).'],
  'a graph': ['graph():', '    %x : [num_users=1] = placeholder[target=x]', '    %stem : [num_users=1] = call_module[target=stem](args = (%x,), kwargs = {})', '    %head : [num_users=1] = call_module[target=head](args = (%stem,), kwargs = {})', '    return head'],
  'a table of counts': ['| Modules | Parameters |', '|---|---|', '| stem.fc.weight | 64 |', '| stem.fc.bias | 8 |', '| head.weight | 32 |'],
  'a table with bars': ['| Name | Type | Params |', '|---|---|---|', '| stem | Stem | 9 |', '| stem.fc | Linear | 9 |', '| head | Linear | 9 |'],
  'a table of fvcore': ['| module | #parameters or shape | #flops |', '|:---|:---|:---|', '| model | 9 | 9 |', '|  stem | 9 | 9 |', '|   stem.weight | (8, 8) | |', '|  head | 9 | 9 |', '|   head.weight | (4, 8) | |'],
  'a summary': [rule, 'Layer (type (var_name))       Output Shape     Param #', rule, 'Net (Net)         [1, 4]    --', '├─Stem (stem)     [1, 8]    --', '│    └─Linear (fc)    [1, 8]    72', '├─Linear (head)   [1, 4]    36', rule],
};

function read(lines: readonly string[]): ModuleTree | string {
  const result = readTree({ name: 'text.txt', bytes: new TextEncoder().encode(lines.join('\n')) }, { limits: { maxUnreadLines: 1_000_000 } });
  return result.ok ? result.value : result.error.code;
}

function reportOf(tree: ModuleTree): ReadingReport | null {
  const note = tree.notes.find(({ type }) => type === 'reading');
  return note?.type === 'reading' ? note.report : null;
}

function namesOf(tree: ModuleTree): readonly string[] {
  return Array.from({ length: tree.size }, (_, row) => moduleName(tree, row));
}

/** Lines that may stand between the lines of a text: words, code, numbers, parts of other texts, brackets. */
const strangeLine = fc.oneof(
  fc.constantFrom(
    'Epoch 1/10', 'loss: 0.31', 'what is this', '})', '] done', 'Traceback (most recent call last):', '  File "a.py", line 3', 'x = model(y)', '# a remark', '...',
    '---', 'WARNING: (odd)', '(', 'Downloading: 100%|████| 1/1', 'name', '12', 'None', '  indented words', '<- here', '(a): ', 'foo.bar baz qux', '| a | b |', '└─', 'Linear', 'total 3',
  ),
  fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/[\r\n\u001b]/.test(text)),
);

describe('T28a no reader drops a line that it does not report', () => {
  test.each(Object.entries(texts))('strange lines in %s (seed 28)', (_kind, lines) => {
    const plain = read(lines);
    if (typeof plain === 'string') throw new Error(plain);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(lines.length), strangeLine), { minLength: 1, maxLength: 4 }), (added) => {
        const text = lines.flatMap((line, at) => [...added.filter(([place]) => place === at).map(([, strange]) => strange), line]);
        text.push(...added.filter(([place]) => place === lines.length).map(([, strange]) => strange));
        const tree = read(text);
        if (typeof tree === 'string') return;
        const report = reportOf(tree);
        const lineCount = splitPrintedText(text.join('\n')).length;
        const counted = report === null ? lineCount : report.understood + report.decoration.count + report.gaps.count + report.beside.count + report.unread.count;
        // A module that the plain text has is there, or the report says that something is not.
        const isTold = report !== null && (report.isFragment || report.unread.count + report.gaps.count + report.beside.count > 0);
        const missing = isTold ? [] : namesOf(plain).filter((name) => !namesOf(tree).includes(name));
        expect({ counted, missing, text }).toEqual({ counted: lineCount, missing: [], text });
      }),
      fuzzRuns(28, 400),
    );
  });

  test.each(Object.entries(texts))('lines left out of %s (seed 29)', (_kind, lines) => {
    const plain = read(lines);
    if (typeof plain === 'string') throw new Error(plain);
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.constantFrom('...', '… 3 more lines', '# (12 lines skipped)'), (at, gap) => {
        const tree = read(lines.with(at, gap));
        if (typeof tree === 'string') return;
        const missing = namesOf(plain).filter((name) => !namesOf(tree).includes(name));
        const report = reportOf(tree);
        expect(missing.length === 0 || (report !== null && report.gaps.count + report.unread.count > 0)).toBe(true);
      }),
      fuzzRuns(29, 60),
    );
  });
});
