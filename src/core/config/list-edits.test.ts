import { describe, expect, it } from 'vitest';
import type { ListEdit } from './list-edits.ts';
import { readJsonValue } from './json-reader.ts';
import { writeCompactJson } from './json-writer.ts';
import { applyListEdits, getAt, removeAt, setAt } from './list-edits.ts';
import { floatOf, isConfigList, isConfigObject } from './value.ts';
import type { ConfigObject, ConfigValue, KeyPath } from './value.ts';

function valueOf(text: string): ConfigValue {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

function listOf(text: string): readonly ConfigObject[] {
  const value = valueOf(text);
  if (!isConfigList(value)) throw new Error('no list');
  return value.filter(isConfigObject);
}

const list = listOf('[{"op_names":["a","b"],"sparse_ratio":1},{"op_types":["Linear"]}]');

describe('editing a list', () => {
  it.each<[string, readonly ListEdit[], string]>([
    [
      'sets a value in its place',
      [{ type: 'set', path: [0, 'sparse_ratio'], value: floatOf(1) }],
      '[{"op_names":["a","b"],"sparse_ratio":1.0},{"op_types":["Linear"]}]',
    ],
    [
      'makes the objects on the way',
      [{ type: 'set', path: [1, 'align', 'module_name'], value: null }],
      '[{"op_names":["a","b"],"sparse_ratio":1},{"op_types":["Linear"],"align":{"module_name":null}}]',
    ],
    [
      'appends to a list and makes the list',
      [
        { type: 'set', path: [0, 'op_names', 2], value: 'c' },
        { type: 'set', path: [1, 'target_names', 0], value: 'weight' },
      ],
      '[{"op_names":["a","b","c"],"sparse_ratio":1},{"op_types":["Linear"],"target_names":["weight"]}]',
    ],
    [
      'appends a sub-config',
      [{ type: 'set', path: [2, 'op_names'], value: [] }],
      '[{"op_names":["a","b"],"sparse_ratio":1},{"op_types":["Linear"]},{"op_names":[]}]',
    ],
    [
      'removes a key',
      [{ type: 'remove', path: [0, 'sparse_ratio'] }],
      '[{"op_names":["a","b"]},{"op_types":["Linear"]}]',
    ],
    [
      'removes an item',
      [{ type: 'remove', path: [0, 'op_names', 0] }],
      '[{"op_names":["b"],"sparse_ratio":1},{"op_types":["Linear"]}]',
    ],
    ['removes a sub-config', [{ type: 'remove', path: [0] }], '[{"op_types":["Linear"]}]'],
    [
      'moves a sub-config, then edits it where it is',
      [
        { type: 'move', from: 1, to: 0 },
        { type: 'set', path: [0, 'op_types', 0], value: 'Conv2d' },
      ],
      '[{"op_types":["Conv2d"]},{"op_names":["a","b"],"sparse_ratio":1}]',
    ],
  ])('%s', (_, edits, expected) => {
    const before = writeCompactJson(list);
    const result = applyListEdits(list, edits);
    expect(result.ok && writeCompactJson(result.value)).toBe(expected);
    expect(writeCompactJson(list)).toBe(before);
  });

  it.each<[string, ListEdit]>([
    ['a place that is not there', { type: 'remove', path: [0, 'granularity'] }],
    ['an item past the end', { type: 'set', path: [0, 'op_names', 4], value: 'c' }],
    ['a key of a list', { type: 'set', path: [0, 'op_names', 'x'], value: 'c' }],
    ['a key of a number', { type: 'set', path: [0, 'sparse_ratio', 'x'], value: 'c' }],
    ['a fractional index', { type: 'set', path: [0.5, 'op_names'], value: [] }],
    ['a sub-config past the end', { type: 'move', from: 2, to: 0 }],
    ['a move to nowhere', { type: 'move', from: 0, to: 2 }],
    ['what would make a sub-config no object', { type: 'set', path: [0], value: 'x' }],
    ['what would take the whole list away', { type: 'remove', path: [] }],
  ])('refuses %s and names the edit', (_, edit) => {
    const result = applyListEdits(list, [{ type: 'remove', path: [0, 'op_names', 0] }, edit]);
    expect(result).toEqual({ ok: false, error: { edit, message: expect.stringContaining('does not fit') } });
  });
});

describe('places inside a value', () => {
  it.each<[KeyPath, string | undefined]>([
    [[], '[{"op_names":["a","b"],"sparse_ratio":1},{"op_types":["Linear"]}]'],
    [[0, 'op_names', 1], '"b"'],
    [[0, 'op_names', 2], undefined],
    [[0, 'toString'], undefined],
    [['length'], undefined],
  ])('gets %j', (path, expected) => {
    const value = getAt(list, path);
    expect(value === undefined ? undefined : writeCompactJson(value)).toBe(expected);
  });

  it('sets and removes keys that JavaScript treats specially', () => {
    const set = setAt(valueOf('{}'), ['__proto__', 'a'], true);
    expect(set !== undefined && writeCompactJson(set)).toBe('{"__proto__":{"a":true}}');
    expect(removeAt(set ?? null, ['__proto__'])).toEqual({ type: 'object', entries: [] });
  });
});
