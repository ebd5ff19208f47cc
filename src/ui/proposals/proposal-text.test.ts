import { describe, expect, test } from 'vitest';
import { emptyObject } from '../../core/config/value.ts';
import { smallTree } from '../../core/testing/nni-trees.ts';
import { labelOfEdit, textOfChange, textOfFit, textOfSample } from './proposal-text.ts';

describe('how a proposal is reported', () => {
  test('a selector: four strings, then how many more', () => {
    const added = ['a', '', 'c\n', 'd', 'e', 'f'];
    expect(textOfChange({ key: 'op_names', added, removed: 0 })).toEqual({
      key: 'op_names',
      strings: ['a', '(root)', 'c\\n', 'd'],
      rest: 'and 2 more',
    });
    expect(textOfChange({ key: 'op_types', added: [], removed: 1 }).rest).toBe('removes 1 that is there');
    expect(textOfChange({ key: 'op_types', added: ['x'], removed: 2 }).rest).toBe('removes 2 that are there');
  });

  test('its fit', () => {
    const proposal = { config: emptyObject, changes: [], count: 9, extra: { count: 1, first: [3] } };
    expect(textOfFit({ ...proposal, fit: 'broader' })).toBe('+1');
    expect(textOfFit({ ...proposal, fit: 'exact' })).toBe('exact');
  });

  test('a sample of modules', () => {
    expect(textOfSample(smallTree, { count: 2, first: [0, 1] }, 3)).toBe('(root), layer1');
    expect(textOfSample(smallTree, { count: 9, first: [1, 2, 3] }, 2)).toBe('layer1, layer1.conv and 7 more');
  });

  test('its undo step', () => {
    expect(labelOfEdit('add', 8, 2)).toBe('Add 8 modules to #2');
    expect(labelOfEdit('exclude', 1, 1)).toBe('Exclude 1 module from #1');
  });
});
