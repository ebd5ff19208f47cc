import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Result } from '../result.ts';
import { digestTree } from '../module-tree/tree-digest.ts';
import { findSiblingRuns } from '../module-tree/sibling-runs.ts';
import { pickle, utf8 } from '../testing/binary-files.ts';
import { damage, seedTrees as seeds, weightsPickle as weights } from '../testing/damaged-files.ts';
import { fuzzRuns } from '../testing/fuzz-runs.ts';
import { inMemory } from '../testing/read-text.ts';
import type { ReadError } from './messages/read-error.ts';
import { describeReadError } from './messages/read-error-wording.ts';
import { readTreeFromFiles } from './read-tree-files.ts';
import { readTree } from './read-tree.ts';
import { parseReprArguments } from './literals/repr-arguments.ts';

/** The fault in the answer to a file. A sound tree, or an error that can be worded, is right. */
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

/** Runs the property that every value of the arbitrary is answered well. */
function expectAnswers(files: fc.Arbitrary<Uint8Array>, seed: number, numRuns: number): void {
  fc.assert(
    fc.property(files, (bytes) => {
      expect(readProblem(bytes)).toBeNull();
    }),
    fuzzRuns(seed, numRuns),
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
  test('several arbitrary files at once (seed 16, 200 runs)', async () => {
    const file = fc.record({ name: names, bytes: damage(Object.values(seeds).flat()) });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
        const result = await readTreeFromFiles(files.map(inMemory), { limits });
        expect(problemOf(result.ok ? { ok: true, value: result.value.tree } : result)).toBeNull();
      }),
      fuzzRuns(16, 200),
    );
  });
  test('printed arguments may be anything (seed 17, 1,000 runs)', () => {
    fc.assert(
      fc.property(fc.array(brackets, { maxLength: 40 }), (parts) => {
        const { positional, named } = parseReprArguments(parts.join(''));
        expect(positional.length + named.size).toBeLessThanOrEqual(parts.length);
      }),
      fuzzRuns(17, 1000),
    );
  });
});

/** Texts that make careless patterns slow: at this length quadratic work would never end. */
const long = 400_000;
const slow: Readonly<Record<string, string>> = {
  spaces: `a${' '.repeat(long)}b\n`.repeat(3),
  'spaces after words in quotes': `"a"${' '.repeat(long)}x\n`.repeat(3),
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
  'tags that do not close': '<script>'.repeat(long),
  'tags in tags': '<pre <pre '.repeat(long),
  'styles that do not close': `<pre>${'<style x>'.repeat(long)}`,
  labels: `${'layer'.repeat(long)}: a\n`.repeat(2),
  'headings of missing keys': 'missing keys: '.repeat(long),
  'headings inside of a list of missing keys': `missing_keys=[${"'missing_keys=[', ".repeat(long / 10)}`,
  'keys in a graph': `graph():\n${'%a : [num_users=1] = '.repeat(long / 10)}`,
  'parts of a path': `def forward(self, x):\n a = ${'getattr('.repeat(long)}self;  x = None\n`,
  branches: `${'│   '.repeat(long)}├── a: B\n`.repeat(3),
  'levels of an outline': Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at)}a: B`).join('\n'),
  'JSON of many lines': '{"name": "a", "type": "B"\n'.repeat(long / 100),
  'lines of shapes': `${'a.weight torch.Size([1, 2])\n'.repeat(20_000)}x`,
};

test.each(Object.keys(slow))('T18 a long text of %s is answered', (kind) => {
  expect(readProblem(utf8(slow[kind]!))).toBeNull();
});
