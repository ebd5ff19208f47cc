import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectOf, type ConfigValue } from '../config/value.ts';
import type { loadNamesOfList as Load } from './load-names-of-list.ts';

const load = vi.hoisted(() => vi.fn<() => Promise<void>>());
vi.mock('../python-re/unicode/load-character-names.ts', () => ({ loadCharacterNames: load, findLoadedCharacter: () => null }));

describe('P6: the table of character names for a list', () => {
  // Test files share their modules: here one of its own, which gets a replacement of the table and is not left to the others.
  let loadNamesOfList: typeof Load;
  beforeAll(async () => {
    vi.resetModules();
    ({ loadNamesOfList } = await import('./load-names-of-list.ts'));
  });
  afterAll(() => void vi.resetModules());
  beforeEach(() => load.mockClear());

  const named = String.raw`layer\N{DIGIT ONE}`;
  const cases: readonly [ConfigValue, readonly string[], number][] = [
    [[objectOf([['op_names_re', [named]]])], [], 1],
    [[objectOf([['op_types', ['Linear']]]), objectOf([['exclude_op_names_re', ['a', named]]])], [], 1],
    [[objectOf([['op_names_re', ['layer1']]])], [named], 1],
    [[objectOf([['op_names', [named]]])], [], 0],
    [[objectOf([['op_names_re', named]]), 'x', null], ['layer1'], 0],
    [null, [], 0],
  ];
  it.each(cases)('%#', async (list, patterns, times) => {
    await loadNamesOfList(list, patterns);
    expect(load).toHaveBeenCalledTimes(times);
  });
});
