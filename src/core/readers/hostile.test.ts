import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { hostileFiles } from '../testing/hostile-files.ts';
import { describeFormat, describeLack } from './messages/lack-wording.ts';
import { describeNote } from './messages/note-wording.ts';
import { limitToRaise, readCeilings, type ReadError } from './messages/read-error.ts';
import { describeReadError } from './messages/read-error-wording.ts';
import { readTree } from './read-tree.ts';

const rows: string[] = [];

/** A cell of the table: line ends and bars would break it, control characters would not be seen. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/g, ' ');
}

function describeOpened(tree: ModuleTree): readonly string[] {
  const notes = tree.notes.map(describeNote);
  return ['opens', `${tree.size} modules`, notes.join(' ')];
}

function describeRefused(error: ReadError): readonly string[] {
  const { title, place, remedy } = describeReadError(error);
  return [title, place, remedy];
}

describe('T18 broken and hostile files', () => {
  test('there are at least 60, each called differently', () => {
    expect(new Set(hostileFiles.map(({ title }) => title)).size).toBe(hostileFiles.length);
    expect(hostileFiles.length).toBeGreaterThanOrEqual(60);
  });

  test.each(hostileFiles)('$title', ({ title, make, expected, limits }) => {
    const result = readTree({ name: 'model.bin', bytes: make() }, { limits: limits ?? {} });
    expect(result.ok ? 'opens' : result.error.code).toBe(expected);
    const cells = result.ok ? describeOpened(result.value) : describeRefused(result.error);
    // Every message names the file or the thing, and the next step.
    expect(cells.join(' ')).not.toMatch(/undefined|\[object/);
    expect(cells.join(' ').length).toBeGreaterThan(15);
    rows.push(`| ${[title, ...cells].map(cell).join(' | ')} |`);
  });

  test('their messages stand in a table to be read', async () => {
    const table = [
      '# Messages about broken files',
      '',
      '| File | What is wrong | Where | What to do |',
      '|---|---|---|---|',
      ...rows,
      '',
    ];
    await expect(table.join('\n')).toMatchFileSnapshot('hostile-messages.md');
  });
});

describe('T14 limits have a way past', () => {
  const deep = `[{"name":"","type":"N"},{"name":"a${'.a'.repeat(1500)}","type":"A"}]`;
  const wide = JSON.stringify(Array.from({ length: 50 }, (_, module) => [`m${module}`, 'Linear']));
  test.each([
    ['maxDepth', deep, { maxDepth: 1000 }, { maxDepth: 2000 }],
    ['maxModules', wide, { maxModules: 50 }, { maxModules: 51 }],
    ['maxNameUnits', wide, { maxNameUnits: 100 }, { maxNameUnits: 1000 }],
    ['maxBytes', wide, { maxBytes: 500 }, { maxBytes: 5000 }],
  ])('%s', (limit, text, low, high) => {
    const input = { name: 'x', bytes: new TextEncoder().encode(text) };
    const refused = readTree(input, { limits: low });
    expect(refused.ok ? 'opens' : limitToRaise(refused.error)).toBe(limit);
    expect(readTree(input, { limits: high }).ok).toBe(true);
  });
  test('at the ceiling there is none', () => {
    const error: ReadError = { code: 'too-deep', values: { limit: readCeilings.maxDepth, name: 'a.b', place: 'entry 7' } };
    expect([limitToRaise(error), describeReadError(error).remedy]).toEqual([
      null,
      'Espalier cannot hold more than this: save a smaller part of the model.',
    ]);
  });
});

test('T14 every lack, format and note has words', () => {
  const lacks = [
    'types', 'shapes', 'dtypes', 'parameters', 'modules-without-parameters', 'sharing', 'forward', 'module-names',
  ] as const;
  for (const lack of lacks) expect(describeLack(lack).remedy).toMatch(/^(?:Drop|Paste|Save) .*\.$/);
  expect(describeFormat('merged')).toBe('several files');
  expect([
    describeNote({ type: 'implied-parents', count: 2, first: 'a.b' }),
    describeNote({ type: 'implied-parents', count: 1, first: '' }),
    describeNote({ type: 'earlier-version', text: 'x', isChoice: false }),
  ]).toEqual([
    'The list leaves out 2 parents, “a.b” first: they are shown with unknown types.',
    'The list leaves out the root: it is shown with an unknown type.',
    'x',
  ]);
});
