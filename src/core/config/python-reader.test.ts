import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySource, arbitraryValue } from '../testing/arbitrary-config.ts';
import { evaluateInPython, hasPython } from '../testing/run-python.ts';
import { writeCompactJson } from './json-writer.ts';
import { readPython, type PythonReadError } from './python-reader.ts';
import { writePythonValue } from './python-writer.ts';
import { isConfigList, isConfigNumber, numberOf, type ConfigValue } from './value.ts';

const seed = 4107;

function wrapped(source: string): string {
  return `config_list = [{'op_names': ${source}}]`;
}

/** What `config_list = [{'op_names': <source>}]` holds, as JSON, or the reasons why it cannot be read. */
function read(source: string): string {
  const result = readPython(wrapped(source), (name) => (name === 'EM DASH' ? 0x2014 : null));
  if (!result.ok) return reasonsOf(result.error);
  const value = result.value.lists[0]?.list[0]?.entries[0]?.[1];
  return value === undefined ? 'nothing' : writeCompactJson(value);
}

function reasonsOf(error: PythonReadError): string {
  if (error.type === 'no-list') return 'no-list';
  return error.unread.flatMap(({ places }) => places.map(({ reason }) => reason)).join(' ');
}

describe('literals of Python', () => {
  it.each([
    ['None', 'null'],
    ['[True, False]', '[true,false]'],
    ['1', '1'],
    ['-1', '-1'],
    ['- 1.0', '-1.0'],
    ['--1', '1'],
    ['+1', '1'],
    ['-0', '0'],
    ['1_000', '1000'],
    ['0x1F', '31'],
    ['0o17', '15'],
    ['0b1_01', '5'],
    ['00', '0'],
    ['1.', '1.0'],
    ['.5', '0.5'],
    ['1e-3', '1e-3'],
    ['[1., 1.e5, 1.e-2, 1_0.e+1, -2., 3. ]', '[1.0,100000.0,0.01,100.0,-2.0,3.0]'],
    ["['1. ', \"2.'\", '''3.\n4.''']", '["1. ","2.\'","3.\\n4."]'],
    ['1_0.5', '10.5'],
    ['01.5', '1.5'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['0xffffffffffffffffffff', '1208925819614629174706175'],
    ['1e999', '1e999'],
    ["'a\\'b'", '"a\'b"'],
    ['"a\\n\\t\\\\"', '"a\\n\\t\\\\"'],
    ["'\\x41\\u00e9\\U0001F600\\101\\N{EM DASH}'", '"Aé😀A—"'],
    ["'\\d+'", '"\\\\d+"'],
    ["r'\\d+\\''", '"\\\\d+\\\\\'"'],
    ["R'a' \"b\" '''c'''", '"abc"'],
    ["u'x'", '"x"'],
    ["'''a\n\"b\"'''", '"a\\n\\"b\\""'],
    ["'a\\\nb'", '"ab"'],
    ["['a', # comment\n 'b',\n]", '["a","b"]'],
    ["('a', 'b')", '["a","b"]'],
    ["('a',)", '["a"]'],
    ['()', '[]'],
    ["('a')", '"a"'],
    ["('a'\n 'b')", '"ab"'],
    ["{'a': {'b': 1}, 'a': 2}", '{"a":2}'],
    ["dict(weight=dict(sparse_ratio=.5), bias={},)", '{"weight":{"sparse_ratio":0.5},"bias":{}}'],
    ['dict()', '{}'],
    ["['a'] + ['b', ] + []", '["a","b"]'],
    ["{'__proto__': 1}", '{"__proto__":1}'],
  ])('%s', (source, expected) => {
    expect(read(source)).toBe(expected);
  });

  it.each([
    ['names', 'name'],
    ['cfg.names', 'name'],
    ["names['a']", 'name'],
    ['get_names()', 'call'],
    ['dict(**more)', 'call'],
    ["dict([('a', 1)])", 'call'],
    ["[n for n in names]", 'comprehension'],
    ["{n: 1 for n in names}", 'comprehension'],
    ["'a' if x else 'b'", 'expression'],
    ['lambda: 1', 'expression'],
    ["not 'a'", 'expression'],
    ["-'a'", 'expression'],
    ["'a' + 'b'", 'expression'],
    ["['a'] * 2", 'expression'],
    ['...', 'expression'],
    ["[*names, 'a']", 'unpacking'],
    ["{**base, 'a': 1}", 'unpacking'],
    ["f'{x}'", 'f-string'],
    ["f'a' 'b'", 'f-string'],
    ["b'a'", 'bytes'],
    ["{'a', 'b'}", 'set'],
    ['{1: 2}', 'key'],
    ['{a: 2}', 'name'],
    ['3j', 'number'],
    ['012', 'number'],
    ['1__0', 'number'],
    ["'\\x4'", 'escape'],
    ["'\\U00110000'", 'escape'],
    ["'\\N{NO SUCH}'", 'escape'],
    ['[a, b(), *c]', 'name call unpacking'],
    ["['a' 1]", 'syntax'],
    ["['a',, 'b']", 'syntax'],
  ])('%s is not read: %s', (source, expected) => {
    expect(read(source)).toBe(expected);
  });
});

/** The lists of a source as `name@line:length`. */
function names(source: string): readonly string[] {
  const result = readPython(source);
  return result.ok ? result.value.lists.map(({ name, line, list }) => `${name}@${line}:${list.length}`) : [];
}

describe('finding config lists', () => {
  it.each<[string, string, readonly string[]]>([
    ['one', "config_list = [{'op_types': ['Linear']}]", ['config_list@1:1']],
    [
      'several, in functions and classes, annotated, of attributes',
      [
        'import torch',
        'def main():',
        "    a: List[dict] = [{'op_types': ['Linear']}, {'op_names': []}]",
        'class C:',
        "    def f(self):",
        "        self.b = [{'op_names_re': [r'x']}]",
        '',
        "if __name__ == '__main__':",
        '    main()',
      ].join('\n'),
      ['a@3:2', 'self.b@6:1'],
    ],
    ['chained', "a = b = [{'op_names': []}]", ['a@1:1', 'b@1:1']],
    ['paired', "c, d = [{'op_names': []}], 3", ['c@1:1']],
    ['one dict', "cfg = {'op_types': ['Linear'], 'sparse_ratio': 0.5}", ['cfg@1:1']],
    ['a list alone, as pasted', "[{'op_types': ['Linear']},\n {'op_names': ['a']}]", ['@1:2']],
    ['pasted with indentation', "    config_list = [{\n        'op_types': ['X'],\n    }]\n", ['config_list@1:1']],
    ['an empty one', 'config_list = []\nother = []', ['config_list@1:0']],
    ['after a broken line', "x = (1,\n\ndef f(:\n\nconfig_list = [{'op_names': []}]", ['config_list@5:1']],
    ['not lists of other things', "x = ['a']\ny = {'lr': 1}\nz = [{'lr': 1}]\nw = 'op_names'\n", []],
    ['a legacy one', "config_list = [{'op_types': ['Conv2d'], 'sparsity': 0.5}]", ['config_list@1:1']],
    ['as an argument', "P(model, [{'op_names': []}], [])", ['@1:1']],
    ['as a named argument', "P(model, config_list=[{'op_names': []}])", ['config_list@1:1']],
    ['as a result', "def f():\n    return [{'op_types': ['X']}]", ['@2:1']],
    ['behind a byte order mark', "\uFEFFconfig_list = [{'op_names': []}]", ['config_list@1:1']],
    ['in a notebook', "%pip install nni\n!ls\nconfig_list = [{'op_names': []}]", ['config_list@3:1']],
    ['with carriage returns', "config_list = [\r\n  {'op_types': ['Linear']},\r\n]\r\n", ['config_list@1:1']],
  ])('%s', (_, source, expected) => {
    expect(names(source)).toEqual(expected);
  });

  it('notes tuples, and lines that change a list further', () => {
    const source = [
      "config_list = [{'op_names': ('a',), 'fuse_names': [('a', 'b')]}] + [{'op_types': ('X',)}]",
      "config_list.append({'op_names': ['c']})",
      "config_list[0]['op_names'] = ['d']",
      "config_list += [{'op_names': ['e']}]",
      'print(config_list)',
      'other.append(1)',
    ].join('\n');
    expect(readPython(source)).toMatchObject({
      ok: true,
      value: {
        lists: [
          {
            name: 'config_list',
            tuples: [
              [0, 'op_names'],
              [0, 'fuse_names', 0],
              [1, 'op_types'],
            ],
            changedInLines: [2, 3, 4],
          },
        ],
        unread: [],
      },
    });
  });

  it('names what is no literal with its line, and still offers the others', () => {
    const source = [
      "good = [{'op_types': ['Linear']}]",
      'config_list = [',
      "    {'op_types': ['Linear'], 'sparse_ratio': ratio},",
      "    make('a'),",
      ']',
      'model = resnet18()',
    ].join('\n');
    const result = readPython(source);
    expect(result).toMatchObject({
      ok: true,
      value: { lists: [{ name: 'good' }], unread: [{ name: 'config_list', line: 2 }] },
    });
    const places = result.ok ? result.value.unread[0]?.places : [];
    expect(places?.map(({ line, column, source: text, message }) => [line, column, text, message])).toEqual([
      [3, 46, 'ratio', 'ratio is no name that is set once to a literal further up; write what it stands for.'],
      [4, 5, "make('a')", "make('a') is a call; only literals are read, so write what it gives."],
    ]);
  });

  it.each<[string, string, string]>([
    ['a number', 'RATIO = 0.5\nconfig_list = [{"op_names": ["a"], "sparse_ratio": RATIO}]', '[{"op_names":["a"],"sparse_ratio":0.5}]'],
    ['a list, typed', 'NAMES: list = ["a", "b"]\nconfig_list = [{"op_names": NAMES + ["c"]}]', '[{"op_names":["a","b","c"]}]'],
    ['names of names', 'A = "a"\nB = [A, A]\nconfig_list = [{"op_names": B}]', '[{"op_names":["a","a"]}]'],
    ['sub-configs', 'first = {"op_names": ["a"]}\nconfig_list = [first, {"op_types": ["b"]}]', '[{"op_names":["a"]},{"op_types":["b"]}]'],
    ['in a function', 'N = ["a"]\ndef f():\n    config_list = [{"op_names": N}]', '[{"op_names":["a"]}]'],
    ['another list', 'base = [{"op_names": ["a"]}]\nconfig_list = base', '[{"op_names":["a"]}]'],
  ])('reads a name set to a literal further up: %s', (_, source, expected) => {
    const result = readPython(source);
    const list = result.ok ? result.value.lists.at(-1)?.list : undefined;
    expect(list && writeCompactJson(list)).toBe(expected);
  });

  it.each<[string, string]>([
    ['set twice', 'N = ["a"]\nN = ["b"]'],
    ['set in a loop', 'for N in ["a"]:\n    pass'],
    ['set under a condition', 'if x:\n    N = ["a"]'],
    ['an argument too', 'N = ["a"]\ndef f(N): pass'],
    ['added to', 'N = ["a"]\nN += ["b"]'],
    ['changed in place', 'N = ["a"]\nN.append("b")'],
    ['set at an index', 'N = ["a"]\nN[0] = "b"'],
    ['taken apart', 'N, M = ["a"], ["b"]'],
    ['imported', 'from x import N'],
    ['deleted', 'N = ["a"]\ndel N'],
    ['walrus', '(N := ["a"])'],
    ['itself', 'N = [N]'],
  ])('does not guess at a name that is %s', (_, before) => {
    const result = readPython(`${before}\nconfig_list = [{"op_names": N}]`);
    expect(result.ok ? 'read' : reasonsOf(result.error)).toBe('name');
  });

  it('does not read a name that is set below', () => {
    const result = readPython('config_list = [{"op_names": N}]\nN = ["a"]');
    expect(result.ok ? 'read' : reasonsOf(result.error)).toBe('name');
  });

  it('lists the lists of which no other is made', () => {
    const result = readPython('a = {"op_names": ["a"]}\nb = {"op_names": ["b"]}\nconfig_list = [a]\nlast = [b, {"op_types": []}]');
    expect(result.ok && result.value.lists.map(({ name }) => name)).toEqual(['config_list', 'last']);
  });

  it('stops where names of names grow without bound', () => {
    const lines = ['a0 = ["x", "x", "x", "x"]'];
    for (let i = 1; i < 20; i++) lines.push(`a${i} = [${`a${i - 1}, `.repeat(10)}]`);
    const result = readPython(`${lines.join('\n')}\nconfig_list = [{"op_names": a19}]`);
    expect(result.ok ? 'read' : reasonsOf(result.error)).toBe('too-large');
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'no-list'],
    ['JSON words', "config_list = [{'op_names': [true]}]", 'name'],
    ['an open bracket', "config_list = [{'op_names': ['a']}", 'syntax'],
    ['an open string', "config_list = [{'op_names': ['a]}]", 'syntax'],
    ['a list that is loaded', 'config_list = json.load(file)', 'call'],
    ['a list that is built', 'config_list = [make(n) for n in names]', 'comprehension'],
    ['100,000 brackets', `config_list = ${'['.repeat(100_000)}`, 'syntax'],
    ['brackets too deep', `config_list = ${'['.repeat(300)}${']'.repeat(300)}`, 'too-deep'],
  ])('refuses %s', (_, source, expected) => {
    const result = readPython(source);
    expect(result.ok ? 'read' : reasonsOf(result.error)).toBe(expected);
  });

  it(`never throws, and names places inside the source (seed ${seed})`, () => {
    const sources = fc.oneof(
      arbitrarySource,
      arbitrarySource.map((source) => `config_list = [{'op_names': ${source}}]`),
      fc.string().map((source) => `config_list = ${source}`),
    );
    fc.assert(
      fc.property(sources, (source) => {
        const result = readPython(source);
        const found = result.ok ? result.value : result.error;
        const places = 'unread' in found ? found.unread.flatMap((each) => each.places) : [];
        expect(places.filter(({ offset, length }) => offset < 0 || offset + length > source.length)).toEqual([]);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('agreement with Python', () => {
  /** Literals in forms that people write, with what JSON they are here. */
  const literal: fc.Arbitrary<string> = fc.letrec<{ literal: string }>((tie) => ({
    literal: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('None', 'True', 'False', '0x1f', '-0b11', '0o7', '1_000', '1.', '.5', '-1e3', '00', '- 2'),
      fc.constantFrom("'\\d'", "r'\\d\\''", "'a' \"b\"", "'\\x41\\101\\u00e9'", "'''x\n'y'''", "R'\\\\'"),
      arbitraryValue.map((value) => writePythonValue(value)),
      fc.array(tie('literal'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.array(tie('literal'), { maxLength: 3 }).map((items) => `(${items.map((item) => `${item}, `).join('')})`),
      fc
        .array(tie('literal'), { maxLength: 3 })
        .map((items) => `{${items.map((item, i) => `'k${i % 2}': ${item}`).join(',')}}`),
    ),
  })).literal;

  it(`gives what ast.literal_eval gives (seed ${seed}, python3 ${hasPython ? 'present' : 'absent'})`, () => {
    const sources = fc.sample(literal, { seed, numRuns: 400 });
    const mine = sources.map((source) => readPython(wrapped(source)));
    expect(mine.filter((result) => !result.ok)).toEqual([]);
    const values = mine.map((result) => (result.ok ? result.value.lists[0]!.list[0]!.entries[0]![1] : null));
    const here = values.map((value) => ({ value: asPythonSays(value) }));
    const there = hasPython ? evaluateInPython(sources).map(withoutTuples) : here;
    expect(here).toEqual(there);
  });
});

/** A value in the form that the comparison has: strings as UTF-16 units, numbers as Python prints them. */
function asPythonSays(value: ConfigValue): unknown {
  if (typeof value === 'string') return { units: value.split('').map((unit) => unit.charCodeAt(0)) };
  if (isConfigList(value)) return value.map(asPythonSays);
  if (isConfigNumber(value)) return { type: value.type, number: numberOf(value) };
  if (value === null || typeof value === 'boolean') return value;
  return { type: 'object', entries: value.entries.map(([key, item]) => [key, asPythonSays(item)]) };
}

function withoutTuples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTuples);
  if (typeof value !== 'object' || value === null) return value;
  if ('tuple' in value) return withoutTuples(value.tuple);
  if ('text' in value && 'type' in value) {
    return { type: value.type, number: numberFromPython(String(value.text)) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutTuples(item)]));
}

function numberFromPython(text: string): number {
  return Number(text.replace('inf', 'Infinity'));
}
