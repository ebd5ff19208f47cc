import { describe, expect, test } from 'vitest';
import type { TreeDisagreement } from '../module-tree/tree-disagreement.ts';
import { checkpointFile, pickle, protobuf, safetensorsFile, utf8 } from '../testing/binary-files.ts';
import { describeTree } from '../testing/describe-tree.ts';
import { inMemory } from '../testing/read-text.ts';
import { describeNote } from './messages/note-wording.ts';
import { readTreeFromFiles } from './read-tree-files.ts';
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

const unknownTypes = 'Types are unknown: this file names tensors only.';

async function read(
  files: readonly TreeInput[],
): Promise<{ lines: readonly string[]; rest: unknown; disagreements: readonly TreeDisagreement[] }> {
  const result = await readTreeFromFiles(files.map(inMemory));
  if (!result.ok) return { lines: [JSON.stringify(result.error)], rest: null, disagreements: [] };
  const { tree, disagreements } = result.value;
  return { lines: describeTree(tree), rest: [tree.model, tree.format, tree.notes.map(describeNote)], disagreements };
}

describe('T17a–b several files of one model', () => {
  test('T11 a folder as people download it: index, shards and config together', async () => {
    const found = await read(folder);
    expect(found.lines).toEqual([' NetForCausalLM', 'model ?', 'model.0 ? weight[2,3]', 'model.1 ? weight[4]']);
    expect(found.rest).toEqual(['net-7b', 'safetensors', [unknownTypes]]);
  });

  test('T17a names in capitals', async () => {
    expect((await read(folder.map(({ name, bytes }) => file(name.replace('config.json', 'CONFIG.JSON'), bytes)))).rest).toEqual(['net-7b', 'safetensors', [unknownTypes]]);
  });

  test('shards without an index', async () => {
    expect(await read([file('m-00001-of-00002.safetensors', one), file('m-00002-of-00002.safetensors', two)])).toMatchObject({
      lines: [' ?', 'model ?', 'model.0 ? weight[2,3]', 'model.1 ? weight[4]'],
      rest: ['m', 'safetensors', [unknownTypes]],
    });
  });

  test('T11 a shard that is missing is named, its tensors are known by name', async () => {
    const found = await read([folder[3]!, folder[4]!]);
    expect(found.lines).toEqual([' ?', 'model ?', 'model.0 ? weight[2,3]', 'model.1 ? weight']);
    expect(found.rest).toEqual([
      'net', 'safetensors',
      [
        unknownTypes,
        'One shard named in the index is missing (m-00002-of-00002.safetensors): its tensors have no shapes.',
      ],
    ]);
  });

  test('T17c safetensors are preferred to a checkpoint of the same weights', async () => {
    const checkpoint = checkpointFile(pickle.dict({ 'model.0.weight': pickle.tensor('0', [9, 9]) }));
    expect((await read([file('pytorch_model.bin', checkpoint), file('model.safetensors', one)])).lines).toEqual([
      ' ?', 'model ?', 'model.0 ? weight[2,3]',
    ]);
  });

  test('print text and safetensors complete each other, and disagreements are listed', async () => {
    const text = utf8(
      'Net(\n  (model): Sequential(\n    (0): Linear(in_features=3, out_features=2, bias=False)\n    (1): Scale()\n    (2): LayerNorm((5,), eps=1e-05, elementwise_affine=True)\n  )\n)',
    );
    const weights = safetensorsFile({
      'model.0.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      'model.1.weight': { dtype: 'F16', shape: [4], data_offsets: [24, 32] },
      'model.2.weight': { dtype: 'F16', shape: [6], data_offsets: [32, 44] },
    }, 44);
    const found = await read([file('net.txt', text), file('model.safetensors', weights)]);
    expect(found.lines).toEqual([
      ' Net', 'model Sequential', 'model.0 Linear weight[2,3] bias=None', 'model.1 Scale weight[4]',
      'model.2 LayerNorm weight[6] bias[5]',
    ]);
    expect(found.disagreements).toEqual([
      { about: 'shape', module: 'model.2', tensor: 'weight', first: '[5]', second: '[6]' },
      { about: 'tensor', module: 'model.2', tensor: 'bias', first: 'present', second: '' },
    ]);
  });

  test('T17d of a pipeline the folder with the most tensors is read, with its own config, and the others are named', async () => {
    const found = await read([
      file('sd/model_index.json', utf8('{"_class_name":"Pipeline","_diffusers_version":"0.30.0"}')),
      file('sd/text_encoder/config.json', utf8('{"architectures":["TextModel"]}')),
      file('sd/text_encoder/model.safetensors', two),
      file('sd/unet/config.json', utf8('{"_class_name":"UNet","_diffusers_version":"0.30.0","sample_size":64}')),
      file('sd/unet/a-00001-of-00002.safetensors', one),
      file('sd/unet/a-00002-of-00002.safetensors', two),
      file('sd/vae/broken.safetensors', safetensorsFile('{"x', 0)),
    ]);
    expect(found.lines).toEqual([' UNet', 'model ?', 'model.0 ? weight[2,3]', 'model.1 ? weight[4]']);
    const text = 'Of several folders unet is read. Not read: text_encoder (1 tensor); drop one of these alone to open it.';
    expect(found.rest).toEqual(['unet', 'safetensors', [unknownTypes, text]]);
  });

  test('T17d of the steps of a training the outermost, else the first', async () => {
    const steps = [file('run/checkpoint-1000/model.safetensors', one), file('run/checkpoint-500/model.safetensors', one)];
    expect((await read(steps)).rest).toMatchObject(['checkpoint-500', 'safetensors', [unknownTypes, expect.stringContaining('checkpoint-1000 (1 tensor)')]]);
    expect((await read([...steps, file('run/model.safetensors', one)])).rest).toMatchObject(['run', 'safetensors', [unknownTypes, expect.stringMatching(/^Of several folders run is read\./)]]);
    expect((await read([...steps, file('run/model.safetensors', one), file('run/checkpoint-500/bad.bin', utf8('PK\u0003\u0004'))])).lines).toHaveLength(3);
  });

  test('a printed model beside the folder completes it', async () => {
    const text = utf8('Net(\n  (model): Sequential(\n    (0): Linear(in_features=3, out_features=2, bias=False)\n  )\n)');
    expect((await read([file('net.txt', text), file('net/unet/a.safetensors', one), file('net/vae/b.safetensors', two)])).lines).toEqual([
      ' Net', 'model Sequential', 'model.0 Linear weight[2,3] bias=None',
    ]);
  });

  test('T17c weights that are there twice are read once', async () => {
    const again = safetensorsFile({ 'layers.0.w.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] } }, 24);
    const found = await read([
      file('m/model.safetensors', one), file('m/model.fp16.safetensors', one), file('m/consolidated.safetensors', again),
    ]);
    expect(found.lines).toEqual([' ?', 'model ?', 'model.0 ? weight[2,3]']);
    const text = 'Not read, for they hold the same weights as others: m/model.fp16.safetensors, m/consolidated.safetensors.';
    expect(found.rest).toEqual(['m', 'safetensors', [unknownTypes, text]]);
    expect((await read([...folder, file('net/merged.safetensors', again)])).rest).toMatchObject(['net-7b', 'safetensors', [unknownTypes, 'Not read, for the index does not name them: net/merged.safetensors.']]);
    expect((await read([file('m/consolidated.safetensors', again)])).lines).toContain('layers.0.w ? weight[2,3]');
  });

  test('T17c the cache of downloads, which holds every file twice', async () => {
    const cache = 'hub/models--someone--net-7b';
    const found = await read([
      file(`${cache}/blobs/0a1b`, one), file(`${cache}/refs/main`, utf8('c0ffee')),
      file(`${cache}/snapshots/c0ffee/config.json`, utf8('{"architectures":["Net"]}')),
      file(`${cache}/snapshots/c0ffee/model.safetensors`, one),
    ]);
    expect(found.lines).toEqual([' Net', 'model ?', 'model.0 ? weight[2,3]']);
    expect(found.rest).toEqual(['net-7b', 'safetensors', [unknownTypes]]);
  });

  test('T17a T17d folders of timm and of an adapter', async () => {
    const timm = utf8('{"architecture":"vit_tiny","num_classes":10,"pretrained_cfg":{}}');
    expect((await read([file('t/config.json', timm), file('t/model.safetensors', one)])).rest).toEqual([
      'vit_tiny', 'safetensors', [unknownTypes],
    ]);
    const adapter = utf8('{"peft_type":"LORA","base_model_name_or_path":"someone/net-7b","r":8}');
    const text = 'Weights of an adapter (LORA) for someone/net-7b: modules of the model that it leaves alone are not listed.';
    expect((await read([file('l/adapter_config.json', adapter), file('l/adapter_model.safetensors', one)])).rest).toEqual([
      'l', 'safetensors', [unknownTypes, text],
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
    [
      'two models that share a name or two',
      [
        file('a.json', utf8('{"":"A","head":"Linear","x":"Linear","y":"Linear"}')),
        file('b.json', utf8('{"":"B","head":"Linear","p":"Linear","q":"Linear"}')),
      ],
      { code: 'different-models', values: { common: 1 } },
    ],
    [
      'layers whose numbers are those of another model',
      [file('a.json', utf8('{"":"A","0":"X","1":"Y"}')), file('b.json', utf8('{"":"B","layers":"L","layers.0":"P","layers.1":"Q","layers.2":"P","layers.3":"P","layers.4":"P","layers.5":"P","layers.6":"P"}'))],
      { code: 'different-models', values: { common: 0 } },
    ],
    ['nothing', [], { code: 'folder-without-model', values: { count: 0 } }],
    [
      'a folder of TensorFlow',
      [
        file('m/variables/variables.index', utf8('x')),
        file('m/saved_model.pb', Uint8Array.from([8, 1, ...protobuf.bytes(2, protobuf.bytes(1, protobuf.bytes(4, utf8('serve'))))])),
      ],
      { code: 'is-foreign', values: { file: 'm/saved_model.pb', kind: 'TensorFlow' } },
    ],
    ['config.json alone', [file('config.json', config)], { code: 'is-model-config' }],
  ])('%s is an error', async (_title, files, error) => {
    const result = await readTreeFromFiles(files.map(inMemory));
    expect(result.ok ? null : result.error).toMatchObject(error);
  });
});
