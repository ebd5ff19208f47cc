import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec, moduleType } from '../module-tree/tree-index.ts';
import { describeTree } from '../testing/describe-tree.ts';
import type { ReadError } from './messages/read-error.ts';
import { modelNameOf } from './bytes/file-path.ts';
import { readTree } from './read-tree.ts';

function read(text: string, name = 'model.json'): ModuleTree | ReadError {
  const result = readTree({ name, bytes: new TextEncoder().encode(text) });
  return result.ok ? result.value : result.error;
}

function tree(text: string): ModuleTree {
  const result = read(text);
  if ('code' in result) throw new Error(JSON.stringify(result));
  return result;
}

const sampleFolder = new URL('../../../public/samples/', import.meta.url);

interface Document {
  readonly modules: readonly {
    readonly name: string;
    readonly type: string;
    readonly class: string;
    readonly shared_with?: string;
    readonly parameters?: Readonly<Record<string, { shape: number[]; tied_to?: string } | null>>;
    readonly forward?: unknown;
  }[];
}

describe('T2a the module-tree format loses nothing', () => {
  test.each(readdirSync(sampleFolder))('%s', (file) => {
    const bytes = readFileSync(new URL(file, sampleFolder));
    const { modules } = JSON.parse(gunzipSync(bytes).toString()) as Document;
    const result = readTree({ name: file, bytes });
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    const found = result.value;
    expect([found.model, found.format, found.lacks, found.notes]).toEqual([
      file.replace('.json.gz', ''), 'module-tree', [], [],
    ]);
    expect(found.size).toBe(modules.length);
    let differences = 0;
    let shared = 0;
    const ties: string[] = [];
    for (const [row, module] of modules.entries()) {
      const spec = moduleSpec(found, row);
      const shapes = Object.fromEntries((spec.parameters ?? []).map(({ name, shape }) => [name, shape]));
      const expected = Object.fromEntries(
        Object.entries(module.parameters ?? {}).map(([k, v]) => [k, v?.shape ?? null]),
      );
      const same =
        moduleName(found, row) === module.name &&
        moduleType(found, row) === module.type &&
        spec.className === module.class &&
        found.sourceIndex[row] === row &&
        (spec.forward !== null) === (module.forward !== undefined) &&
        JSON.stringify(shapes) === JSON.stringify(expected);
      if (!same) differences++;
      if (module.shared_with !== undefined && found.sharedWith.has(row)) shared++;
      for (const [name, value] of Object.entries(module.parameters ?? {})) {
        if (value?.tied_to !== undefined) ties.push(`${module.name}.${name}=${value.tied_to}`);
      }
    }
    expect(differences).toBe(0);
    expect(shared).toBe(found.sharedWith.size);
    expect(ties).toEqual([...found.tiedTo].map(([name, first]) => `${name}=${first}`));
  });
});

const linear =
  '{"name":"fc","type":"Linear","parameters":{"weight":{"shape":[2,3],"dtype":"float32"},"bias":null}}';

describe('T1a–b T3 T5a–b T6a forms are distinguished by their content', () => {
  const cases: readonly (readonly [title: string, text: string, format: string, lines: readonly string[]])[] = [
    [
      'document',
      `{"format":"module-tree","version":1,"modules":[{"name":"","type":"Net"},${linear}]}`,
      'module-tree',
      [' Net', 'fc Linear weight[2,3] bias=None'],
    ],
    [
      'document, format last',
      `{"modules":[{"name":"","type":"Net"},${linear}],"format":"module-tree"}`,
      'module-tree',
      [' Net', 'fc Linear weight[2,3] bias=None'],
    ],
    ['byte order mark', `\ufeff{"modules":[{"name":"","type":"Net"}]}`, 'name-type-dump', [' Net']],
    [
      'bare list',
      `[{"name":"","type":"Net"},${linear}]`,
      'module-tree',
      [' Net', 'fc Linear weight[2,3] bias=None'],
    ],
    [
      'a loop over some of the layers',
      'conv1 Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\nlayer1.fc Linear(in_features=3, out_features=2, bias=False)\nlayer1.act ReLU()\n',
      'name-type-dump',
      [' ?', 'conv1 Conv2d weight[8,3,3,3] bias[8]', 'layer1 ?', 'layer1.fc Linear weight[2,3] bias=None', 'layer1.act ReLU'],
    ],
    [
      'lines of YAML',
      'conv1: Conv2d\nlayer1: Sequential\nlayer1.0: Block\n',
      'name-type-dump',
      [' ?', 'conv1 Conv2d', 'layer1 Sequential', 'layer1.0 Block'],
    ],
    [
      'a table of values with the names of its columns',
      'name,shape,dtype\nconv1.weight,"[64, 3, 7, 7]",torch.float32\nbn.bias,"[64]",torch.float32\n',
      'state-dict-keys',
      [' ?', 'conv1 ? weight[64,3,7,7]', 'bn ? bias[64]'],
    ],
    [
      'a printed state dict, with its numbers',
      "OrderedDict([('fc.weight', tensor([[0.1, 0.2],\n        [0.3, 0.4]])), ('fc.bias', tensor([0.1, 0.2]))])",
      'state-dict-keys',
      [' ?', 'fc ? weight bias'],
    ],
    [
      'a printed list of named_modules()',
      "[('', Net(\n  (fc): Linear(in_features=3, out_features=2, bias=True)\n)), ('fc', Linear(in_features=3, out_features=2, bias=True))]",
      'print-model',
      [' Net', 'fc Linear weight[2,3] bias[2]'],
    ],
    [
      'names with quotes and backslashes, like in what follows',
      JSON.stringify(['', 'q"a"', '"', 'b\\"', 'b\\', 'c"d'].map((name) => ({ name, type: 'A' }))),
      'name-type-dump',
      [' A', 'q"a" A', '" A', 'b\\" A', 'b\\ A', 'c"d A'],
    ],
    [
      'nested',
      '{"name":"net","type":"Net","children":[{"name":"a","type":"A","children":[{"name":"b","type":"B"}]},{"name":"c","type":"C"}]}',
      'module-tree-nested',
      [' Net', 'a A', 'a.b B', 'c C'],
    ],
    [
      'nested in a document',
      '{"format":"module-tree","version":1,"modules":[{"name":"","type":"Net","children":[{"name":"a","type":"A"}]}]}',
      'module-tree-nested',
      [' Net', 'a A'],
    ],
    [
      'nested without a root',
      '{"modules":[{"name":"a","type":"A","children":[{"name":"b","type":"B"}]},{"name":"c","type":"C"}]}',
      'module-tree-nested',
      [' ?', 'a A', 'a.b B', 'c C'],
    ],
    [
      'nested, children as an object',
      '{"type":"Net","children":{"a":{"type":"A"},"b":{"type":"B","children":{"0":{"type":"C"}}}}}',
      'module-tree-nested',
      [' Net', 'a A', 'b B', 'b.0 C'],
    ],
    [
      'name to type',
      '{"":"Net","layer1":"Sequential","layer1.0":"Conv2d"}',
      'name-type-dump',
      [' Net', 'layer1 Sequential', 'layer1.0 Conv2d'],
    ],
    [
      'name to type keeps the order of numbers',
      '{"":"Sequential","1":"ReLU","0":"Linear"}',
      'name-type-dump',
      [' Sequential', '1 ReLU', '0 Linear'],
    ],
    [
      'list of name and type',
      '[{"name":"","type":"Net"},{"name":"a","type":"Conv2d"}]',
      'name-type-dump',
      [' Net', 'a Conv2d'],
    ],
    ['pairs', '[["","Net"],["a","Conv2d"]]', 'name-type-dump', [' Net', 'a Conv2d']],
    ['pairs as Python prints them', "[('', 'Net'), ('a', 'Conv2d')]", 'name-type-dump', [' Net', 'a Conv2d']],
    ['dictionary as Python prints it', "{'': 'Net', 'a': 'Conv2d',}", 'name-type-dump', [' Net', 'a Conv2d']],
    [
      'classes as Python prints them',
      "{'': <class '__main__.Net'>, 'a': <class 'torch.nn.modules.conv.Conv2d'>}",
      'name-type-dump',
      [' Net', 'a Conv2d'],
    ],
    [
      'a loop over named_modules',
      " <class '__main__.Net'>\na <class 'torch.nn.modules.conv.Conv2d'>\na.b <class 'x.B'>\n",
      'name-type-dump',
      [' Net', 'a Conv2d', 'a.b B'],
    ],
    [
      'a loop over named_modules with types',
      ' Net\na Sequential\na.0 Conv2d\n',
      'name-type-dump',
      [' Net', 'a Sequential', 'a.0 Conv2d'],
    ],
    ['names of modules', '["","a","a.b"]', 'state-dict-keys', [' ?', 'a ?', 'a.b ?']],
    [
      'keys of a state dict',
      '["a.weight","a.bias","bn.running_mean"]',
      'state-dict-keys',
      [' ?', 'a ? weight bias', 'bn ? running_mean'],
    ],
    [
      'keys as Python prints them',
      "odict_keys(['a.weight', 'a.bias'])",
      'state-dict-keys',
      [' ?', 'a ? weight bias'],
    ],
    [
      'keys, one a line',
      'a.0.weight\na.0.bias\nb.weight\n',
      'state-dict-keys',
      [' ?', 'a ?', 'a.0 ? weight bias', 'b ? weight'],
    ],
    [
      'keys and shapes, one a line',
      'a.weight torch.Size([64, 3, 7, 7])\na.bias \t torch.Size([64])\n',
      'state-dict-keys',
      [' ?', 'a ? weight[64,3,7,7] bias[64]'],
    ],
    [
      'keys and shapes as pairs',
      "[('a.weight', torch.Size([2, 3])), ('a.scale', torch.Size([]))]",
      'state-dict-keys',
      [' ?', 'a ? weight[2,3] scale[]'],
    ],
    [
      'keys and shapes in JSON',
      '{"a.weight":[2,3],"a.bias":[2]}',
      'state-dict-keys',
      [' ?', 'a ? weight[2,3] bias[2]'],
    ],
    [
      'the header of a safetensors file as text',
      '{"__metadata__":{"format":"pt"},"a.weight":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]}}',
      'state-dict-keys',
      [' ?', 'a ? weight[2,3]'],
    ],
    [
      'weight index',
      '{"metadata":{"total_size":1},"weight_map":{"m.10.weight":"a-1.safetensors","m.2.weight":"a-2.safetensors"}}',
      'weight-index',
      [' ?', 'm ?', 'm.2 ? weight', 'm.10 ? weight'],
    ],
    [
      'a single layer',
      'Linear(in_features=8, out_features=4, bias=True)',
      'print-model',
      [' Linear weight[4,8] bias[4]'],
    ],
    [
      'names beyond ASCII',
      '{"":"Net","größe":"Linear","层":"Linear","x y":"ReLU"}',
      'name-type-dump',
      [' Net', 'größe Linear', '层 Linear', 'x y ReLU'],
    ],
    [
      'names that objects have anyway',
      '{"":"Net","__proto__":"Linear","constructor":"ReLU","hasOwnProperty":"ReLU"}',
      'name-type-dump',
      [' Net', '__proto__ Linear', 'constructor ReLU', 'hasOwnProperty ReLU'],
    ],
  ];
  test.each(cases)('%s', (_title, text, format, lines) => {
    const found = tree(text);
    expect([found.format, describeTree(found)]).toEqual([format, lines]);
  });

  test('gzip is seen by its bytes, whatever the file is called', () => {
    const bytes = gzipSync('{"":"Net","a":"Conv2d"}');
    const result = readTree({ name: 'model.txt', bytes });
    expect(result.ok && describeTree(result.value)).toEqual([' Net', 'a Conv2d']);
  });

  test('T4 members of gzip one after the other are one file, wherever the next one starts', () => {
    const text = JSON.stringify({ '': 'Net', a: 'Conv2d', ['b'.repeat(70_000)]: 'Linear' });
    const whole = (bytes: Uint8Array): number | string => {
      const result = readTree({ name: 'model.json.gz', bytes });
      return result.ok ? result.value.size : result.error.code;
    };
    // One inflated piece ends at 65,536 bytes: members are cut so that the next one starts just before and after.
    for (let start = 65_500; start <= 65_560; start++) {
      const stored = gzipSync(text.slice(0, start), { level: 0 }).length - start;
      const first = gzipSync(text.slice(0, start - stored), { level: 0 });
      expect([start, whole(Buffer.concat([first, gzipSync(text.slice(start - stored))]))]).toEqual([start, 3]);
    }
    const small = Array.from({ length: 2000 }, (_, at) => gzipSync(text.slice(at * 36, (at + 1) * 36)));
    expect(whole(Buffer.concat(small))).toBe(3);
    const first = gzipSync(text.slice(0, 100));
    first[first.length - 4] = 99;
    expect(whole(Buffer.concat([first, gzipSync(text.slice(100))]))).toBe('gzip-broken');
    expect(whole(Buffer.concat([gzipSync(text), gzipSync('  ').subarray(0, 12)]))).toBe('gzip-broken');
  });

  test.each(['utf16le', 'utf16be'])('%s with its mark is decoded', (encoding) => {
    const bytes = Buffer.from('\ufeff{"":"Net","ö":"Conv2d"}', 'utf16le');
    if (encoding === 'utf16be') bytes.swap16();
    const result = readTree({ name: 'model.txt', bytes });
    expect(result.ok && describeTree(result.value)).toEqual([' Net', 'ö Conv2d']);
  });
});

describe('T1d trees are put in order', () => {
  test('parents that are left out are implied, and said so', () => {
    const found = tree('[{"name":"","type":"Net"},{"name":"a.b.c","type":"Conv2d"}]');
    expect(describeTree(found)).toEqual([' Net', 'a ?', 'a.b ?', 'a.b.c Conv2d']);
    expect(found.notes).toEqual([{ type: 'implied-parents', count: 2, first: 'a' }]);
    expect([...found.sourceIndex]).toEqual([0, -1, -1, 1]);
  });
  test('children are put under their parents in the order given', () => {
    const found = tree('{"b.1":"B1","a":"A","b":"B","":"Net","b.0":"B0","a.x":"X"}');
    expect(describeTree(found)).toEqual([' Net', 'b B', 'b.1 B1', 'b.0 B0', 'a A', 'a.x X']);
    expect(found.notes).toEqual([{ type: 'reordered' }]);
    expect([[...found.parent], [...found.depth], [...found.end]]).toEqual([
      [-1, 0, 1, 1, 0, 4], [0, 1, 2, 2, 1, 2], [6, 4, 3, 4, 6, 6],
    ]);
  });
  test('two entries of one name are an error that names it and both places', () => {
    expect(read('[["","Net"],["a","A"],["b","B"],["a","C"]]')).toEqual({
      code: 'duplicate-name',
      values: { file: 'model.json', name: 'a', first: 'entry 2', second: 'entry 4' },
    });
    expect(read('{"":"Net","a":"A","a":"C"}')).toMatchObject({ code: 'duplicate-name', values: { name: 'a' } });
    expect(read('["a.weight","b.weight","a.weight"]')).toMatchObject({
      code: 'duplicate-tensor',
      values: { second: 'entry 3' },
    });
  });
  test('what is shared with a module that is missing is noted', () => {
    const found = tree('[{"name":"","type":"Net"},{"name":"a","type":"A","shared_with":"b"}]');
    expect([found.sharedWith.size, found.notes.length]).toEqual([0, 1]);
  });
});

test('T2b an object that repeats its name is taken as JSON takes it, and not remembered', () => {
  const text = '[{"name":"","type":"N"},{"name":"a","type":"T","name":"b"},{"name":"c","type":"T","name":"d"}]';
  expect(describeTree(tree(text))).toEqual([' N', 'b T', 'd T']);
});

test('T4 progress rises to one', () => {
  const seen: number[] = [];
  const bytes = readFileSync(new URL('deepseek_v3.json.gz', sampleFolder));
  readTree({ name: 'deepseek_v3.json.gz', bytes }, { onProgress: (fraction) => seen.push(fraction) });
  expect(seen.at(-1)).toBe(1);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
});

test('a tree can be cloned to another thread', () => {
  const found = tree(`[{"name":"","type":"Net"},${linear},{"name":"b","type":"A","shared_with":"fc"}]`);
  expect(structuredClone(found)).toEqual(found);
});

test.each([
  ['resnet18.json.gz', 'resnet18'],
  ['folder/model.safetensors.index.json', 'model'],
  ['C:\\x\\vit.repr.txt', 'vit'],
  ['runs/net.pth.tar', 'net'],
  ['train.ipynb', 'train'],
  ['.json', '.json'],
])('the model of %s is called %s', (file, model) => {
  expect(modelNameOf(file)).toBe(model);
});
