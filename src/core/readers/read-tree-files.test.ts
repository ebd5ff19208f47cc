import { describe, expect, test } from 'vitest';
import type { TreeDisagreement } from '../module-tree/merge-trees.ts';
import { checkpointFile, pickle, safetensorsFile, utf8 } from '../testing/binary-files.ts';
import { describeTree } from '../testing/describe-tree.ts';
import type { FileSource } from './byte-source.ts';
import { readTreeFiles, readTreeFromFiles } from './read-tree-files.ts';
import type { TreeInput } from './read-tree.ts';

const one = safetensorsFile({ 'model.0.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] } }, 24);
const two = safetensorsFile({ 'model.1.weight': { dtype: 'F16', shape: [4], data_offsets: [0, 8] } }, 8);
const index = utf8(
  JSON.stringify({
    metadata: { total_size: 32 },
    weight_map: {
      'model.0.weight': 'm-00001-of-00002.safetensors',
      'model.1.weight': 'm-00002-of-00002.safetensors',
    },
  }),
);
const config = utf8('{"architectures":["NetForCausalLM"],"model_type":"net","_name_or_path":"someone/net-7b"}');
const file = (name: string, bytes: Uint8Array): TreeInput => ({ name, bytes });
const folder = [
  file('net/README.md', utf8('# Net\nlayer1 Conv2d\nlayer2 Conv2d')),
  file('net/config.json', config),
  file('net/m-00002-of-00002.safetensors', two),
  file('net/m-00001-of-00002.safetensors', one),
  file('net/model.safetensors.index.json', index),
  file('net/tokenizer.json', utf8('{"version":"1.0","added_tokens":[]}')),
  file('net/vocab.txt', utf8('a\nb\n')),
];

function read(
  files: readonly TreeInput[],
): { lines: readonly string[]; rest: unknown; disagreements: readonly TreeDisagreement[] } {
  const result = readTreeFiles(files);
  if (!result.ok) return { lines: [JSON.stringify(result.error)], rest: null, disagreements: [] };
  const { tree, disagreements } = result.value;
  return { lines: describeTree(tree), rest: [tree.model, tree.format, tree.notes], disagreements };
}

describe('T17 several files of one model', () => {
  test('a folder as people download it: index, shards and config together', () => {
    const found = read(folder);
    expect(found.lines).toEqual([' NetForCausalLM', 'model ?', 'model.0 ? weight[2,3]', 'model.1 ? weight[4]']);
    expect(found.rest).toEqual(['net-7b', 'safetensors', [{ type: 'types-unknown' }]]);
  });

  test('the same from files that are not in memory', async () => {
    const sources = folder.map(
      ({ name, bytes }): FileSource => ({
        name, size: bytes.length, read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
      }),
    );
    const found = await readTreeFromFiles(sources);
    expect(found.ok && describeTree(found.value.tree)).toEqual(read(folder).lines);
  });

  test('shards without an index', () => {
    expect(read([file('m-00001-of-00002.safetensors', one), file('m-00002-of-00002.safetensors', two)])).toMatchObject({
      lines: [' ?', 'model ?', 'model.0 ? weight[2,3]', 'model.1 ? weight[4]'],
      rest: ['m', 'safetensors', [{ type: 'types-unknown' }]],
    });
  });

  test('a shard that is missing is named, its tensors are known by name', () => {
    const found = read([folder[3]!, folder[4]!]);
    expect(found.lines).toEqual([' ?', 'model ?', 'model.0 ? weight[2,3]', 'model.1 ? weight']);
    expect(found.rest).toEqual([
      'net', 'safetensors',
      [
        { type: 'types-unknown' },
        {
          type: 'text',
          text: 'One shard named in the index is missing (m-00002-of-00002.safetensors): its tensors have no shapes.',
        },
      ],
    ]);
  });

  test('safetensors are preferred to a checkpoint of the same weights', () => {
    const checkpoint = checkpointFile(pickle.dict({ 'model.0.weight': pickle.tensor('0', [9, 9]) }));
    expect(read([file('pytorch_model.bin', checkpoint), file('model.safetensors', one)]).lines).toEqual([
      ' ?', 'model ?', 'model.0 ? weight[2,3]',
    ]);
  });

  test('print text and safetensors complete each other, and disagreements are listed', () => {
    const text = utf8(
      'Net(\n  (model): Sequential(\n    (0): Linear(in_features=3, out_features=2, bias=False)\n    (1): Scale()\n    (2): LayerNorm((5,), eps=1e-05, elementwise_affine=True)\n  )\n)',
    );
    const weights = safetensorsFile({
      'model.0.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      'model.1.weight': { dtype: 'F16', shape: [4], data_offsets: [24, 32] },
      'model.2.weight': { dtype: 'F16', shape: [6], data_offsets: [32, 44] },
    }, 44);
    const found = read([file('net.txt', text), file('model.safetensors', weights)]);
    expect(found.lines).toEqual([
      ' Net', 'model Sequential', 'model.0 Linear weight[2,3] bias=None', 'model.1 Scale weight[4]',
      'model.2 LayerNorm weight[6] bias[5]',
    ]);
    expect(found.disagreements).toEqual([
      { about: 'shape', module: 'model.2', tensor: 'weight', first: '[5]', second: '[6]' },
      { about: 'tensor', module: 'model.2', tensor: 'bias', first: 'present', second: '' },
    ]);
  });

  test.each([
    [
      'one tensor in two shards',
      [file('a.safetensors', one), file('b.safetensors', one)],
      {
        code: 'duplicate-tensor',
        values: { name: 'model.0.weight', first: 'a.safetensors', second: 'b.safetensors' },
      },
    ],
    [
      'a damaged shard',
      [file('a.safetensors', one), file('b.safetensors', safetensorsFile('{"x', 0))],
      { code: 'safetensors-broken', values: { file: 'b.safetensors', byte: 11 } },
    ],
    [
      'two models',
      [
        file('a.json', utf8('{"":"A","x":"Linear","y":"Linear"}')),
        file('b.json', utf8('{"":"B","p":"Linear","q":"Linear"}')),
      ],
      { code: 'different-models', values: { first: 'a', second: 'b' } },
    ],
    ['no model', [file('a.txt', utf8('hello')), file('README.md', utf8('x'))], { code: 'not-recognised' }],
    [
      'no model in many',
      [file('a.txt', utf8('hello')), file('b.txt', utf8('hello'))],
      { code: 'folder-without-model', values: { count: 2 } },
    ],
    ['config.json alone', [file('config.json', config)], { code: 'is-model-config' }],
  ])('%s is an error', (_title, files, error) => {
    const result = readTreeFiles(files);
    expect(result.ok ? null : result.error).toMatchObject(error);
  });
});
