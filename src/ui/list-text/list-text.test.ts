import { describe, expect, test } from 'vitest';
import { exportedList } from '../../core/plan/export-list.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import { readListText } from '../../monaco/read-list-text.ts';
import { applyTextEdits } from '../../monaco/text-edit.ts';
import { createListText, discardText, followList, settle, typeText } from './list-text.ts';

function listOf(json: string, off: readonly number[] = []): readonly SubConfig[] {
  const read = readListText(json);
  if (!read.ok) throw new Error(read.error.message);
  return read.value.list.map((config, index) => ({
    id: `s${index + 1}`,
    label: '',
    color: index,
    enabled: !off.includes(index),
    config,
  }));
}

/** The plan's list after the text was put in force. */
function written(json: string, typed: ReturnType<typeof typeText>): readonly SubConfig[] {
  expect(typed.written).not.toBeNull();
  return listOf(json);
}

describe('the text of a list', () => {
  test('holds the sub-configs that are on, as the writer lays them out', () => {
    const list = listOf('[{"op_names": ["a"]}, {"op_names": ["b"]}]', [0]);
    expect(createListText(list)).toEqual({
      text: writeJson(exportedList(list)),
      list,
      problem: null,
      overtaken: false,
    });
    expect(createListText([]).text).toBe('[]');
  });

  test('E1: 0.5 typed as 0.50 is a new list, spaces are not', () => {
    const list = listOf('[{"sparse_ratio": 0.5}]');
    const state = createListText(list);
    expect(typeText(state, '[ {"sparse_ratio": 0.5}]', list)).toMatchObject({
      written: null,
      edits: [],
      state: { text: '[ {"sparse_ratio": 0.5}]', list, problem: null },
    });
    expect(typeText(state, '[{"sparse_ratio": 0.50}]', list).written).toEqual([
      { type: 'object', entries: [['sparse_ratio', { type: 'float', text: '0.50' }]] },
    ]);
  });

  test('stays as typed, and comes back as typed with undo', () => {
    const first = listOf('[{"sparse_ratio": 0.5}]');
    const typedFirst = typeText(createListText(first), '[ { "sparse_ratio":0.5 } ]', first);
    const text = '[ { "sparse_ratio":0.75 } ]';
    const typed = typeText(typedFirst.state, text, first);
    const second = written(text, typed);
    const settled = settle(typed.state, second);
    expect(settled).toEqual({ text, list: second, problem: null, overtaken: false });

    const undone = followList(settled, first);
    expect(undone).toEqual({
      state: { text: '[ { "sparse_ratio":0.5 } ]', list: first, problem: null, overtaken: false },
      edits: [{ offset: 21, length: 1, text: '' }],
    });
    expect(followList(undone.state, second).state.text).toBe(text);
  });

  test('follows a change made elsewhere without touching the rest', () => {
    const first = listOf('[{"op_names": ["a"], "sparse_ratio": 0.5}]');
    const state = typeText(createListText(first), '[{"op_names":["a"],"sparse_ratio":0.5}]', first).state;
    const { edits, state: followed } = followList(state, listOf('[{"op_names": ["a"], "sparse_ratio": 0.9}]'));
    expect(edits).toEqual([{ offset: 36, length: 1, text: '9' }]);
    expect(followed.text).toBe('[{"op_names":["a"],"sparse_ratio":0.9}]');
  });

  test('a broken text stays while the list changes; taken back, it follows', () => {
    const first = listOf('[{"sparse_ratio": 0.5}]');
    const second = listOf('[{"sparse_ratio": 0.9}]');
    const state = createListText(first);
    const brokenText = `${state.text},`;
    const broken = typeText(state, brokenText, first);
    expect(broken).toMatchObject({ written: null, state: { text: brokenText, list: first, overtaken: false } });
    expect(broken.state.problem?.type).toBe('syntax');

    const overtaken = followList(broken.state, second);
    expect(overtaken).toMatchObject({ edits: [], state: { text: brokenText, overtaken: true } });
    expect(followList(overtaken.state, first).state.overtaken).toBe(false);

    const back = typeText(overtaken.state, state.text, second);
    expect(back.written).toBeNull();
    expect(applyTextEdits(state.text, back.edits)).toBe(createListText(second).text);
    expect(back.state).toMatchObject({ list: second, problem: null, overtaken: false });
  });

  test('a broken text that becomes another list takes its place', () => {
    const first = listOf('[{"sparse_ratio": 0.5}]');
    const second = listOf('[{"sparse_ratio": 0.9}]');
    const broken = typeText(createListText(first), '[{"op_names": ["a"]},]', first);
    const overtaken = followList(broken.state, second);
    expect(typeText(overtaken.state, '[{"op_names": ["a"]}]', second)).toMatchObject({
      written: [{ type: 'object', entries: [['op_names', ['a']]] }],
      state: { problem: null, overtaken: false },
    });
  });

  test('a broken text given up makes way for the list in force, in the layout it had', () => {
    const first = listOf('[{"op_names": ["a"], "sparse_ratio": 0.5}]');
    const laidOut = '[{"op_names":["a"],"sparse_ratio":0.5}]';
    const state = typeText(createListText(first), laidOut, first).state;
    const broken = typeText(state, laidOut.replace('0.5', '0.'), first).state;
    expect(discardText(broken, first).state.text).toBe(laidOut);
    const second = listOf('[{"op_names": ["a"], "sparse_ratio": 0.9}]');
    const discarded = discardText(followList(broken, second).state, second);
    expect(discarded.state.text).toBe(laidOut.replace('0.5', '0.9'));
    expect(applyTextEdits(broken.text, discarded.edits)).toBe(discarded.state.text);
  });

  test('a label, a colour or a sub-config that is off changes no text', () => {
    const first = listOf('[{"op_names": ["a"]}, {"op_names": ["b"]}]', [1]);
    const state = createListText(first);
    const second = first.map((subConfig) => ({ ...subConfig, label: 'renamed', color: 5 }));
    expect(followList(state, second)).toMatchObject({ edits: [], state: { text: state.text, list: second } });
  });
});
