import { describe, expect, it } from 'vitest';
import type { ModelChange } from '../../core/plan/model-change.ts';
import { wordModelChange, wordRename } from './word-change.ts';

function change(before: number, lostCount: number, missing: readonly string[] = []): ModelChange {
  const subConfig = { mode: 'pruning', id: 's1', before, after: before - lostCount, lost: [], lostCount, gained: [], gainedCount: 0 } as const;
  return { subConfigs: [subConfig], lostCount, gainedCount: 0, missing, renames: [] };
}

describe('a change of the model', () => {
  it.each<[string, string, ModelChange, string]>([
    ['net', 'net', change(5, 2), 'net has changed: 2 of the 5 modules that the plan selected are lost.'],
    ['net', 'net', change(5, 1), 'net has changed: 1 of the 5 modules that the plan selected is lost.'],
    ['a', 'b', change(4, 4), 'b took the place of a: all 4 modules that the plan selected are lost.'],
    ['a', 'b', change(1, 1), 'b took the place of a: the only module that the plan selected is lost.'],
    ['a', 'b', change(1, 0, ['x']), 'b took the place of a: 1 name that the plan uses is gone.'],
  ])('from %s to %s', (from, to, changed, expected) => {
    expect(wordModelChange(from, to, changed)).toBe(expected);
  });

  it('says a rename with the text in quotes', () => {
    const rename = { type: 'add-prefix', text: 'module.', restored: 3, rewrites: [], left: [] } as const;
    expect(wordRename(rename)).toBe('Add “module.” in the plan, 3 come back');
    expect(wordRename({ ...rename, type: 'remove-prefix', restored: 0 })).toBe('Remove “module.” in the plan');
  });
});
