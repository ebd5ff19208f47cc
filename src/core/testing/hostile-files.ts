import { gzipSync } from 'fflate';
import type { ReadErrorCode, ReadLimits } from '../readers/messages/read-error.ts';
import {
  checkpointFile,
  joinBytes,
  onnxFile,
  pickle,
  protobuf,
  safetensorsFile,
  utf8,
  zipFile,
} from './binary-files.ts';

/** A file that is broken or meant to do harm, and the expected result. */
export interface HostileFile {
  readonly title: string;
  readonly make: () => Uint8Array;
  /** The error, or `opens` for files that are odd, but harmless. */
  readonly expected: ReadErrorCode | 'opens';
  /** Where reaching the usual limits would take long. */
  readonly limits?: Partial<ReadLimits>;
}

const good =
  '{"format":"module-tree","version":1,"modules":[{"name":"","type":"Net"},{"name":"a","type":"Linear"}]}';
const printed = 'Net(\n  (a): Linear(in_features=3, out_features=2, bias=True)\n  (b): ReLU()\n)\n';
const tensor = pickle.tensor('0', [2, 3]);

function text(title: string, expected: HostileFile['expected'], content: string): HostileFile {
  return { title, expected, make: () => utf8(content) };
}

function bytes(title: string, expected: HostileFile['expected'], make: () => Uint8Array): HostileFile {
  return { title, expected, make };
}

function repeat(part: string, times: number): string {
  return part.repeat(times);
}

function gzip(content: Uint8Array): Uint8Array {
  return gzipSync(content, { mtime: 0 });
}

function tarHeader(): Uint8Array {
  const header = new Uint8Array(1024);
  header.set(utf8('sys_info'), 0);
  header.set(utf8('ustar'), 257);
  return header;
}

/** A list of two modules, the second's name as it is in JSON. */
function moduleNamed(rawName: string): string {
  return `[{"name":"","type":"Net"},{"name":${rawName},"type":"Linear"}]`;
}

function printedChain(levels: number): string {
  const indents = Array.from({ length: levels }, (_, level) => repeat('  ', level + 1));
  const heads = indents.map((indent) => `${indent}(a): A(\n`).join('');
  return `A(\n${heads}${indents.toReversed().map((indent) => `${indent})\n`).join('')})\n`;
}

/** Files of each kind: broken, cut, huge, deep, repeated, named to confuse, or made to run something. */
export const hostileFiles: readonly HostileFile[] = [
  bytes('nothing at all', 'empty-file', () => new Uint8Array(0)),
  text('white space only', 'empty-file', ' \n\t\r\n '),
  bytes('nothing at all, gzipped', 'empty-file', () => gzip(new Uint8Array(0))),
  text('prose', 'not-recognised', 'Dear all,\nplease find the model attached.\n'),
  bytes('random bytes', 'not-utf8', () => Uint8Array.from({ length: 4096 }, (_, i) => ((i * 7919) % 251) + 1)),
  bytes('zero bytes', 'not-recognised', () => new Uint8Array(4096)),
  bytes(
    'a PNG picture',
    'is-foreign',
    () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
  ),
  bytes('a Keras file', 'is-hdf5', () => Uint8Array.from([0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10, 0, 0])),
  bytes('a tar file, as torch wrote before 0.1.10', 'is-archive', tarHeader),
  bytes('a 7-Zip file', 'is-archive', () => Uint8Array.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4])),
  bytes('a GGUF file', 'is-foreign', () => joinBytes(utf8('GGUF'), [3, 0, 0, 0])),
  bytes('a GGML file', 'is-foreign', () => joinBytes(utf8('tjgg'), [3, 0, 0, 0])),
  bytes('a SavedModel of TensorFlow', 'is-foreign', () =>
    Uint8Array.from([8, 1, ...protobuf.bytes(2, protobuf.bytes(1, protobuf.bytes(4, utf8('serve'))))]),
  ),
  bytes('a frozen graph of TensorFlow', 'is-foreign', () =>
    Uint8Array.from(protobuf.bytes(1, [...protobuf.bytes(1, utf8('input')), ...protobuf.bytes(2, utf8('Placeholder'))])),
  ),
  bytes('a Core ML model', 'is-foreign', () =>
    Uint8Array.from([8, 5, ...protobuf.bytes(2, protobuf.bytes(1, protobuf.bytes(1, utf8('x'))))]),
  ),
  bytes('an ExecuTorch program', 'is-foreign', () => joinBytes([32, 0, 0, 0], utf8('ET12'), new Uint8Array(64))),
  text('an OpenVINO model', 'is-foreign', '<?xml version="1.0"?>\n<net name="torch_jit" version="11">\n</net>'),
  bytes('arrays of NumPy in a zip file', 'is-foreign', () => zipFile({ 'a.weight.npy': utf8('\u0093NUMPY') })),
  bytes('a Keras model in a zip file', 'is-foreign', () =>
    zipFile({ 'config.json': utf8('{}'), 'model.weights.h5': utf8('HDF') }),
  ),
  text(
    'a page for signing in',
    'is-html',
    '<!DOCTYPE html><html><body><script>alert(1)</script>Sign in</body></html>',
  ),
  text(
    'a Git LFS pointer',
    'is-pointer',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
  ),
  text('Python source', 'is-python', 'import os\nos.system("true")\n'),
  text('a script with a config list', 'is-config-list', "import torch\nconfig_list = [{'op_types': ['Linear']}]\n"),
  text('an assigned config list', 'is-config-list', "config_list = [{'op_types': ['Linear'], 'sparse_ratio': 0.5}]\n"),
  text('a plan', 'is-plan', '{"format":"compression-plan","version":1}'),
  text('a config list', 'is-config-list', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'),
  text('a model’s config.json', 'is-model-config', '{"architectures":["Bert"],"model_type":"bert"}'),
  text('a number', 'not-recognised', '42'),
  text('null', 'not-recognised', 'null'),
  text('a lone text', 'not-recognised', '"resnet18"'),
  text('an empty object', 'no-modules', '{}'),
  text('an empty list', 'no-modules', '[]'),
  text('a document without modules', 'no-modules', '{"format":"module-tree","version":1,"modules":[]}'),
  text('a document of a version to come', 'newer-version', good.replace('"version":1', '"version":2')),
  text('JSON cut in a name', 'json-syntax', good.slice(0, 60)),
  text('JSON cut between entries', 'json-syntax', good.slice(0, good.indexOf('{"name":"a"'))),
  text('JSON with a comma too many', 'json-syntax', good.replace('}]}', '},]}')),
  text('JSON with something behind it', 'json-syntax', `${good} trailing`),
  text('two documents one after the other', 'json-syntax', good + good),
  text('JSON with NaN', 'json-syntax', '[{"name":"","type":"Net","parameters":{"w":{"shape":[NaN]}}}]'),
  text('JSON with a raw line end in a name', 'json-syntax', moduleNamed('"a\nb"')),
  text('JSON with a wrong escape', 'json-syntax', moduleNamed('"a\\x"')),
  text('JSON with brackets that do not pair', 'json-syntax', '[{"name":"","type":"Net","parameters":[}]}]'),
  text('100,000 levels of lists', 'json-syntax', repeat('[', 100_000)),
  text('100,000 levels of closed lists', 'entry-name', `${repeat('[', 100_000)}${repeat(']', 100_000)}`),
  text('100,000 levels of objects', 'json-syntax', repeat('{"a":', 100_000)),
  text(
    '100,000 levels of modules',
    'too-deep',
    `${repeat('{"name":"a","type":"A","children":[', 100_000)}${repeat(']}', 100_000)}`,
  ),
  text('100,000 levels in one name', 'too-deep', moduleNamed(`"a${repeat('.a', 100_000)}"`)),
  text('1,500 levels of printed modules', 'too-deep', printedChain(1500)),
  text(
    '1,500 levels of printed modules that are not closed',
    'print-syntax',
    printedChain(1500).slice(0, 1_000_000),
  ),
  text(
    '100,000 levels of printed modules without indentation',
    'too-deep',
    `A(\n${repeat('(a): A(\n', 100_000)}${repeat(')\n', 100_001)}`,
  ),
  text('100,000 levels of Python lists', 'python-syntax', `[(${repeat('(', 100_000)}`),
  bytes('100,000 levels of pickled tuples', 'pickle-no-tensors', () =>
    pickle.file([0x4e, ...Array.from({ length: 100_000 }, () => 0x85)]),
  ),
  text('an entry that is no object', 'entry-not-object', '[{"name":"","type":"Net"},7]'),
  text('an entry without a name', 'entry-name', '[{"name":"","type":"Net"},{"type":"Linear"}]'),
  text('an entry whose name is a number', 'entry-name', moduleNamed('7')),
  text('an entry without a type', 'entry-type', '[{"name":"","type":"Net"},{"name":"a"}]'),
  text('an entry whose type is a list', 'entry-type', '[{"name":"","type":["Net"]}]'),
  text(
    'a shape with a negative size',
    'entry-field',
    '[{"name":"","type":"N","parameters":{"w":{"shape":[-1]}}}]',
  ),
  text(
    'a shape with a size of 10³⁰',
    'entry-field',
    '[{"name":"","type":"N","parameters":{"w":{"shape":[1e30]}}}]',
  ),
  text(
    'children that are a text',
    'entry-field',
    '{"name":"","type":"N","children":[{"name":"a","type":"A","children":"b"}]}',
  ),
  text(
    'two modules of one name',
    'duplicate-name',
    '[{"name":"","type":"N"},{"name":"a","type":"A"},{"name":"a","type":"B"}]',
  ),
  text('two roots', 'duplicate-name', '[{"name":"","type":"N"},{"name":"","type":"M"}]'),
  text('a dump with a repeated key', 'duplicate-name', '{"":"N","a":"A","a":"B"}'),
  text('a key list with a repeated key', 'duplicate-tensor', '["a.weight","a.weight"]'),
  text(
    'modules called like parts of objects',
    'opens',
    '{"":"N","__proto__":"A","constructor":"B","toString":"C","__proto__.x":"D"}',
  ),
  text(
    'a parameter called __proto__',
    'opens',
    '[{"name":"","type":"N","parameters":{"__proto__":{"shape":[2]}}}]',
  ),
  text('an entry with a __proto__ of its own', 'opens', '[{"name":"","type":"N","__proto__":{"name":"x"}}]'),
  text(
    'names with line ends, marks that turn text around, and HTML',
    'opens',
    '{"":"N","a\\nb":"A","\\u202eevil":"B","<img src=x onerror=alert(1)>":"C","\\u0000":"D"}',
  ),
  text('a name that is half a surrogate pair', 'opens', '{"":"N","\\ud800":"A"}'),
  text('names of dots only', 'opens', '{"":"N",".":"A","..":"B"}'),
  bytes('a name of a million letters', 'opens', () => utf8(moduleNamed(`"${repeat('x', 1_000_000)}"`))),
  bytes('Latin-1 text', 'not-utf8', () => joinBytes(utf8('{"":"N","gr'), [0xfc, 0xdf], utf8('e":"A"}'))),
  bytes('UTF-8 cut in a letter', 'not-utf8', () => joinBytes(utf8('{"":"N","gr'), [0xc3])),
  bytes(
    'a surrogate written as UTF-8',
    'not-utf8',
    () => joinBytes(utf8('{"":"N","'), [0xed, 0xa0, 0x80], utf8('":"A"}')),
  ),
  bytes('gzip cut in the middle', 'gzip-broken', () => gzip(utf8(good)).slice(0, 40)),
  bytes('gzip without its end', 'gzip-broken', () => gzip(utf8(good)).slice(0, -4)),
  bytes('gzip with a changed byte', 'gzip-broken', () => {
    const packed = gzip(utf8(repeat(good, 50)));
    packed[20] = packed[20]! ^ 0xff;
    return packed;
  }),
  bytes('gzip in gzip', 'is-archive', () => gzip(gzip(utf8(good)))),
  {
    ...bytes('a gzip bomb: 20 MB of spaces in 20 KB, where 5 MB are allowed', 'too-large', () =>
      gzip(new Uint8Array(20_000_000).fill(32)),
    ),
    limits: { maxBytes: 5_000_000 },
  },
  {
    ...bytes('a deflated pickle that is a bomb', 'too-large', () =>
      zipFile({ 'a/data.pkl': new Uint8Array(20_000_000) }, 9),
    ),
    limits: { maxBytes: 5_000_000 },
  },
  text('a printed model cut in the middle', 'print-syntax', printed.slice(0, 60)),
  text(
    'a run that miscounts',
    'print-syntax',
    'Net(\n  (0-9): 3 x Linear(in_features=3, out_features=2, bias=True)\n)',
  ),
  text(
    'runs in runs that make 10¹² modules',
    'too-many-modules',
    'N(\n  (0-999999): 1000000 x A(\n    (0-999999): 1000000 x B()\n  )\n)',
  ),
  text(
    'a table without names',
    'table-without-names',
    `${repeat('=', 40)}\nLayer (type:depth-idx)    Param #\n${repeat('=', 40)}\nNet    --\n├─Conv2d: 1-1    224\n${repeat('=', 40)}\n`,
  ),
  bytes('safetensors that are too short', 'safetensors-broken', () => safetensorsFile('{', 0, 100)),
  bytes(
    'safetensors whose header should have 4 GB',
    'safetensors-broken',
    () => safetensorsFile('{"a":1}', 0, 4_000_000_000),
  ),
  bytes(
    'safetensors with a header that is no JSON',
    'safetensors-broken',
    () => safetensorsFile('{"a":{"dtype"', 0),
  ),
  bytes('safetensors with a shape of texts', 'safetensors-entry', () =>
    safetensorsFile({ 'a.weight': { dtype: 'F32', shape: ['2'], data_offsets: [0, 8] } }, 8),
  ),
  bytes('safetensors with positions that run backwards', 'safetensors-entry', () =>
    safetensorsFile({ 'a.weight': { dtype: 'F32', shape: [2], data_offsets: [8, 0] } }, 8),
  ),
  bytes('safetensors without tensors', 'no-modules', () => safetensorsFile({ __metadata__: {} }, 0)),
  bytes('safetensors that are cut in their weights', 'opens', () =>
    safetensorsFile({ 'a.weight': { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, 3),
  ),
  text('a weight map of numbers', 'weight-map', '{"metadata":{},"weight_map":{"a.weight":7}}'),
  bytes('a zip file of something else', 'zip-without-pickle', () => zipFile({ 'readme.txt': utf8('hello') })),
  bytes(
    'a checkpoint that is cut',
    'zip-broken',
    () => checkpointFile(pickle.dict({ 'a.weight': tensor })).slice(0, 150),
  ),
  bytes('a zip file whose directory is damaged', 'zip-broken', () => {
    const zip = checkpointFile(pickle.dict({ 'a.weight': tensor }));
    const at = zip.length - 22 - 60;
    zip.fill(0xaa, at, at + 20);
    return zip;
  }),
  bytes('a checkpoint that would run os.system', 'pickle-forbidden', () =>
    checkpointFile(pickle.call(pickle.global('os', 'system'), pickle.text('rm -rf /'))),
  ),
  bytes('a checkpoint that would run eval beside its weights', 'pickle-forbidden', () =>
    checkpointFile(
      pickle.dict({ 'a.weight': tensor, b: pickle.call(pickle.global('builtins', 'eval'), pickle.text('1')) }),
    ),
  ),
  bytes(
    'a pickle that is cut',
    'pickle-broken',
    () => pickle.file(pickle.dict({ 'a.weight': tensor })).slice(0, 30),
  ),
  bytes(
    'a pickle with an operation that there is not',
    'pickle-broken',
    () => Uint8Array.from([0x80, 2, 0xff, 0x2e]),
  ),
  bytes(
    'a pickle that takes from an empty stack',
    'pickle-broken',
    () => Uint8Array.from([0x80, 2, 0x30, 0x61, 0x2e]),
  ),
  bytes('a pickle that remembers nothing', 'pickle-broken', () => Uint8Array.from([0x80, 2, 0x68, 9, 0x2e])),
  bytes(
    'a pickled text that should have 4 GB',
    'pickle-broken',
    () => Uint8Array.from([0x80, 2, 0x58, 255, 255, 255, 255, 0x2e]),
  ),
  bytes('a pickle that holds itself', 'pickle-no-tensors', () =>
    Uint8Array.from([0x80, 2, 0x5d, 0x71, 0, 0x68, 0, 0x61, 0x2e]),
  ),
  bytes(
    'a checkpoint without tensors',
    'pickle-no-tensors',
    () => checkpointFile(pickle.dict({ epoch: pickle.int(3) })),
  ),
  bytes('TorchScript without modules', 'torchscript', () =>
    zipFile({ 'net/data.pkl': pickle.file(pickle.none), 'net/code/__torch__.py': utf8('') }),
  ),
  bytes(
    'ONNX that is cut',
    'onnx-broken',
    () => onnxFile([{ name: 'a.weight', dims: [2, 3], type: 1 }]).slice(0, 40),
  ),
  bytes('ONNX without a graph', 'onnx-broken', () =>
    Uint8Array.from(
      [...protobuf.varint(1, 7), ...protobuf.bytes(2, utf8('pytorch')), ...protobuf.bytes(3, utf8('2'))],
    ),
  ),
  bytes('ONNX whose lengths run past its end', 'onnx-broken', () =>
    Uint8Array.from([...protobuf.varint(1, 7), 0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2, 3]),
  ),
];
