import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Result } from '../result.ts';
import { digestTree } from '../module-tree/tree-digest.ts';
import { findSiblingRuns } from '../module-tree/sibling-runs.ts';
import { checkpointFile, onnxFile, pickle, safetensorsFile, utf8 } from '../testing/binary-files.ts';
import type { ReadError } from './read-error.ts';
import { describeReadError } from './read-error-wording.ts';
import { readTreeFiles } from './read-tree-files.ts';
import { readTree } from './read-tree.ts';
import { parseReprArguments } from './repr-arguments.ts';

/** What is wrong with the answer to a file: a sound tree, or an error that can be worded, is right. */
function problemOf(result: Result<ModuleTree, ReadError>): string | null {
  if (result.ok) return isSound(result.value) ? null : 'the tree is unsound';
  const { title, place, remedy } = describeReadError(result.error);
  const message = `${title} ${place} ${remedy}`;
  return /undefined|\[object/.test(message) ? message : null;
}

const limits = { maxModules: 20_000, maxBytes: 5_000_000 };

function readProblem(bytes: Uint8Array): string | null {
  return problemOf(readTree({ name: 'x', bytes }, { limits }));
}

function isSound(tree: ModuleTree): boolean {
  if (tree.size < 1 || tree.end[0] !== tree.size || tree.parent[0] !== -1) return false;
  for (let row = 1; row < tree.size; row++) {
    const parent = tree.parent[row]!;
    if (parent < 0 || parent >= row || tree.end[row]! > tree.end[parent]! || tree.end[row]! <= row) return false;
    if (tree.specs[tree.specId[row]!] === undefined || tree.types[tree.typeId[row]!] === undefined) return false;
  }
  return digestTree(tree).length === 32 && findSiblingRuns(tree).runOf.length === tree.size;
}

/** Cuts, overwrites, repeats or joins parts of good files. */
function damage(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const part = fc.tuple(
    fc.constantFrom(...seeds),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const cut = part.map(([seed, from, to]) =>
    seed.slice(Math.floor(Math.min(from, to) * seed.length * 0.2), Math.ceil(Math.max(from, to) * seed.length)),
  );
  const overwritten = fc
    .tuple(
      part,
      fc.array(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })),
        { minLength: 1, maxLength: 6 },
      ),
    )
    .map(([[seed], changes]) => {
      const bytes = seed.slice();
      for (const [where, value] of changes) bytes[Math.floor(where * (bytes.length - 1))] = value;
      return bytes;
    });
  const joined = fc.tuple(cut, cut).map(([left, right]) => Uint8Array.from([...left, ...right]));
  return fc.oneof(cut, overwritten, joined);
}

const folder = new URL('samples/', import.meta.url);
const printedSamples = readdirSync(folder)
  .filter((name) => name.endsWith('.txt.gz') && !name.startsWith('deepseek'))
  .map((name) => new Uint8Array(gunzipSync(readFileSync(new URL(name, folder)))));
const treeSamples = ['spec_mlp', 'oddities', 'conv_bn_relu'].map(
  (name) => new Uint8Array(
    gunzipSync(readFileSync(new URL(`../../../public/samples/${name}.json.gz`, import.meta.url))),
  ),
);
const weights = pickle.dict({
  'a.weight': pickle.tensor('0', [2, 3]),
  b: pickle.instance('x.y', 'Z', { _modules: pickle.dict({}) }),
});
const seeds: Readonly<Record<string, readonly Uint8Array[]>> = {
  'module trees': treeSamples,
  'printed models': printedSamples.map((bytes) => bytes.slice(0, 6000)),
  dumps: [
    utf8('{"":"Net","a":"Linear","a.b":"ReLU"}'), utf8("[('', 'Net'), ('a', 'Linear')]"), utf8(
      'a.weight torch.Size([2, 3])\na.bias torch.Size([2])\n',
    ),
    utf8('["a.weight","a.bias"]'), utf8('{"weight_map":{"a.weight":"x.safetensors"}}'),
  ],
  safetensors: [safetensorsFile({ 'a.weight': { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, 8)],
  checkpoints: [
    checkpointFile(weights),
    new Uint8Array(gunzipSync(readFileSync(new URL('real/layers.legacy.pth.gz', folder)))).slice(0, 9000),
  ],
  pickles: [pickle.file(weights)],
  ONNX: [onnxFile([{ name: 'a.weight', dims: [2, 3], type: 1 }, { name: 'b.bias', dims: [4], type: 10 }])],
  gzip: [new Uint8Array(readFileSync(new URL('../../../public/samples/spec_mlp.json.gz', import.meta.url)))],
};

/** Runs the property that whatever the arbitrary makes is answered well. */
function expectAnswers(files: fc.Arbitrary<Uint8Array>, seed: number, numRuns: number): void {
  fc.assert(
    fc.property(files, (bytes) => {
      expect(readProblem(bytes)).toBeNull();
    }),
    { seed, numRuns },
  );
}

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom(
    '(', ')', '(a): ', 'Linear(', '\n', '  ', '{', '}', '[', ']', '"', "'", ',', ':', '(0-3): 4 x ', '=', 'name', 'type',
    '│    └─', '=====================',
  ),
);
const oddKeys = [
  'name', 'type', 'modules', 'children', 'parameters', 'shape', 'weight_map', 'forward', 'args', 'a.b', '__proto__',
];
const oddJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, '', 'a', 'a.b', 'Linear', '__proto__'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...oddKeys), tie('value'), { maxKeys: 5 }),
  ),
})).value;
const oddOperation = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((code): readonly number[] => [code]),
  fc.constantFrom<readonly number[]>(
    [0x28], [0x74], [0x7d], [0x5d], [0x29], [0x75], [0x65], [0x52], [0x81], [0x62], [0x51], [0x71, 0], [0x68, 0], [0x86], [
      0x32,
    ],
    pickle.text('_modules'),
    pickle.global('torch._utils', '_rebuild_tensor_v2'),
    pickle.global('torch._tensor', '_rebuild_from_type_v2'),
    pickle.global('collections', 'OrderedDict'),
    pickle.tensor('0', [2]),
    weights,
  ),
);
const names = fc.constantFrom('config.json', 'a.index.json', 'a.safetensors', 'b.bin', 'x/y.txt');
const brackets = fc.constantFrom('(', ')', '[', ']', ',', '=', "'", '"', ' ', 'a', '1', 'torch.Size(', '\n');

describe('T18 no file makes a reader throw', () => {
  test.each(Object.keys(seeds))('damaged %s (seed 11, 400 runs)', (kind) => {
    expect(seeds[kind]!.length).toBeGreaterThan(0);
    expectAnswers(damage(seeds[kind]!), 11, 400);
  });
  test('arbitrary bytes, text and JSON (seeds 12 to 14, 1,000 runs each)', () => {
    expectAnswers(fc.uint8Array({ maxLength: 200 }), 12, 1000);
    expectAnswers(fc.array(oddText, { maxLength: 60 }).map((parts) => utf8(parts.join(''))), 13, 1000);
    expectAnswers(oddJson.map((value) => utf8(JSON.stringify(value))), 14, 1000);
    expect(readProblem(utf8(''))).toBeNull();
  });
  test('arbitrary operations of a pickle (seed 15, 2,000 runs)', () => {
    expect(readProblem(pickle.file(weights))).toBeNull();
    expectAnswers(fc.array(oddOperation, { maxLength: 40 }).map((parts) => pickle.file(parts.flat())), 15, 2000);
  });
  test('several arbitrary files at once (seed 16, 200 runs)', () => {
    const file = fc.record({ name: names, bytes: damage(Object.values(seeds).flat()) });
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (files) => {
        const result = readTreeFiles(files, { limits });
        expect(problemOf(result.ok ? { ok: true, value: result.value.tree } : result)).toBeNull();
      }),
      { seed: 16, numRuns: 200 },
    );
  });
  test('printed arguments may be anything (seed 17, 1,000 runs)', () => {
    fc.assert(
      fc.property(fc.array(brackets, { maxLength: 40 }), (parts) => {
        const { positional, named } = parseReprArguments(parts.join(''));
        expect(positional.length + named.size).toBeLessThanOrEqual(parts.length);
      }),
      { seed: 17, numRuns: 1000 },
    );
  });
});

/** Texts that make careless patterns slow: at this length what grows with the square would never end. */
const long = 400_000;
const slow: Readonly<Record<string, string>> = {
  spaces: `a${' '.repeat(long)}b\n`.repeat(3),
  'lines of spaces': `a${' '.repeat(400)}b\n`.repeat(2000),
  'a word': `${'a'.repeat(long)}(\n`.repeat(3),
  'a word that ends wrongly': `${'a'.repeat(long)}!(\n`.repeat(3),
  'spaces in a module': `A(${' '.repeat(long)}x)`,
  dots: `${'a.'.repeat(long)}b\nc.weight\n`,
  'opening parentheses': `A(\n  (a): B${'('.repeat(long)}\n)`,
  'heads one in another': 'A(\n'.repeat(long),
  'keys that do not close': `A(\n${'  (a\n'.repeat(long)}`,
  'keys with many ends': `A(\n  (a${'): '.repeat(long)}B()\n)`,
  backslashes: `{"":"N","${'\\\\'.repeat(long)}":"A"`,
  'escaped quotes': `{"":"N","${'\\"'.repeat(long)}":"A"`,
  brackets: '['.repeat(long),
  'escape signs': '\u001b['.repeat(long),
  'escape texts': '\u001b]'.repeat(long),
  'table branches': `${'='.repeat(30)}\nLayer (type (var_name))\n${'='.repeat(30)}\n${'│    '.repeat(long)}!\n`,
  'a word again and again': JSON.stringify(['a.b', 'weight'.repeat(long)]),
  sizes: JSON.stringify({ a: '1, '.repeat(long), b: ' '.repeat(long) }),
  'lines of shapes': `${'a.weight torch.Size([1, 2])\n'.repeat(20_000)}x`,
};

test.each(Object.keys(slow))('T18 a long text of %s is answered', (kind) => {
  expect(readProblem(utf8(slow[kind]!))).toBeNull();
});
