import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySource } from '../testing/arbitrary-config.ts';
import { readJson, readJsonValue } from './json-reader.ts';
import { emptyObject, getKey, isConfigObject, objectOf, type ConfigValue } from './value.ts';

const seed = 4101;

function documentOf(text: string) {
  const read = readJson(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('reading JSON', () => {
  it.each<[string, ConfigValue]>([
    ['1', { type: 'int', text: '1' }],
    ['1.0', { type: 'float', text: '1.0' }],
    ['1e-3', { type: 'float', text: '1e-3' }],
    ['-7', { type: 'int', text: '-7' }],
    ['1E5', { type: 'float', text: '1E5' }],
    ['123456789012345678901234567890', { type: 'int', text: '123456789012345678901234567890' }],
    [' [true, false, null] ', [true, false, null]],
    ['"\\u00e9\\n\\\\d+"', 'é\n\\d+'],
    ['{"b": 1, "a": {}}', objectOf([['b', { type: 'int', text: '1' }], ['a', emptyObject]])],
    ['{"__proto__": []}', { type: 'object', entries: [['__proto__', []]] }],
  ])('E1: keeps the form of %s', (text, expected) => {
    expect(readJsonValue(text)).toEqual({ ok: true, value: expected });
  });

  it('keeps the last of a repeated key, as Python does, and notes it', () => {
    const document = documentOf('[{"a": 1, "b": {"c": 2, "c": 3}, "a": 4}]');
    expect(document.value).toEqual([
      {
        type: 'object',
        entries: [
          ['a', { type: 'int', text: '4' }],
          ['b', { type: 'object', entries: [['c', { type: 'int', text: '3' }]] }],
        ],
      },
    ]);
    expect(document.repeatedKeys).toEqual([
      [0, 'b', 'c'],
      [0, 'a'],
    ]);
    expect(document.locate([0, 'a'])).toEqual({ offset: 38, length: 1 });
  });

  it('locates values and keys', () => {
    const text = '[{"op_names": ["fc1", "fc2"], "sparse_ratio": 0.5}]';
    const document = documentOf(text);
    const slice = (range: { offset: number; length: number } | null) =>
      range && text.slice(range.offset, range.offset + range.length);
    expect(slice(document.locate([0, 'op_names', 1]))).toBe('"fc2"');
    expect(slice(document.locate([0, 'sparse_ratio']))).toBe('0.5');
    expect(slice(document.locateKey([0, 'sparse_ratio']))).toBe('"sparse_ratio"');
    expect(slice(document.locate([]))).toBe(text);
    expect(document.locateKey([0, 'op_names', 1])).toBeNull();
    expect(document.locate([1])).toBeNull();
    expect(document.locate([0, 'op_names', 'x'])).toBeNull();
  });

  it.each<[number, (string | number)[]]>([
    [0, []],
    [1, [0]],
    [5, [0, 'op_names']],
    [16, [0, 'op_names', 0]],
    [24, [0, 'op_names', 1]],
    [32, [0, 'sparse_ratio']],
    [47, [0, 'sparse_ratio']],
  ])('finds the path at offset %i', (offset, expected) => {
    expect(documentOf('[{"op_names": ["fc1", "fc2"], "sparse_ratio": 0.5}]').pathAt(offset)).toEqual(expected);
  });
});

describe('refusing what is not JSON', () => {
  it.each<[text: string, message: RegExp, remedy: RegExp, line: number, column: number]>([
    ['', /empty/, /\[\]/, 1, 1],
    ['[{"a": True}]', /^True is Python/, /true/, 1, 8],
    ['[{"a": None}]', /^None is Python/, /null/, 1, 8],
    ['[NaN]', /NaN/, /number/, 1, 2],
    ['[-Infinity]', /Infinity/, /number/, 1, 2],
    ["[{'a': 1}]", /double quotes/, /"…"/, 1, 3],
    ['[{“a”: 1}]', /straight double quotes/, /typographic/, 1, 3],
    ['[{\n  "a": 1,\n}]', /comma/, /last comma/, 2, 9],
    ['[1,\n 2 ,\n]', /comma/, /last comma/, 2, 4],
    ['[{a: 1}]', /key .*double quotes/, /"a"/, 1, 3],
    ['[fc1]', /fc1 is no JSON value/, /double quotes/, 1, 2],
    ['[("a", "b")]', /tuples/, /\[…\]/, 1, 2],
    ['[1] # note', /comments/, /out/, 1, 5],
    ['// note\n[1]', /comments/, /out/, 1, 1],
    ['config_list = [1]', /config_list/, /double quotes/, 1, 1],
    ['[1 2]', /comma is missing/, /comma/, 1, 4],
    ['{"a" 1}', /colon is missing/, /colon/, 1, 6],
    ['{"a": 1', /not closed/, /}/, 1, 8],
    ['[1', /not closed/, /]/, 1, 3],
    ['[1]]', /more text/, /one list/, 1, 4],
    ['["a\n"]', /not closed on its line/, /double quote/, 1, 2],
    ['["\\d"]', /escape/, /\\\\/, 1, 2],
    ['["\\u12"]', /hex/, /\\u00e9/, 1, 2],
    ['["a\tb"]', /control character/, /\\t/, 1, 2],
    ['[.5]', /digit before/, /0\.5/, 1, 2],
    ['[1.]', /ends too early|no number/, /1\.0|0\.5/, 1, 2],
    ['[+1]', /plus/, /\+/, 1, 2],
    ['[01]', /no number/, /leading zeros/, 1, 3],
    ['[1_000]', /no number/, /underscores/, 1, 3],
    ['[-]', /minus/, /-1/, 1, 2],
    ['\uFEFF[1]', /byte order mark/, /UTF-8/, 1, 1],
    ['[\u00A01]', /no-break space/, /ordinary/, 1, 2],
    ['[r"a"]', /prefix/, /backslash/, 1, 2],
    ['[,1]', /value is expected/, /string/, 1, 2],
  ])('says what is wrong with %j', (text, message, remedy, line, column) => {
    const error = errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
    expect([error.line, error.column]).toEqual([line, column]);
    expect(error.offset + error.length).toBeLessThanOrEqual(text.length);
  });

  it.each([
    ['lists', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
    ['after stray closers', ']'.repeat(100_000) + '['.repeat(100_000)],
    ['after a comment with a quote', `/* " */${'['.repeat(100_000)}`],
  ])('refuses a depth bomb of %s', (_, text) => {
    expect(errorOf(text).message).toMatch(/nested deeper than 200/);
  });

  it('reads what is nested 200 deep', () => {
    expect(readJson('['.repeat(200) + ']'.repeat(200)).ok).toBe(true);
  });

  it(`never throws, agrees with JSON.parse on what is valid (seed ${seed})`, () => {
    const texts = fc.oneof(arbitrarySource, fc.json(), fc.json().map((text) => text.slice(0, -1)), fc.string());
    fc.assert(
      fc.property(texts, (text) => {
        const read = readJson(text);
        expect(read.ok).toBe(parses(text));
        expect(read.ok ? 0 : read.error.offset + read.error.length).toBeLessThanOrEqual(text.length);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

function errorOf(text: string) {
  const read = readJson(text);
  if (read.ok) throw new Error('read without an error');
  return read.error;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it('reads a key named like a method as an ordinary one', () => {
  const value = documentOf('{"toString": "x"}').value;
  expect(isConfigObject(value) && getKey(value, 'toString')).toBe('x');
});
