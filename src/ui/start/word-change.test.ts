import { describe, expect, it } from 'vitest';
import type { ModelChange } from '../../core/plan/model-change.ts';
import { wordModelChange, wordRename } from './word-change.ts';

function change(before: number, lostCount: number, missing: readonly string[] = []): ModelChange {
  const subConfig = { mode: 'pruning', id: 's1', before, after: before - lostCount, lost: [], lostCount, gained: [], gainedCount: 0 } as const;
  return { subConfigs: [subConfig], lostCount, gainedCount: 0, missing, renames: [] };
}

describe('a change of the model', () => {
  it.each<[string, string, ModelChange, string]>([
    ['net', 'net', change(5, 2), 'This plan matches 2 modules fewer in net (5 matches before it changed).'],
    ['net', 'net', change(5, 1), 'This plan matches 1 module fewer in net (5 matches before it changed).'],
    ['a', 'b', change(4, 4), 'This plan matches nothing in b (4 matches in a).'],
    ['a', 'b', change(1, 1), 'This plan matches nothing in b (1 match in a).'],
    ['a', 'b', change(1, 0, ['x']), 'b has no module of a name that this plan uses.'],
  ])('from %s to %s', (from, to, changed, expected) => {
    expect(wordModelChange(from, to, changed)).toBe(expected);
  });

  it('says a rename with the text in quotes', () => {
    const rename = { type: 'add-prefix', text: 'module.', restored: 3, rewrites: [], left: [] } as const;
    expect(wordRename(rename)).toBe('Add “module.” in the plan, 3 come back');
    expect(wordRename({ ...rename, type: 'remove-prefix', restored: 0 })).toBe('Remove “module.” in the plan');
  });
});
