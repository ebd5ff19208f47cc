import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { writePythonList } from '../config/python-writer.ts';
import { writeExportJson } from './export-list.ts';
import { isConfigList, isConfigObject, valuesEqual, type ConfigObject } from '../config/value.ts';
import { readListText } from '../script/read-list-text.ts';
import { arbitraryObject } from '../testing/arbitrary-config.ts';
import { fuzzRuns } from '../testing/fuzz-runs.ts';
import { createPlan } from './create-plan.ts';
import { readPlan, writePlan } from './plan-file.ts';
import { rewriteListFile, rewritePlanFile } from './rewrite-file.ts';

function listOf(json: string): readonly ConfigObject[] {
  const read = readJsonValue(json);
  if (!read.ok || !isConfigList(read.value)) throw new Error(json);
  return read.value.filter(isConfigObject);
}

function rewritten(text: string, json: string, given: ReadonlyMap<string, string> = new Map()): string {
  const after = listOf(json);
  const written = rewriteListFile(text, after, { mode: 'pruning', fileName: 'x.py', given });
  if (!written.ok) return written.error.type;
  const read = readListText(written.value.replace(/^\uFEFF/, ''), { given });
  const list = read.ok ? (read.value.type === 'value' ? read.value.value : read.value.script.lists[0]!.list) : null;
  expect(valuesEqual(list, after)).toBe(true);
  return written.value;
}

const script = `"""Prunes a model."""
import argparse
from nni.compression.pruning import L1NormPruner

RATIO = 0.5  # as in the paper

config_list = [
    # The stem stays dense.
    {"op_types": ["Conv2d"], "exclude_op_names": ["conv1"], "sparse_ratio": RATIO},  # most of it
    # The head:
    {
        "op_names": ["fc"],   # only this one
        "sparse_ratio": 0.8,
    },
]

pruner = L1NormPruner(model, config_list)  # [not this list]
`;

describe('a Python script in which only the list is replaced; E7a–b', () => {
  it('changes one value, and keeps names, comments and spaces', () => {
    expect(rewritten(script, '[{"op_types":["Conv2d"],"exclude_op_names":["conv1"],"sparse_ratio":0.5},{"op_names":["fc"],"sparse_ratio":0.9}]')).toBe(
      script.replace('0.8,', '0.9,'),
    );
  });

  it('adds a key and a sub-config as their neighbours are written', () => {
    expect(
      rewritten(
        script,
        String.raw`[{"op_types":["Conv2d"],"exclude_op_names":["conv1","conv2"],"sparse_ratio":0.5},{"op_names":["fc"],"sparse_ratio":0.8,"granularity":"out_channel"},{"op_names_re":["layer4\\..*"],"sparse_ratio":0.3}]`,
      ),
    ).toBe(
      script
        .replace('["conv1"]', '["conv1", "conv2"]')
        .replace('0.8,\n    },\n', '0.8,\n        "granularity": "out_channel",\n    },\n    {\n        "op_names_re": [r"layer4\\..*"],\n        "sparse_ratio": 0.3,\n    },\n'),
    );
  });

  it('removes a sub-config; the comments around it stay', () => {
    expect(rewritten(script, '[{"op_names":["fc"],"sparse_ratio":0.8}]')).toBe(
      script.replace('    {"op_types": ["Conv2d"], "exclude_op_names": ["conv1"], "sparse_ratio": RATIO},  # most of it\n', ''),
    );
  });

  it.each([
    ['line ends and quotes', "c = [\r\n  {'op_types': ['Linear'],\r\n   'sparse_ratio': 0.5},\r\n]\r\n", '[{"op_types":["Linear"],"sparse_ratio":0.5},{"op_names":["a"]}]',
      "c = [\r\n  {'op_types': ['Linear'],\r\n   'sparse_ratio': 0.5},\r\n  {\r\n    'op_names': ['a'],\r\n  },\r\n]\r\n"],
    ['a list in a call', "P(model, [{'op_types': ['Linear']}])\n", '[{"op_types":["Conv2d"]}]', "P(model, [{'op_types': ['Conv2d']}])\n"],
    ['a list on one line', "config_list = [{'op_names': ['a']}, {'op_names': ['b']}]\n", '[{"op_names":["b"]}]', "config_list = [{'op_names': ['b']}]\n"],
    ['a comprehension', "config_list = [{'op_names': [n]} for n in ['a', 'b']]  # two\n", '[{"op_names":["c"]}]', "config_list = [{'op_names': ['c']}]  # two\n"],
    ['tuples', "config_list = [{'op_names': ['a'], 'fuse_names': [('a', 'b')]}]\n", '[{"op_names":["a"],"fuse_names":[["a","b"],["c","d"]]}]',
      "config_list = [{'op_names': ['a'], 'fuse_names': [('a', 'b'), ('c', 'd')]}]\n"],
    ['sub-configs that are appended', "config_list = []\nconfig_list.append({'op_names': ['a'], 'sparse_ratio': 0.5})\n", '[{"op_names":["a"],"sparse_ratio":0.6}]',
      "config_list = []\nconfig_list.append({'op_names': ['a'], 'sparse_ratio': 0.6})\n"],
    ['a list that two classes take', "c = [{'op_names': ['a']}]\nL1NormPruner(m, c)\nTaylorPruner(m, c, e, 1)\n", '[{"op_names":["b"]}]', "c = [{'op_names': ['b']}]\nL1NormPruner(m, c)\nTaylorPruner(m, c, e, 1)\n"],
    ['a list of that name that was empty', 'import nni\n\nconfig_list = []\n', '[{"op_names":["a"]}]', "import nni\n\nconfig_list = [\n    {\n        'op_names': ['a'],\n    },\n]\n"],
  ])('%s', (_name, source, after, expected) => {
    expect(rewritten(source, after)).toBe(expected);
  });

  it('keeps an expression that was given a value', () => {
    const source = "config_list = [{'op_types': ['Linear'], 'sparse_ratio': args.sparsity, 'op_names': ['a']}]\n";
    expect(rewritten(source, '[{"op_types":["Linear"],"sparse_ratio":0.5,"op_names":["b"]}]', new Map([['args.sparsity', '0.5']]))).toBe(source.replace("'a'", "'b'"));
  });

  it('E7c says so when the script makes the list in steps', () => {
    const source = "config_list = []\nfor n in ['a', 'b']:\n    config_list.append({'op_names': [n], 'sparse_ratio': 0.5})\n";
    expect(rewritten(source, '[{"op_names":["a"],"sparse_ratio":0.5},{"op_names":["b"],"sparse_ratio":0.6}]')).toBe('made-in-steps');
  });

  it('refuses an empty list that would not be found again; E7c', () => {
    const two = "p = [{'op_names': ['a']}]\nq = [{'op_names': ['b'], 'quant_dtype': 'int8'}]\nL1NormPruner(m, p)\nQATQuantizer(m, q, e)\n";
    expect(rewriteListFile(two, [], { mode: 'pruning', fileName: 'x.py' })).toEqual({ ok: false, error: { type: 'empty-list', name: 'p', line: 1 } });
    expect(rewritten("config_list = [\n    {'op_names': ['a']},\n]\n", '[]')).toBe('config_list = []\n');
  });
});

describe('a JSON file in its own form; E7a–b, E7d', () => {
  it.each([
    ['tabs', '[\n\t{\n\t\t"op_types": ["Linear"],\n\t\t"sparse_ratio": 0.50\n\t}\n]\n', '[{"op_types":["Linear"],"sparse_ratio":0.5},{"op_names":["a"],"target_settings":{"weight":{"sparse_ratio":1.0}}}]',
      '[\n\t{\n\t\t"op_types": ["Linear"],\n\t\t"sparse_ratio": 0.50\n\t},\n\t{\n\t\t"op_names": ["a"],\n\t\t"target_settings": {\n\t\t\t"weight": {\n\t\t\t\t"sparse_ratio": 1.0\n\t\t\t}\n\t\t}\n\t}\n]\n'],
    ['one line without spaces at the end', '[{"op_types":["Linear"]}]', '[{"op_types":["Conv2d"]}]', '[{"op_types":["Conv2d"]}]'],
    ['padding', '[{ "op_names": ["a"] }]\n', '[{"op_names":["a"]},{"op_names":["b"]}]', '[{ "op_names": ["a"] }, { "op_names": ["b"] }]\n'],
    ['comments and a last comma', '// mine\n[\n  {"op_names": ["a"]}, // first\n  {"op_names": ["b"]}, /* second */\n]\n', '[{"op_names":["a"]}]', '// mine\n[\n  {"op_names": ["a"]}, // first\n]\n'],
    ['the last of several', '[\n  {"op_names": ["a"]},\n  {"op_names": ["b"]}\n]\n', '[{"op_names":["a"]}]', '[\n  {"op_names": ["a"]}\n]\n'],
    ['nothing left', '[\n  {"op_names": ["a"]}\n]\n', '[]', '[]\n'],
    ['a key that is renamed', '[\n  {"op_names": ["a"],\n   "sparse_ration" : 0.50, // half\n   "x": 1}\n]\n', '[{"op_names":["a"],"sparse_ratio":0.5,"x":1}]', '[\n  {"op_names": ["a"],\n   "sparse_ratio" : 0.50, // half\n   "x": 1}\n]\n'],
    ['a byte order mark', '\uFEFF[{"op_names": ["a"]}]', '[{"op_names":["b"]}]', '\uFEFF[{"op_names": ["b"]}]'],
    ['one sub-config alone', '{"op_names": ["a"]}\n', '[{"op_names":["b"]}]', '[{"op_names": ["b"]}]\n'],
  ])('%s', (_name, source, after, expected) => {
    if (_name === 'one sub-config alone') {
      const written = rewriteListFile(source, listOf(after), { mode: 'pruning', fileName: 'x.json' });
      expect(written).toEqual({ ok: true, value: '{"op_names": ["b"]}\n' });
      return;
    }
    expect(rewritten(source, after)).toBe(expected);
  });

  it('a file that is empty gets the form of its name', () => {
    expect(rewriteListFile('', listOf('[{"op_names":["a"]}]'), { mode: 'pruning', fileName: 'x.json' })).toEqual({ ok: true, value: '[\n  {\n    "op_names": ["a"]\n  }\n]\n' });
    expect(rewritten('\n', '[{"op_names":["a"]}]')).toBe("config_list = [\n    {\n        'op_names': ['a'],\n    },\n]\n");
  });

  it('YAML is read and never written', () => {
    expect(rewriteListFile('- op_names: [a]\n', listOf('[]'), { mode: 'pruning', fileName: 'x.yaml' })).toEqual({ ok: false, error: { type: 'read-only-form' } });
  });
});

it('a plan file keeps its form, the trees that it carries and keys that are not known; E7a', () => {
  const plan = createPlan();
  const text = writePlan(plan, { tree: '{"format": "module-tree", "x": [1,2]}' }).replaceAll('\n  ', '\n    ').replace('"name"', '"mine": true,\n    "name"');
  const written = rewritePlanFile(text, { ...plan, name: 'Second' });
  expect(written).toBe(text.replace('"name": ""', '"name": "Second"'));
  expect(readPlan(written)).toEqual({ ok: true, value: { ...plan, name: 'Second' } });
});

describe('any list in place of any other; E7c', () => {
  const lists = fc.array(fc.tuple(arbitraryObject, fc.constantFrom('a', 'b')).map(([{ entries }, name]): ConfigObject => ({
    type: 'object',
    entries: [['op_names', [name]], ...entries.filter(([key]) => key !== 'op_names' && key !== 'fuse_names')],
  })), { minLength: 1, maxLength: 4 });
  const edited = lists.chain((before) => fc.tuple(fc.constant(before), fc.oneof(lists, fc.shuffledSubarray(before, { minLength: 1 }), lists.map((more) => [...before, ...more]))));
  const runs = fuzzRuns(4190, 200);

  it.each([
    ['JSON', writeExportJson],
    ['Python', (list: readonly ConfigObject[]) => `# Made by hand.\n${writePythonList(list)}\nprint("done")\n`],
  ])(`%s (seed ${runs.seed})`, (form, write) => {
    expect.hasAssertions();
    fc.assert(
      fc.property(edited, ([before, after]) => {
        const written = rewriteListFile(write(before), after, { mode: 'pruning', fileName: 'x' });
        if (!written.ok) throw new Error(written.error.type);
        const read = readListText(written.value);
        const list = read.ok && (read.value.type === 'value' ? read.value.value : read.value.script.lists[0]!.list);
        if (form === 'Python') expect([written.value.slice(0, 16), written.value.slice(-15)]).toEqual(['# Made by hand.\n', '\nprint("done")\n']);
        expect(list !== false && valuesEqual(list, after)).toBe(true);
      }),
      runs,
    );
  });
});
