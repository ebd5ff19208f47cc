import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import type { ReadingReport } from '../../module-tree/reading-report.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { lineTexts as texts } from '../../testing/line-texts.ts';
import { splitPrintedText } from '../printed/print-lines.ts';
import { readTree } from '../read-tree.ts';

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

/** Lines that may be between the lines of a text: words, code, numbers, parts of other texts, brackets. */
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
    let opened = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(lines.length), strangeLine), { minLength: 1, maxLength: 4 }), (added) => {
        const text = lines.flatMap((line, at) => [...added.filter(([place]) => place === at).map(([, strange]) => strange), line]);
        text.push(...added.filter(([place]) => place === lines.length).map(([, strange]) => strange));
        const tree = read(text);
        if (typeof tree === 'string') return;
        opened++;
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
    expect(opened).toBeGreaterThan(40);
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
