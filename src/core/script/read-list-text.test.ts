import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { readListText } from './read-list-text.ts';

const list = '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]';

/** The list that a text holds, as JSON; the type of the error when it holds none. */
function read(text: string): string {
  const result = readListText(text);
  if (!result.ok) return result.error.type;
  return writeCompactJson(result.value.type === 'value' ? result.value.value : result.value.script.lists.at(-1)!.list);
}

describe('E6a a list is found in', () => {
  it.each([
    ['JSON', list],
    ['JSON with comments', '[\n  // half\n  {"op_types": ["Conv2d"], /* all */ "sparse_ratio": 0.5,},\n]'],
    ['a quoted reply', "> config_list = [{\n>     'op_types': ['Conv2d'],\n>     'sparse_ratio': 0.5\n> }]"],
    ['a reply quoted twice', ">> config_list = [{\n>>   'op_types': ['Conv2d'],\n>>   'sparse_ratio': 0.5}]"],
    ['a printed value with its name', "cfg_list [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]"],
    ['a printed value with a colon', "config_list: [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]"],
    ['a Python session', ">>> config_list = [{\n...     'op_types': ['Conv2d'],\n...     'sparse_ratio': 0.5}]\n>>> print(1)\n1"],
    ['an IPython session', "In [3]: config_list = [{'op_types': ['Conv2d'],\n   ...:     'sparse_ratio': 0.5}]\nOut[3]: 1"],
    ['a fence of Markdown', "Try this:\n```python\nconfig_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]\n```\nIt works."],
    [
      'blocks of Markdown that use each other',
      "# Title\n\n```python\nratio = 0.5\n```\n\nThen (as below):\n\n```py\nconfig_list = [{'op_types': ['Conv2d'], 'sparse_ratio': ratio}]\n```\n\n```bash\npython a.py\n```",
    ],
    [
      'the cells of a notebook',
      JSON.stringify({
        cells: [
          { cell_type: 'markdown', source: ['# It is [{not: this}]'] },
          { cell_type: 'code', source: ['%matplotlib inline\n', '!pip install nni\n', 'ratio = 0.5'], outputs: [] },
          { cell_type: 'code', source: "config_list = [{'op_types': ['Conv2d'], 'sparse_ratio': ratio}]", outputs: [] },
        ],
        nbformat: 4,
      }),
    ],
    [
      'the cells of a notebook of format 3',
      JSON.stringify({ nbformat: 3, worksheets: [{ cells: [{ cell_type: 'code', input: ["config_list = [{'op_types': ['Conv2d'],\n", " 'sparse_ratio': 0.5}]"] }] }] }),
    ],
    ['lines of a log', "[2024-02-10 17:02:26] INFO (nni/MainThread) start\n[2024-02-10 17:02:27] INFO (nni/MainThread) using [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]\ndone"],
    ['YAML', '- op_types: [Conv2d]\n  sparse_ratio: 0.5\n'],
    ['YAML below a key', 'pruner: l1\nconfig_list:\n  - op_types:\n      - Conv2d\n    sparse_ratio: 0.5 # half\n'],
    ['JSON below a key', '{"pruner": {"type": "L1", "config_list": [{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]}}'],
    ['typographic quotes', 'config_list = [{‘op_types’: [“Conv2d”], ‘sparse_ratio’: 0.5}]'],
    ['typographic quotes in JSON', '[{“op_types”: [„Conv2d“], “sparse_ratio”: 0.5}]'],
    ['full-width punctuation', '[{"op_types"： ["Conv2d"]， "sparse_ratio"： 0.5}]'],
    ['no-break and zero-width spaces', "config_list\u00A0= [{'op_types': ['Conv2d'],\u200B\u00A0'sparse_ratio': 0.5}]"],
    ['line numbers', "  1 config_list = [{\n  2     'op_types': ['Conv2d'],\n  3     'sparse_ratio': 0.5\n  4 }]"],
    ['line numbers with tabs', "9\tconfig_list = [{\n10\t    'op_types': ['Conv2d'],\n11\t    'sparse_ratio': 0.5\n12\t}]"],
    ['a web page', '<html><body><pre>config_list = [{&#39;op_types&#39;: [&#39;Conv2d&#39;], &#39;sparse_ratio&#39;: 0.5}]</pre></body></html>'],
    ['indented words of reStructuredText', "Use it::\n\n    config_list = [{\n        'op_types': ['Conv2d'],\n        'sparse_ratio': 0.5\n    }]\n\nand so on (see below)."],
    [
      'blocks of reStructuredText that use each other',
      "Title\n=====\n\n* - a list\n\n.. code-block:: python\n   :linenos:\n\n   ratio = 0.5\n\nWords (odd) - then::\n\n    config_list = [{\n        'op_types': ['Conv2d'],\n        'sparse_ratio': ratio\n    }]\n\n.. code-block:: bash\n\n   python a.py\n",
    ],
    ['source of Python 2', "print 'hello'\nconfig_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]\nexcept Exception, e:\n  pass\n"],
    ['prose', "I use {'op_types': ['Conv2d'], 'sparse_ratio': 0.5} and it fails."],
  ])('%s', (_, text) => {
    expect(read(text)).toBe(list);
  });

  it.each([
    ['one a line', '{"op_types": ["Conv2d"]}\n{"op_names": ["fc"]}\n'],
    ['with commas', '{"op_types": ["Conv2d"]},\n{"op_names": ["fc"]},\n'],
  ])('sub-configs without the brackets of a list: %s', (_, text) => {
    expect(read(text)).toBe('[{"op_types":["Conv2d"]},{"op_names":["fc"]}]');
  });

  it('a list is named, and its line counted, as its own text does', () => {
    const found = (text: string) => {
      const result = readListText(text);
      return result.ok && result.value.type === 'script' ? result.value.script.lists.map(({ name, line }) => [name, line]) : [];
    };
    expect(found("My config:\n\nconfig_list = [{'op_types': ['Conv2d']}]\n\nIt's bad.")).toEqual([['config_list', 3]]);
    expect(found("a = 1\rconfig_list = [{'op_types': ['Conv2d']}]\r")).toEqual([['config_list', 2]]);
  });

  it('E6c typographic quotes are said, and stay where the text is right with them', () => {
    const script = (text: string) => {
      const result = readListText(text);
      return result.ok && result.value.type === 'script' ? result.value.script : null;
    };
    expect(script('config_list = [{‘op_types’: [‘Conv2d’]}]')?.assumed).toEqual(['Typographic quotes, full-width punctuation and odd spaces were read as plain ones.']);
    expect(script("config_list = [{'op_names': ['‘a’']}]")?.assumed).toEqual([]);
    expect(read('[{"op_names": ["‘a’"]}]')).toBe('[{"op_names":["‘a’"]}]');
  });

  it('what is left open has its place in the whole text', () => {
    const text = "I run\n{'op_types': ['Conv2d'], 'sparse_ratio': args.s} and it fails.";
    const result = readListText(text);
    const list = result.ok && result.value.type === 'script' ? result.value.script.lists[0]! : null;
    const root = list?.holes[0]?.root;
    expect([list?.line, text.slice(root?.from, root?.to)]).toEqual([2, 'args.s']);
  });

  it('a docstring with fences is part of a script', () => {
    expect(read(`"""\n\`\`\`\nconfig_list = [{'op_types': ['Linear']}]\n\`\`\`\n"""\nconfig_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]`)).toBe(list);
  });

  it.each([
    ['a log without one', "[2024-02-10 17:02:26] INFO (FixMaskConflict/MainThread) {'encoder.conv1': 1, 'encoder.conv2': 1}", 'no-list'],
    ['nothing', '', 'no-list'],
    ['broken JSON', '[{"op_types": [,]}]', 'not-json'],
    ['a list that breaks off', '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_names": ["a"]', 'not-json'],
    ['a list whose last bracket is another', '[{"op_types": ["Conv2d"]}, {"op_names": ["a"]}, {]', 'not-json'],
    ['a log that breaks off in its list', "[17:02:27] INFO using [{'op_types': ['Conv2d']}, {'op_types': ['Linear']}, {'op_names'", 'no-list'],
    ['words', 'hello world', 'no-list'],
  ])('%s holds none', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('E6a keeps numbers and texts of YAML as Python reads them', () => {
    expect(read("- op_types: [yes, 1e-3, 0x10, '5', ~, 1.50]\n")).toBe('[{"op_types":[true,"1e-3",16,"5",null,1.50]}]');
  });
});
