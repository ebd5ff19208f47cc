import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { readTree } from '../readers/read-tree.ts';
import { utf8 } from '../testing/binary-files.ts';
import { fuzzRuns } from '../testing/fuzz-runs.ts';
import { readScript } from './read-script.ts';

const model = readTree({
  name: 'net.txt',
  bytes: utf8('Net(\n  (conv): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n  (act): ReLU()\n  (fc): Linear(in_features=8, out_features=8, bias=True)\n)'),
});
const tree = model.ok ? model.value : null;

/** The last list of a source as JSON, behind the names that it leaves open; the error's type when there is none. */
function read(source: string, given: Readonly<Record<string, string>> = {}): string {
  const result = readScript(source, { tree, given: new Map(Object.entries(given)) });
  if (!result.ok) return result.error.type;
  const { list, holes } = result.value.lists.at(-1)!;
  return holes.length > 0 ? `open: ${holes.map(({ root }) => root.key).toSorted().join(', ')}` : writeCompactJson(list);
}

const names = (...body: readonly string[]) => ['names = []', ...body, "P = L1NormPruner(model, [{'op_names': names}])"].join('\n');

describe('E5a, E5b a condition that is not decided inside of a loop', () => {
  it.each<[string, string, string]>([
    ['continue', names('for n in ["a", "b"]:', '    if n == args.skip: continue', '    names.append(n)'), 'open: args.skip'],
    ['continue, over the modules of the model', names('for n, m in model.named_modules():', '    if n in skipped: continue', '    if isinstance(m, nn.Linear): names.append(n)'), 'open: skipped'],
    ['continue, and nothing follows', names('for n in ["a", "b"]:', '    names.append(n)', '    if n == args.skip: continue'), '[{"op_names":["a","b"]}]'],
    ['break', names('for n in ["a", "b"]:', '    if args.stop: break', '    names.append(n)'), 'open: args.stop'],
    ['break, after the last change', names('for n in ["a"]:', '    names.append(n)', '    if args.stop: break'), '[{"op_names":["a"]}]'],
    ['break, and else', names('for n in []:', '    if args.stop: break', 'else:', '    names.append("c")'), '[{"op_names":["c"]}]'],
    ['break before else', names('for n in ["a"]:', '    if args.stop: break', 'else:', '    names.append("c")'), 'open: args.stop'],
    ['break of a while loop', names('while True:', '    if args.stop: break', '    names.append("a")'), 'open: args.stop'],
    ['return', `def f():\n    for n in ["a", "b"]:\n        if args.one: return [n]\n    return []\n${names('names = f()')}`, 'open: args.one'],
    ['continue in one loop, the list made in another', names('for n in ["a"]:', '    if args.x: continue', '    y = 1', 'for n in ["b"]: names.append(n)'), '[{"op_names":["b"]}]'],
  ])('%s', (_, source, expected) => {
    expect(read(source)).toBe(expected);
  });

  it('the value that is asked for decides the list', () => {
    const source = names('for n in ["a", "b"]:', '    if n == args.skip: continue', '    names.append(n)');
    expect(read(source, { 'args.skip': "'a'" })).toBe('[{"op_names":["b"]}]');
  });
});

interface Choice {
  readonly depth: number;
  readonly inLoop: boolean;
  readonly inFunction: boolean;
}

/** Statements with the conditions `f0` and `f1`, which nothing sets. */
function statements({ depth, inLoop, inFunction }: Choice): fc.Arbitrary<readonly string[]> {
  const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`);
  const simple: fc.Arbitrary<readonly string[]> = fc.constantFrom(['xs.append(n)'], ['n += 1'], ['xs = xs + ["y"]'], ...(inLoop ? [['continue'], ['break']] : []), ...(inFunction ? [['return xs']] : []));
  const inner = (isLoop = inLoop) => statements({ depth: depth - 1, inLoop: isLoop, inFunction });
  const nested =
    depth === 0
      ? []
      : [
          fc.tuple(fc.constantFrom('f0', 'f1', 'n > 1', 'not f0', ...(inLoop ? ['i == 1', 'i > 0'] : [])), inner()).map(([test, body]) => [`if ${test}:`, ...indented(body)]),
          fc
            .tuple(fc.constantFrom('f0', 'f1'), inner(), inner())
            .map(([test, body, other]) => [`if ${test}:`, ...indented(body), 'else:', ...indented(other)]),
          fc.tuple(fc.integer({ min: 1, max: 3 }), inner(true)).map(([times, body]) => [`for i in range(${times}):`, ...indented(body)]),
          fc
            .tuple(inner(true), inner())
            .map(([body, other]) => ['for i in range(2):', ...indented(body), 'else:', ...indented(other)]),
        ];
  return fc.array(fc.oneof(simple, ...nested), { minLength: 1, maxLength: 3 }).map((parts) => parts.flat());
}

const inFunction = statements({ depth: 3, inLoop: false, inFunction: true }).map((body) =>
  ['def f(n):', '    xs = []', ...body.map((line) => `    ${line}`), '    return xs', "P = L1NormPruner(model, [{'op_names': f(0)}])"].join('\n'),
);
const inModule = statements({ depth: 3, inLoop: false, inFunction: false }).map((body) =>
  ['n = 0', 'xs = []', ...body, "P = L1NormPruner(model, [{'op_names': xs}])"].join('\n'),
);

it('E5b a list that counts as decided is the same for every value that the script leaves open (seed 51, 300 programs)', () => {
  let undecided = 0;
  fc.assert(
    fc.property(fc.oneof(inFunction, inModule), (source) => {
      const open = read(source);
      const values = ['True', 'False'].flatMap((f0) => ['True', 'False'].map((f1) => read(source, { f0, f1 })));
      for (const value of values) expect(value).not.toMatch(/^open/);
      if (open.startsWith('open')) undecided++;
      else expect([...new Set(values)]).toEqual([open]);
    }),
    fuzzRuns(51, 300),
  );
  expect(undecided).toBeGreaterThan(50);
});
