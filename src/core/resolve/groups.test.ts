import { describe, expect, it } from 'vitest';
import { moduleName } from '../module-tree/tree-index.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { smallTree } from '../testing/nni-trees.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { findGroups } from './groups.ts';
import { createResolver } from './resolver.ts';

function groups(list: string): readonly string[] {
  const resolver = createResolver(smallTree);
  const resolution = resolver.resolve({
    mode: 'pruning',
    list: parseList(list),
    templates: [],
    python: defaultPythonVersion,
  });
  return findGroups(resolution).map(({ key, id, modules, targetCount }) => {
    const names = [...modules].map((module) => moduleName(smallTree, module));
    return `${key} ${id}: ${names.join(' ')} (${targetCount})`;
  });
}

describe('X2a: the groups of a list', () => {
  it.each([
    ['none', '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]', []],
    [
      'one id over two sub-configs',
      '[{"op_names": ["head"], "global_group_id": "a"}, {"op_names": ["layer10"], "global_group_id": "a"}]',
      ['global_group_id "a": layer10 head (2)'],
    ],
    [
      'an int and a string are two groups',
      '[{"op_names": ["head"], "global_group_id": 1}, {"op_names": ["layer10"], "global_group_id": "1"}]',
      ['global_group_id "1": layer10 (1)', 'global_group_id 1: head (1)'],
    ],
    [
      'R1: the first sub-config decides',
      '[{"op_names": ["head"], "sparse_ratio": 0.5}, {"op_types": ["Linear"], "dependency_group_id": "b"}]',
      ['dependency_group_id "b": layer10 (1)'],
    ],
    [
      'two targets of one module',
      '[{"op_names": ["head"], "target_settings": {"weight": {"global_group_id": "a"}, "bias": {"global_group_id": "a"}}}]',
      ['global_group_id "a": head (2)'],
    ],
  ])('%s', (_, list, expected) => {
    expect(groups(list)).toEqual(expected);
  });
});
