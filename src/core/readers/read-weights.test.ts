import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import {
  checkpointFile,
  joinBytes,
  onnxFile,
  pickle,
  safetensorsFile,
  utf8,
  zipFile,
} from '../testing/binary-files.ts';
import { describeTree, frozenIn } from '../testing/describe-tree.ts';
import { inMemory } from '../testing/read-text.ts';
import type { FileSource } from './bytes/byte-source.ts';
import { describeNote } from './messages/note-wording.ts';
import type { ReadError } from './messages/read-error.ts';
import { describeReadError } from './messages/read-error-wording.ts';
import { readTreeFromFiles } from './read-tree-files.ts';
import { readTree, readTreeFromFile } from './read-tree.ts';

function read(bytes: Uint8Array, name = 'file'): ModuleTree | ReadError {
  const result = readTree({ name, bytes });
  return result.ok ? result.value : result.error;
}

function notesOf({ notes }: ModuleTree): readonly string[] {
  return notes.map(describeNote);
}

function tree(bytes: Uint8Array, name?: string): ModuleTree {
  const result = read(bytes, name);
  if ('code' in result) throw new Error(JSON.stringify(result));
  return result;
}

function real(name: string): Uint8Array {
  return gunzipSync(readFileSync(new URL(`samples/real/${name}.gz`, import.meta.url)));
}

const header = {
  __metadata__: { format: 'pt' },
  'model.layers.0.q.weight': { dtype: 'BF16', shape: [4, 8], data_offsets: [0, 64] },
  'model.layers.0.q.bias': { dtype: 'F32', shape: [4], data_offsets: [64, 80] },
  'model.layers.0.rotary.inv_freq': { dtype: 'F32', shape: [2], data_offsets: [80, 88] },
};

describe('T10 safetensors', () => {
  test('names, shapes and number formats are read from the header', () => {
    const found = tree(safetensorsFile(header, 88));
    expect([found.format, found.lacks, found.notes]).toEqual([
      'safetensors', ['types', 'modules-without-parameters', 'sharing', 'forward'], [{ type: 'types-unknown' }],
    ]);
    expect(describeTree(found)).toEqual([
      ' ?', 'model ?', 'model.layers ?', 'model.layers.0 ?', 'model.layers.0.q ? weight[4,8] bias[4]',
      'model.layers.0.rotary ? inv_freq[2]',
    ]);
    expect(found.specs[found.specId[4]!]!.parameters![0]!.dtype).toBe('bfloat16');
    expect(found.specs[found.specId[5]!]!.buffers!.map(({ name }) => name)).toEqual(['inv_freq']);
  });

  test('a file that is cut behind its header still has names and shapes', () => {
    const found = tree(safetensorsFile(header, 50));
    expect(notesOf(found).at(-1)).toBe('The file is cut short: 38 bytes of weights are missing. Names and shapes are complete.');
  });

  test('of 20 GB no more than the header is asked for', async () => {
    const bytes = safetensorsFile(header, 0);
    const asked: number[] = [];
    const source: FileSource = {
      name: 'model-00001-of-00002.safetensors',
      size: 20e9,
      read: (offset, length) => {
        asked.push(length);
        return Promise.resolve(bytes.slice(offset, offset + length));
      },
    };
    const found = await readTreeFromFile(source);
    expect(found.ok && found.value.size).toBe(6);
    expect(asked).toEqual([1024, 8, bytes.length - 8]);
  });

  test('a file that cannot be read says so', async () => {
    const source: FileSource = {
      name: 'gone.bin',
      size: 100,
      read: () => Promise.reject(new Error('NotFoundError')),
    };
    expect(await readTreeFromFile(source)).toEqual({
      ok: false,
      error: { code: 'reading-failed', values: { file: 'gone.bin', reason: 'NotFoundError', byte: 0 } },
    });
  });
});

describe('T12a T13a files that torch wrote', () => {
  test('a pickled model is what the exporter says of it, sharing and ties too', () => {
    const pickled = tree(real('layers.model.pt'));
    const exported = tree(real('layers.json'));
    expect(describeTree(pickled)).toEqual(describeTree(exported));
    expect([pickled.sharedWith, pickled.tiedTo]).toEqual([exported.sharedWith, exported.tiedTo]);
    expect(pickled.lacks).toEqual(['shapes', 'dtypes', 'forward']);
    expect(pickled.sharedWith.size).toBe(4);
  });

  test('parameters of a pickled model that do not train', () => {
    expect(frozenIn(tree(real('frozen.model.pt')))).toEqual(['0.weight', '1.bias']);
  });

  const expected = tree(real('layers-built.json'));
  test.each(['layers.state.pt', 'layers.legacy.pth', 'layers.checkpoint.pth'])('%s has every tensor', (file) => {
    const found = tree(real(file), file);
    const shapes = new Map(describeTree(expected).map((line) => [line.split(' ', 1)[0], line]));
    for (const line of describeTree(found).filter((each) => / \S+\[/.test(each))) {
      const [name, , ...tensors] = line.split(' ');
      const known = shapes.get(name)!.replaceAll(/ \S+=None/g, '').split(' ').slice(2);
      expect([name, ...tensors]).toEqual([name, ...known]);
    }
    expect([...found.tiedTo]).toContainEqual(['head.weight', 'emb.weight']);
    expect([...found.tiedTo]).toContainEqual(['again.a.weight', 'seq.a.weight']);
    expect(found.notes).toContainEqual({ type: 'types-unknown' });
  });

  test('the part of a checkpoint that holds the model is found and named', () => {
    expect(notesOf(tree(real('layers.checkpoint.pth')))).toContain('Read from “model” of the checkpoint.');
  });

  test('of a large checkpoint only the directory and the pickle are asked for', async () => {
    const bytes = real('layers.state.pt');
    let asked = 0;
    const source: FileSource = {
      name: 'x.pt',
      size: bytes.length,
      read: (offset, length) => {
        asked += length;
        return Promise.resolve(bytes.slice(offset, offset + length));
      },
    };
    const found = await readTreeFromFile(source);
    expect(found.ok && describeTree(found.value)).toEqual(describeTree(tree(bytes)));
    expect(asked).toBeLessThan(2 * bytes.length);
  });

  test('ONNX as torch exports it', () => {
    const found = tree(real('small.onnx'));
    expect([found.format, found.lacks.includes('module-names')]).toEqual(['onnx', true]);
    expect(describeTree(found)).toEqual([
      ' ?',
      '0 Conv2d weight[4,3,3,3] bias[4]',
      '2 ReLU',
      '3 Flatten',
      '4 Linear weight[5,144] bias[5]',
    ]);
  });
});

describe('T12a pickles of protocol 0 and 1', () => {
  const rebuild = 'ctorch._utils\n_rebuild_tensor_v2\n';
  const view = 'I0\n(I4\nI3\nt(I3\nI1\ntI00\nNtR';
  const state = `ccollections\nOrderedDict\np0\n(tRp1\nVa.weight\np2\n${rebuild}p3\n(`;
  const inZip = "P('storage', <class 'torch.HalfStorage'>, '0', 'cpu', 12)\n";
  const inFile = "(Vstorage\nctorch\nHalfStorage\nV0\nVcpu\nI12\nNtQ";
  const magic = 'L119547037146038801333356L\n.I1001\n.(dp0\n.';

  test.each([
    ['protocol 0 in a zip file', zipFile({ 'a/data.pkl': utf8(`${state}${inZip}${view}s.`) }), 'float16'],
    ['protocol 0 as torch wrote before 1.6', utf8(`${magic}${state}${inFile}${view}s.(lp0\n.\u0000`), 'float16'],
    ['protocol 1 as torch wrote before 1.6', joinBytes(
      utf8('L119547037146038801333356L\n.M'), [0xe9, 3, 0x2e], utf8('}q\u0000.}q\u0000('),
      pickle.text('a.weight'), pickle.tensor('0', [4, 3], 'HalfStorage'), utf8('u.]q\u0000.'), [0xff, 0x80],
    ), 'float16'],
    ['protocol 0 in a dictionary of Python 2', utf8(
      "(dp1\nS'state_dict'\np2\n(dp3\nS'a.weight'\np4\ncnumpy.core.multiarray\n_reconstruct\np5\n(tRp6\n" +
      "(I1\n(I4\nI3\ntcnumpy\ndtype\np7\n(S'f2'\nI0\nI1\ntRI00\nS'\\x00'\ntbss.",
    ), 'float16'],
    ['protocol 5 of an array', pickle.file(pickle.dict({
      'a.weight': pickle.call(
        pickle.global('numpy.core.numeric', '_frombuffer'), pickle.none,
        pickle.call(pickle.global('numpy', 'dtype'), pickle.text('f2')),
        pickle.tuple(pickle.int(4), pickle.int(3)), pickle.text('C'),
      ),
    })), 'float16'],
  ])('%s', (_, bytes, dtype) => {
    const found = tree(bytes);
    expect(describeTree(found)).toEqual([' ?', 'a ? weight[4,3]']);
    expect(found.specs[found.specId[1]!]!.parameters![0]!.dtype).toBe(dtype);
  });

  test.each([
    ['a module', "ccopy_reg\n_reconstructor\np0\n(cnets\nNet\np1\nc__builtin__\nobject\np2\nNtRp3\n(dp4\nV_modules\n(dsb."],
    ['an instance of old', '(inets\nNet\np0\n(dp1\nV_modules\n(dsb.'],
    ['an instance of old, protocol 1', '(cnets\nNet\nq\u0001oq\u0002}q\u0003V_modules\n}q\u0004sb.'],
  ])('%s', (_, text) => {
    expect(describeTree(tree(utf8(text)))).toEqual([' Net']);
  });

  test('a key is read with its escapes', () => {
    const key = String.raw`(dp0` + '\n' + String.raw`Va\u00e9\u000ab.weight` + '\n';
    const found = tree(utf8(`${key}${rebuild}(N${view}s.`));
    expect(describeTree(found)).toEqual([' ?', 'aé\nb ? weight[4,3]']);
  });

  test('one that is cut, and one that would run code, are reported', () => {
    expect(read(utf8(`${state}${inZip}`))).toMatchObject({ code: 'pickle-broken' });
    expect(read(utf8("cos\nsystem\np0\n(S'true'\np1\ntp2\nRp3\n."))).toMatchObject({ code: 'pickle-forbidden' });
  });

  test.each([
    ['a text', utf8('Vhello\np0\n.'), 'a text'],
    ['a text with letters of Latin-1', joinBytes(utf8('Vgr'), [0xf6], utf8('sse\np0\n.')), 'a text'],
    ['a pair, which begins as Python prints one', utf8('(I1\nVa\np0\ntp1\n.'), 'a list'],
    ['a number, protocol 1', joinBytes(utf8('G'), [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], utf8('.')), 'a number'],
  ])('%s is said to be that', (_, bytes, found) => {
    expect(read(bytes)).toMatchObject({ code: 'pickle-no-tensors', values: { found } });
  });

  test('texts that begin alike are texts', () => {
    expect(describeTree(tree(utf8('conv1.weight\nbn1.weight\nconv2.bias\n'))).length).toBe(4);
    expect(describeTree(tree(utf8("('a.weight', 'b.weight')"))).length).toBe(3);
  });
});

describe('T12b pickles are worked out, never run', () => {
  const weight = pickle.tensor('0', [2, 3]);
  test.each([
    ['os.system', pickle.dict({ a: weight, b: pickle.call(pickle.global('os', 'system'), pickle.text('true')) })],
    ['posix.system', pickle.call(pickle.global('posix', 'system'), pickle.text('true'))],
    ['builtins.eval', pickle.call(pickle.global('builtins', 'eval'), pickle.text('1'))],
    ['builtins.exec', pickle.dict({ a: weight, b: pickle.global('builtins', 'exec') })],
    ['subprocess.Popen', pickle.call(pickle.global('subprocess', 'Popen'), pickle.text('true'))],
    ['runpy._run_code', pickle.call(pickle.global('runpy', '_run_code'), pickle.text('1'))],
  ])('%s is refused by name', (name, value) => {
    expect(read(checkpointFile(value))).toMatchObject({
      code: 'pickle-forbidden', values: { global: name, entry: 'archive/data.pkl' },
    });
  });

  test('classes that are not known stand aside', () => {
    const config = pickle.instance('my.package', 'Config', { width: pickle.int(3) });
    const found = tree(checkpointFile(pickle.dict({ config, state_dict: pickle.dict({ 'a.weight': weight }) })));
    expect(describeTree(found)).toEqual([' ?', 'a ? weight[2,3]']);
  });

  test('a tensor and its transpose in the same place are not tied; two names of one are', () => {
    const square = pickle.tensor('0', [4, 4], 'FloatStorage', 0, [4, 1]);
    const turned = pickle.tensor('0', [4, 4], 'FloatStorage', 0, [1, 4]);
    const found = tree(checkpointFile(pickle.dict({ 'a.weight': square, 'b.weight': turned, 'c.weight': square })));
    expect([...found.tiedTo]).toEqual([['c.weight', 'a.weight']]);
  });

  test('lists are looked into; one of names with tensors is a dictionary', () => {
    const state = pickle.dict({ 'a.weight': weight });
    expect(describeTree(tree(checkpointFile(pickle.tuple(state, pickle.int(3)))))).toEqual([' ?', 'a ? weight[2,3]']);
    const pairs = pickle.tuple(pickle.tuple(pickle.text('a.weight'), weight), pickle.tuple(pickle.text('b'), weight));
    expect(describeTree(tree(checkpointFile(pairs)))).toEqual([' ? b[2,3]', 'a ? weight[2,3]']);
  });

  test('what an optimizer saves is no model', () => {
    const optimizer = pickle.dict({ state: pickle.dict({ '0': pickle.dict({ exp_avg: weight }) }), param_groups: pickle.tuple() });
    expect(read(checkpointFile(optimizer))).toMatchObject({
      code: 'pickle-no-tensors', values: { found: 'the state of an optimizer' },
    });
  });

  test('the model is taken before the optimizer and its copies, which are named', () => {
    const found = tree(
      checkpointFile(
        pickle.dict({
          optimizer: pickle.dict({ x: weight, y: weight, z: weight }),
          model: pickle.dict({ 'a.weight': weight }),
          teacher: pickle.dict({ 'b.weight': weight }),
        }),
      ),
    );
    expect(describeTree(found)).toEqual([' ?', 'a ? weight[2,3]']);
    expect(notesOf(found).slice(1)).toEqual([
      'Read from “model” of the checkpoint.',
      'Not read: “teacher” (1 tensor).',
    ]);
  });

  test('T13b what stands beside the model is counted by one and many, and tensors at the top level have a name', () => {
    const found = tree(
      checkpointFile(
        pickle.dict({
          mean: weight,
          model: pickle.dict({ 'a.weight': weight, 'b.weight': weight, 'c.weight': weight }),
          teacher: pickle.dict({ 'b.weight': weight, 'c.weight': weight }),
          other: pickle.instance('nets', 'Net', {}),
        }),
      ),
    );
    expect(notesOf(found).slice(2)).toEqual([
      'Not read: the top level (1 tensor), “teacher” (2 tensors).',
    ]);
  });

  test('T13b a module in a checkpoint is named by its key, and so is what else is there', () => {
    const empty = pickle.dict({});
    const module = pickle.instance('nets', 'Net', { _modules: empty, _parameters: empty });
    const found = tree(
      checkpointFile(pickle.dict({
        ema: module, epoch: pickle.int(3), model: [...module, 0x71, 0], same: [0x68, 0], teacher: module,
        state_dict: pickle.dict({ 'b.weight': weight }),
      })),
    );
    expect(describeTree(found)).toEqual([' Net']);
    expect(notesOf(found)).toEqual([
      'Read from “model” of the checkpoint.',
      'Not read: “teacher” (a module), “state_dict” (1 tensor).',
    ]);
  });

  test('T13a a lazy parameter has neither shape nor number format in a pickle, and that is reported', () => {
    const lazy = pickle.call(pickle.global('torch.nn.parameter', 'UninitializedParameter'), [0x88]);
    const module = pickle.instance('torch.nn.modules.linear', 'LazyLinear', {
      _modules: pickle.dict({}), _parameters: pickle.dict({ weight: lazy, bias: pickle.none }),
    });
    const found = tree(checkpointFile(module));
    expect([describeTree(found), found.lacks]).toEqual([[' LazyLinear weight bias=None'], ['shapes', 'dtypes', 'forward']]);
  });

  test('TorchScript gives the classes it was made from', () => {
    const conv = pickle.instance('__torch__.torch.nn.modules.conv.___torch_mangle_3', 'Conv2d', { weight });
    const net = pickle.instance('__torch__.nets', 'Net', { training: [0x88], conv1: conv });
    const found = tree(zipFile({ 'net/data.pkl': pickle.file(net), 'net/code/__torch__/nets.py': utf8('') }));
    expect(describeTree(found)).toEqual([' Net', 'conv1 Conv2d weight[2,3]']);
  });

  test('TorchScript whose pickle holds no module is distinguished', () => {
    const bytes = zipFile({ 'net/data.pkl': pickle.file(pickle.none), 'net/code/__torch__/nets.py': utf8('') });
    expect(read(bytes)).toMatchObject({ code: 'torchscript', values: { first: 'net/code/__torch__/nets.py' } });
  });

  test('frozen TorchScript, whose tensors are constants of its code, is distinguished', () => {
    const net = pickle.instance('__torch__.nets', 'Net', {});
    const files = { 'net/data.pkl': pickle.file(net), 'net/code/__torch__/nets.py': utf8('') };
    expect(read(zipFile({ ...files, 'net/constants/0': utf8('....') }))).toMatchObject({ code: 'torchscript' });
    expect(describeTree(tree(zipFile(files)))).toEqual([' Net']);
  });

  test.each([
    ['of bytes', true],
    ['of a text that stands for bytes', false],
  ])('T12a tensors pickled without torch.save have a format: a file within the pickle, %s', (_title, isBytes) => {
    // The bytes that torch.save writes into such a file, up to the name of the storage.
    const file = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x2e, ...utf8('\0\0\0X\u0007\0\0\0storagectorch\nLongStorage\nq\0')];
    const text = String.fromCharCode(...file);
    const within = isBytes
      ? [0x42, file.length, 0, 0, 0, ...file]
      : pickle.call(pickle.global('_codecs', 'encode'), pickle.text(text), pickle.text('latin1'));
    const storage = pickle.call(pickle.global('torch.storage', '_load_from_bytes'), within);
    const sizes = pickle.tuple(pickle.int(1));
    const tensor = pickle.call(pickle.global('torch._utils', '_rebuild_tensor_v2'), storage, pickle.int(0), sizes, sizes, [0x89], pickle.none);
    const found = tree(pickle.file(pickle.dict({ 'a.weight': tensor, 'b.weight': tensor })));
    expect([found.specs.at(-1)?.buffers, found.tiedTo.size]).toEqual([
      [{ name: 'weight', shape: [1], dtype: 'int64', isNone: false }], 0,
    ]);
  });

  test('T12a texts of protocol 0 are Latin-1 and escapes', () => {
    const head = Uint8Array.from([0x28, 0x64, 0x70, 0x30, 10, 0x56, 0xe9, ...utf8('\\u4e2d.weight\np1\n')]);
    const array = utf8(
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I2\ntcnumpy\ndtype\n(S'f4'\nI0\nI1\ntRI00\nS''\ntbs.",
    );
    expect(describeTree(tree(joinBytes(head, array)))).toEqual([' ?', 'é中 ? weight[2]']);
  });

  test.each([
    ['a class', pickle.global('nets', 'Net'), 'the class or function nets.Net, not an instance of it'],
    ['a tensor', weight, 'a single tensor'],
    ['settings', pickle.dict({ a: pickle.none, b: pickle.none, c: pickle.none, d: pickle.none }), 'a dictionary of “a”, “b”, “c” …'],
    ['an empty dictionary', pickle.dict({}), 'a dictionary without names'],
    ['an empty list', pickle.tuple(), 'an empty list'],
    ['a number', pickle.int(3), 'a number'],
    ['nothing', pickle.none, 'None'],
  ])('T13b a pickle of %s is called what it is', (_title, value, found) => {
    expect(read(checkpointFile(value))).toMatchObject({ code: 'pickle-no-tensors', values: { found } });
  });

  test('T13b single numbers beside the model are not listed', () => {
    const scores = pickle.dict({ best: pickle.tensor('1', []) });
    const found = tree(checkpointFile(pickle.dict({ state_dict: pickle.dict({ 'a.weight': weight }), scores })));
    expect(notesOf(found).slice(1)).toEqual(['Read from “state_dict” of the checkpoint.']);
  });

  test('NumPy arrays in a plain pickle have shapes', () => {
    const dtype = pickle.call(pickle.global('numpy', 'dtype'), pickle.text('f4'), [0x89], [0x88]);
    const array = pickle.build(
      pickle.call(
        pickle.global('numpy.core.multiarray', '_reconstruct'),
        pickle.global('numpy', 'ndarray'),
        pickle.int(0),
      ),
      pickle.tuple(pickle.int(1), pickle.tuple(pickle.int(4), pickle.int(5)), dtype, [0x89], pickle.text('')),
    );
    const found = tree(pickle.file(pickle.dict({ model: pickle.dict({ 'a.weight': array }) })));
    expect(describeTree(found)).toEqual([' ?', 'a ? weight[4,5]']);
    expect(found.specs[found.specId[1]!]!.parameters![0]!.dtype).toBe('float32');
  });

  test('a module that contains itself ends with a message', () => {
    // The instance is remembered (memo 0) before its state refers to it.
    const made = [...pickle.global('nets', 'Net'), 0x29, 0x81, 0x71, 0];
    const value = pickle.build(made, pickle.dict({ _modules: pickle.dict({ again: [0x68, 0] }) }));
    expect(read(checkpointFile(value))).toMatchObject({ code: 'too-deep' });
  });

  test('modules that share what they share do not multiply without end', () => {
    let inner: readonly number[] = pickle.instance('nets', 'Leaf', { _modules: pickle.dict({}) });
    for (let level = 0; level < 40; level++) {
      const remembered = [...inner, 0x71, level];
      inner = pickle.instance('nets', 'Twice', { _modules: pickle.dict({ a: remembered, b: [0x68, level] }) });
    }
    const result = readTree({ name: 'x', bytes: checkpointFile(inner) }, { limits: { maxModules: 10_000 } });
    expect(result).toMatchObject({ ok: false, error: { code: 'too-many-modules', values: { limit: 10_000 } } });
  });

  test('a zip file is read where its entries are deflated', () => {
    const bytes = zipFile({ 'm/data.pkl': pickle.file(pickle.dict({ 'a.weight': weight })) }, 9);
    expect(describeTree(tree(bytes))).toEqual([' ?', 'a ? weight[2,3]']);
  });
});

test('T9 integers are buffers, but for bytes, which may be packed weights', () => {
  const found = tree(
    safetensorsFile({
      'a.index': { dtype: 'I64', shape: [3], data_offsets: [0, 24] },
      'a.mask': { dtype: 'BOOL', shape: [3], data_offsets: [24, 27] },
      'a.weight': { dtype: 'I8', shape: [3], data_offsets: [27, 30] },
    }, 30),
  );
  const { parameters, buffers } = found.specs[found.specId[1]!]!;
  expect([parameters, buffers].map((infos) => infos!.map(({ name }) => name))).toEqual([['weight'], ['index', 'mask']]);
});

test('T15a ONNX initialisers with their producer', () => {
  const found = tree(onnxFile([{ name: 'a.weight', dims: [2, 3], type: 1 }, { name: 'b', dims: [], type: 7 }]));
  expect([found.producer, ...describeTree(found)]).toEqual(['pytorch 2.1', ' ? b[]', 'a ? weight[2,3]']);
});

test('T9 numbered siblings stand in the order of their numbers, and others where they were', () => {
  const names = ['m.10.weight', 'm.z.weight', 'm.9.weight', 'm.1.weight', 'a.weight'];
  const found = tree(utf8(JSON.stringify(names)));
  expect(Array.from({ length: found.size }, (_, row) => moduleName(found, row))).toEqual([
    '', 'm', 'm.1', 'm.z', 'm.9', 'm.10', 'a',
  ]);
});

test.each([
  [['x/version'], 'checkpoint-incomplete', '1 file'],
  [['x/byteorder', 'x/data/0', 'x/version', 'x/.data/serialization_id'], 'checkpoint-incomplete', '4 files'],
  [['x/data/0', 'x/readme.txt'], 'zip-without-pickle', '2 files'],
  [[], 'zip-without-pickle', 'It is empty'],
])('T14 a checkpoint whose writing was interrupted, which holds %j, is %s', (names, code, place) => {
  const error = read(zipFile(Object.fromEntries(names.map((name) => [name, utf8('3')]))), 'x.pt');
  expect(error).toMatchObject({ code });
  expect(describeReadError(error as ReadError).place).toContain(place);
});

test('T14 a checkpoint without its end is incomplete', () => {
  const bytes = checkpointFile(pickle.dict({ 'a.weight': pickle.tensor('0', [2, 3]) }));
  expect(describeReadError(read(bytes.slice(0, -40), 'x.pt') as ReadError)).toEqual({
    title: 'x.pt is a damaged zip file: its directory, which is at its end, is missing.',
    place: `Byte ${bytes.length - 40}.`,
    remedy: 'The file is incomplete: copy or download it again; if torch.save was interrupted, save it again.',
  });
});

test('T1a zip files that hold no checkpoint, and bytes behind a zip signature', () => {
  expect(read(zipFile({ 'a/readme.txt': utf8('x') }))).toMatchObject({
    code: 'zip-without-pickle', values: { entries: 1, first: 'a/readme.txt' },
  });
  expect(read(joinBytes([0x50, 0x4b, 3, 4], new Uint8Array(100)))).toMatchObject({ code: 'zip-broken' });
});

describe('T12a what torch writes beside checkpoints', () => {
  const tensorMeta = (...sizes: readonly number[]): unknown => ({
    tensor_meta: { dtype: 13, sizes: sizes.map((size) => ({ as_int: size })) },
  });

  test('T12c a program that torch.export saved', () => {
    const config = { config: { 'a.weight': tensorMeta(2, 3), 'a.scale': tensorMeta(), odd: { path_name: 'x' } } };
    const found = tree(zipFile({
      'n/data/weights/weight_0': new Uint8Array(12), 'n/data/weights/model_weights_config.json': utf8(JSON.stringify(config)),
    }), 'n.pt2');
    expect(describeTree(found)).toEqual([' ? odd', 'a ? weight[2,3] scale[]']);
    expect(found.specs[found.specId[1]!]!.parameters![0]!.dtype).toBe('bfloat16');
    expect(notesOf(found)[1]).toMatch(/^A program that torch\.export saved/);
    const broken = zipFile({ 'n/data/weights/model_weights_config.json': utf8('{"config":[') });
    expect(read(broken)).toMatchObject({ code: 'zip-broken' });
  });

  test('a program of torch.export before 2.7, and one that holds itself', () => {
    const inner = checkpointFile(pickle.dict({ 'a.weight': pickle.tensor('0', [2, 3]) }));
    const outer = zipFile({ 'serialized_exported_program.json': utf8('{}'), 'serialized_state_dict.pt': inner });
    expect(describeTree(tree(outer))).toEqual([' ?', 'a ? weight[2,3]']);
    // A zip archive of one file stands for that file, once.
    const packed = zipFile({ 'serialized_state_dict.pt': outer });
    expect(describeTree(tree(packed))).toEqual([' ?', 'a ? weight[2,3]']);
    expect(read(zipFile({ 'serialized_state_dict.pt': packed }))).toMatchObject({ code: 'zip-without-pickle' });
  });

  test('a package of torch.package', () => {
    const value = pickle.dict({ 'a.weight': pickle.tensor('0', [2, 3]) });
    const found = tree(zipFile({ 'p/model/model.pkl': pickle.file(value), 'p/.data/extern_modules': utf8('torch\n') }));
    expect(describeTree(found)).toEqual([' ?', 'a ? weight[2,3]']);
    expect(read(zipFile({ 'p/model.pkl': pickle.file(value) }))).toMatchObject({ code: 'zip-without-pickle' });
  });

  const place = 'torch.distributed.checkpoint.metadata';
  const described = (...sizes: readonly number[]): readonly number[] => pickle.instance(place, 'TensorStorageMetadata', {
    properties: pickle.build(
      [...pickle.global(place, 'TensorProperties'), 0x29, 0x81],
      pickle.tuple(pickle.global('torch', 'float16'), pickle.none),
    ),
    size: pickle.call(pickle.global('torch', 'Size'), pickle.tuple(...sizes.map((size) => pickle.int(size)))),
  });
  const keys = (...steps: readonly string[]): readonly number[] => pickle.tuple(...steps.map((step) => pickle.text(step)));
  const metadata = pickle.file(pickle.instance(place, 'Metadata', {
    state_dict_metadata: pickle.dict({
      'model.a.weight': described(4, 3), 'model.b': described(), 'optim.state.0.exp_avg': described(4, 3),
      'epoch': pickle.instance(place, 'BytesStorageMetadata', {}),
    }),
    planner_data: pickle.dict({
      'model.a.weight': keys('model', 'a.weight'), 'model.b': keys('model', 'b'),
      'optim.state.0.exp_avg': keys('optim', 'state', '0', 'exp_avg'),
    }),
  }));
  const part = joinBytes(zipFile({ 'archive/data.pkl': pickle.file(pickle.none) }), zipFile({ 'archive/data.pkl': pickle.file(pickle.none) }));

  test('the metadata of a distributed checkpoint names its tensors, alone and in the folder', async () => {
    const found = tree(metadata, '.metadata');
    expect([found.model, ...describeTree(found)]).toEqual(['checkpoint', ' ? b[]', 'a ? weight[4,3]']);
    expect(found.specs[found.specId[1]!]!.parameters![0]!.dtype).toBe('float16');
    expect(notesOf(found).slice(1)).toEqual(['Read from “model” of the checkpoint.']);
    const folder = await readTreeFromFiles([{ name: 'd/__0_0.distcp', bytes: part }, { name: 'd/.metadata', bytes: metadata }].map(inMemory));
    expect(folder.ok && describeTree(folder.value.tree)).toEqual(describeTree(found));
    expect(folder.ok && folder.value.tree.model).toBe('d');
  });

  test('T14 a file cut behind an archive that it holds is incomplete, not several', () => {
    const bytes = zipFile({ 'n/data/sample_inputs/model.pt': checkpointFile(pickle.none), 'n/models/model.json': utf8('{}'.repeat(40)) });
    const end = bytes.findLastIndex((byte, at) => byte === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 3);
    expect(read(bytes.slice(0, end + 60))).toMatchObject({ code: 'zip-broken', values: { isCut: true } });
  });

  test('T12c T14 a pickle in a zip file that is not what was written opens with a note', () => {
    const bytes = checkpointFile(pickle.dict({ 'abc.weight': pickle.tensor('0', [2, 3]) }));
    expect(tree(bytes).notes).toEqual([{ type: 'types-unknown' }]);
    const at = new TextDecoder('latin1').decode(bytes).indexOf('abc.weight');
    bytes[at] = bytes[at]! ^ 2;
    const found = tree(bytes);
    expect(describeTree(found)).toEqual([' ?', 'cbc ? weight[2,3]']);
    expect(notesOf(found)[1]).toMatch(/^The file may be damaged: its data\.pkl/);
    // torch can leave the check sum out.
    const directory = bytes.findIndex((byte, place) => byte === 0x50 && bytes[place + 1] === 0x4b && bytes[place + 2] === 1);
    bytes.fill(0, directory + 16, directory + 20);
    expect(tree(bytes).notes).toHaveLength(1);
  });

  test('a part of a distributed checkpoint alone is reported where the names are', () => {
    const error = read(part, '__0_0.distcp');
    expect(error).toMatchObject({ code: 'is-distributed' });
    expect(describeReadError(error as ReadError).remedy).toContain('.metadata');
  });
});
