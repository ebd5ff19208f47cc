import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { hostileFiles } from '../testing/hostile-files.ts';
import type { ReadError } from './read-error.ts';
import { describeReadError } from './read-error-wording.ts';
import { readTree } from './read-tree.ts';

const rows: string[] = [];

/** A cell of the table: line ends and bars would break it, control characters would not be seen. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/g, ' ');
}

function describeOpened(tree: ModuleTree): readonly string[] {
  const notes = tree.notes.map((note) => (note.type === 'text' ? note.text : note.type));
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
    // Every message names the file or the thing, and says what to do.
    expect(cells.join(' ')).not.toMatch(/undefined|\[object/);
    expect(cells.join(' ').length).toBeGreaterThan(15);
    rows.push(`| ${[title, ...cells].map(cell).join(' | ')} |`);
  });

  test('their messages stand in a table to be read', async () => {
    const table = ['# What broken files are told', '', '| File | What is wrong | Where | What to do |', '|---|---|---|---|', ...rows, ''];
    await expect(table.join('\n')).toMatchFileSnapshot('hostile-messages.md');
  });
});
