import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { createResolver } from '../resolve/resolver.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { readSample } from '../testing/nni-vectors.ts';
import { compareResolutions } from './compare-resolutions.ts';

const tree = readSample('resnet18');
const resolver = createResolver(tree);

function resolve(text: string): Resolution {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(read.error.message);
  return resolver.resolve({ mode: 'pruning', list: read.value, templates: [], python: defaultPythonVersion });
}

/** `20 weight.sparse_ratio 0.5 → 0.8 (conv1, …)`. */
function reported(before: string, after: string): readonly string[] {
  return compareResolutions(resolve(before), resolve(after)).map(({ target, key, before: was, after: is, count, modules }) => {
    const value = (side: typeof was): string => (side === undefined ? '–' : key === null ? 'set' : writeCompactJson(side));
    return `${count} ${target}${key === null ? '' : `.${key}`} ${value(was)} → ${value(is)} (${moduleName(tree, modules[0]!)})`;
  });
}

const convolutions = '[{"op_types": ["Conv2d"], "target_names": ["weight"], "sparse_ratio": 0.5}]';

describe('comparing what resolves', () => {
  it.each<[string, string, readonly string[]]>([
    ['the same list', convolutions, []],
    ['another ratio', convolutions.replace('0.5', '0.8'), ['20 weight.sparse_ratio 0.5 → 0.8 (conv1)']],
    ['a number written otherwise', convolutions.replace('0.5', '0.50'), ['20 weight.sparse_ratio 0.5 → 0.50 (conv1)']],
    ['fewer modules', convolutions.replace('}', ', "exclude_op_names": ["conv1"]}'), ['1 weight set → – (conv1)']],
    ['nothing', '[]', ['20 weight set → – (conv1)']],
    [
      'one that comes first',
      `[{"op_names": ["conv1"], "target_names": ["weight"], "sparse_ratio": 0.1}, ${convolutions.slice(1)}`,
      ['1 weight.sparse_ratio 0.5 → 0.1 (conv1)'],
    ],
    [
      'another key',
      convolutions.replace('}', ', "granularity": "out_channel"}'),
      ['20 weight.granularity "default" → "out_channel" (conv1)'],
    ],
    [
      'another type too',
      convolutions.replace('"Conv2d"', '"Conv2d", "Linear"'),
      ['1 weight – → set (fc)'],
    ],
  ])('R1: %s', (_, after, expected) => {
    expect(reported(convolutions, after)).toEqual(expected);
  });

  it('the other way round swaps the sides', () => {
    const other = '[{"op_names_re": ["layer1"], "op_types": ["Conv2d"], "sparse_ratio": 0.3}]';
    const forth = compareResolutions(resolve(convolutions), resolve(other));
    const back = compareResolutions(resolve(other), resolve(convolutions));
    const sides = (all: typeof forth, swapped: boolean) =>
      all.map(({ target, key, before, after, modules }) =>
        JSON.stringify([target, key, swapped ? [after, before] : [before, after], modules]),
      );
    expect(sides(back, true).toSorted()).toEqual(sides(forth, false).toSorted());
  });
});
