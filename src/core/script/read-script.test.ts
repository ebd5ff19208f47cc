import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { writePythonValue } from '../config/python-writer.ts';
import { isConfigList, isConfigNumber, numberOf, type ConfigValue } from '../config/value.ts';
import { arbitrarySource, arbitraryValue } from '../testing/arbitrary-config.ts';
import { readTree } from '../readers/read-tree.ts';
import { evaluateInPython, hasPython } from '../testing/run-python.ts';
import { readScript, type ScriptOptions } from './read-script.ts';

const seed = 4107;

function wrapped(source: string): string {
  return `config_list = [{'op_names': ${source}}]`;
}

/** The value of `<source>` in `config_list = [{'op_names': <source>}]` as JSON, or the open parts and the reason. */
function read(source: string): string {
  return listIn(wrapped(source), { findCharacter: (name) => (name === 'EM DASH' ? 0x2014 : null) }, (value) => value);
}

function listIn(source: string, options: ScriptOptions = {}, part?: (value: ConfigValue) => ConfigValue): string {
  const result = readScript(source, options);
  if (!result.ok) return result.error.type;
  const { holes, misfits, list } = result.value.lists.at(-1)!;
  if (holes.length > 0) return holes.map(({ root }) => `${root.key} ${root.reason}`).join(', ');
  if (misfits.length > 0) return misfits.map(({ kind }) => kind).join(', ');
  return writeCompactJson(part ? part(list[0]?.entries[0]?.[1] ?? null) : list);
}

describe('E5a literals of Python', () => {
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
    ['names', 'names name'],
    ['cfg.names', 'cfg.names part'],
    ["names['a']", "names['a'] part"],
    ['get_names()', 'get_names() call'],
    ["f'{x}'", 'x name'],
    ["x + ['a']", 'x name'],
    ['[a, b(), 1]', 'a name, b() call'],
    ['1 if x else 2', 'x name'],
    ["list({'a', 'b'})", "list({'a', 'b'}) set-order"],
    ["{'a': 1}['b']", 'config_list raises'],
    ["b'a'", "b'a' unsupported"],
    ["{'a', 'b'}", 'set'],
    ['{1: 2}', 'key'],
    ['3j', '3j unsupported'],
    ["'\\x4'", "'\\x4' syntax"],
    ["'\\N{NO SUCH}'", "'\\N{NO SUCH}' syntax"],
    ['lambda: 1', 'object'],
    ['...', '... unsupported'],
  ])('%s is left open: %s', (source, expected) => {
    expect(read(source)).toBe(expected);
  });
});

/** The lists of a source as `name@line:length`. */
function names(source: string): readonly string[] {
  const result = readScript(source);
  return result.ok ? result.value.lists.map(({ name, line, list }) => `${name}@${line}:${list.length}`) : [];
}

describe('E5a finding config lists', () => {
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
    ['chained', "a = b = [{'op_names': []}]", ['a@1:1']],
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

  it('follows what changes a list further, and notes tuples', () => {
    const source = [
      "config_list = [{'op_names': ('a',), 'fuse_names': [('a', 'b')]}] + [{'op_types': ('X',)}]",
      "config_list.append({'op_names': ['c']})",
      "config_list[0]['op_names'] = ['d']",
      "config_list += [{'op_names': ['e']}]",
      'print(config_list)',
    ].join('\n');
    const result = readScript(source);
    expect(result.ok && result.value.lists.map(({ tuples, lines, list }) => [tuples, lines, writeCompactJson(list)])).toEqual([
      [
        [
          [0, 'fuse_names', 0],
          [1, 'op_types'],
        ],
        [1, 1, 2, 4],
        '[{"op_names":["d"],"fuse_names":[["a","b"]]},{"op_types":["X"]},{"op_names":["c"]},{"op_names":["e"]}]',
      ],
    ]);
  });

  it.each<[string, string, string]>([
    ['set twice', 'N = ["a"]\nN = ["b"]', '["b"]'],
    ['set in a loop', 'for N in ["a", "b"]:\n    pass', '"b"'],
    ['set under a condition', 'if x:\n    N = ["a"]', 'x name'],
    ['set the same way in both branches', 'N = ["a"]\nif x:\n    pass', '["a"]'],
    ['a parameter elsewhere', 'N = ["a"]\ndef f(N): pass', '["a"]'],
    ['added to', 'N = ["a"]\nN += ["b"]', '["a","b"]'],
    ['changed in place', 'N = ["a"]\nN.append("b")', '["a","b"]'],
    ['perhaps changed in place', 'N = ["a"]\nif args.more: N.append("b")', 'args.more part'],
    ['changed by something unknown', 'N = ["a"]\nN.extend(more())', 'more() call'],
    ['imported', 'from x import N', 'N name'],
    ['deleted', 'N = ["a"]\ndel N', 'N name'],
    ['set by `:=`', '(N := ["a"])', '["a"]'],
    ['itself', 'N = [N]', 'N name'],
    ['set after a loop that is not decided', 'N = []\nfor n in files: N.append(n)', 'files name'],
    ['returned early, perhaps', 'def f():\n    if x: return ["a"]\n    return ["b"]\nN = f()', 'x name'],
    ['guarded by an exception', 'N = ["a"]\nif not x: raise ValueError()', '["a"]'],
    ['of an unfinished loop', 'N = []\nwhile True: N.append(1)', 'too-large'],
  ])('a name that is %s', (_, before, expected) => {
    expect(listIn(`${before}\nconfig_list = [{"op_names": N}]`, {}, (value) => value)).toBe(expected);
  });

  it('a name that is set below is not decided', () => {
    expect(listIn('config_list = [{"op_names": N}]\nN = ["a"]')).toBe('N name');
  });

  it('lists the lists of which no other is made', () => {
    const result = readScript('a = {"op_names": ["a"]}\nb = {"op_names": ["b"]}\nconfig_list = [a]\nlast = [b, {"op_types": []}]');
    expect(result.ok && result.value.lists.map(({ name }) => name)).toEqual(['config_list', 'last']);
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'no-list'],
    ['JSON words', "config_list = [{'op_names': [true]}]", 'true name'],
    ['a list that is loaded', 'config_list = json.load(file)', 'json.load(file) call'],
    ['a list that is built from something unknown', 'config_list = [make(n) for n in names]', 'names name'],
  ])('%s', (_, source, expected) => {
    expect(listIn(source)).toBe(expected);
  });

  it.each(['[', '(', '{', '-', 'not ', 'x(', '[x for x in '])('a hundred thousand times %s is no fault', (piece) => {
    expect(typeof listIn(`config_list = [{"op_names": ${piece.repeat(100_000)}`)).toBe('string');
  });

  it(`never throws, and names places inside the source (seed ${seed})`, () => {
    const sources = fc.oneof(
      arbitrarySource,
      arbitrarySource.map((source) => `config_list = [{'op_names': ${source}}]`),
      arbitrarySource.map((source) => `def f(a, *b, c=1):\n  for x in a:\n    ${source}\nconfig_list = f(1)`),
      fc.string().map((source) => `config_list = ${source}`),
    );
    fc.assert(
      fc.property(sources, (source) => {
        const result = readScript(source);
        const roots = result.ok ? result.value.lists.flatMap(({ holes }) => holes.map(({ root }) => root)) : [];
        expect(roots.filter(({ from, to }) => from < 0 || to > source.length)).toEqual([]);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('E5a what a script asks of the open model', () => {
  const printed = readTree({
    name: 'model',
    bytes: new TextEncoder().encode(
      JSON.stringify([
        { name: '', type: 'TinyBert', class: 'lib.models.bert.TinyBert' }, { name: 'layers', type: 'ModuleList' },
        { name: 'layers.0', type: 'Block', class: 'lib.models.bert.Block' }, { name: 'layers.0.fc', type: 'Linear', class: 'torch.nn.modules.linear.Linear' },
        { name: 'layers.1', type: 'Block', class: 'lib.models.bert.Block' }, { name: 'layers.1.fc', type: 'Linear', class: 'torch.nn.modules.linear.Linear' },
      ]),
    ),
  });
  if (!printed.ok) throw new Error(printed.error.code);
  const tree = printed.value;
  it.each([
    ['how many layers there are', "def go(student_model):\n    n = len(student_model.layers)\n    return [{'op_names': [f'layers.{i}' for i in range(n)]}]", '[{"op_names":["layers.0","layers.1"]}]'],
    ['its layers, numbered', "[{'op_names': [f'layers.{i}.fc' for i, layer in enumerate(model.layers) if isinstance(layer.fc, nn.Linear)]}]", '[{"op_names":["layers.0.fc","layers.1.fc"]}]'],
    ['a layer by its number', "[{'op_types': [type(net.layers[-1]).__name__, net.layers[0].fc.__class__.__name__]}]", '[{"op_types":["Block","Linear"]}]'],
    ['the path of its class', "names = 'attention' if 'bert' in str(model.__class__) else 'mixer'\nconfig_list = [{'op_names': [names]}]", '[{"op_names":["attention"]}]'],
    ['the package of a class', "[{'op_names': [type(m).__module__ for m in model.modules() if isinstance(m, nn.Linear)]}]", '[{"op_names":["torch.nn.modules.linear","torch.nn.modules.linear"]}]'],
    ['a teacher is another model', "config_list = [{'op_names': [f'layers.{i}' for i in range(len(teacher_model.layers))]}]", 'teacher_model.layers part'],
    ['what no tree holds', "config_list = [{'op_names': [model.config.name]}]", 'model.config.name part'],
  ])('%s', (_, source, expected) => {
    expect(listIn(source, { tree })).toBe(expected);
  });

  it('a loop without the line that begins its list', () => {
    const source = "for name, module in model.named_modules():\n    if isinstance(module, nn.Linear):\n        config_list.append({'op_names': [name]})";
    const result = readScript(source, { tree });
    expect(result.ok && result.value.lists.map(({ name, list }) => [name, list.length])).toEqual([['config_list', 2]]);
    expect(result.ok && result.value.assumed).toEqual(['config_list is taken to begin as an empty list: nothing in the source sets it.']);
  });

  it('E5b groups that NNI adds are not in the list, and that is said', () => {
    const source = [
      "config_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]",
      'config_list = auto_set_denpendency_group_ids(model, config_list, dummy_input)',
      'pruner = L1NormPruner(model, config_list)',
    ].join('\n');
    expect(listIn(source)).toBe('[{"op_types":["Conv2d"],"sparse_ratio":0.5}]');
    const result = readScript(source);
    expect(result.ok && [result.value.lists.length, result.value.lists[0]!.mode, result.value.assumed]).toEqual([
      1, 'pruning',
      ['Line 2 adds dependency groups (auto_set_denpendency_group_ids). They are not in this list: they follow from the data flow of the model.'],
    ]);
  });
});

describe('E5a agreement with Python', () => {
  /** Literals in forms that people write, with their JSON here. */
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
    const mine = sources.map((source) => readScript(wrapped(source)));
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
