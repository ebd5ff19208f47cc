import { describe, expect, test } from 'vitest';
import type { ConfigValue } from '../config/value.ts';
import { fix } from '../diagnostics/fix.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import { keepSettling, triesWithin } from './keep-settling.ts';

const resolver = createResolver(readSample('spec_mlp'));

const resolve = (list: ConfigValue) => resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' });
const findingsOf = (list: ConfigValue) =>
  collectFindings(resolve(list), resolver.tree, { resolver, list, templates: [], python: '3.11', teacher: null });

describe('F10a: fixes that settle', () => {
  test('F10a a fix that leads to another refusal is not offered', () => {
    const list = parseList('[{"op_types":["Linear"],"sparse_ratio":1}]');
    const [finding] = findingsOf(list);
    const wrong = fix('remove-key', { key: 'op_types' }, { type: 'remove', path: [0, 'op_types'] });
    const [kept] = keepSettling([{ ...finding!, fixes: [wrong, ...finding!.fixes] }], list, findingsOf, { sure: 10, hasTime: () => false });
    expect(kept!.fixes).toEqual(finding!.fixes);
  });

  test('a fix that there was no time to try is not offered; the likeliest of every finding is tried first', () => {
    const list = parseList('[{"op_type":["Linear"],"sparse_ration":0.5}]');
    const found = findingsOf(list);
    const fixes = (sure: number, hasTime: boolean) =>
      keepSettling(found, list, findingsOf, { sure, hasTime: () => hasTime }).map((finding) => finding.fixes.map(({ code }) => code));
    const all = fixes(100, false);
    expect(all.every(({ length }) => length > 0)).toBe(true);
    expect(fixes(0, true)).toEqual(all);
    expect(fixes(0, false).flat()).toEqual([]);
    expect(fixes(found.length, false)).toEqual(all.map(([first]) => [first]));
  });

  test('the time for more tries starts with the first of them', () => {
    let now = 100;
    const { sure, hasTime } = triesWithin(3, 50, () => now);
    now = 1000;
    expect([sure, hasTime()]).toEqual([3, true]);
    now = 1049;
    expect(hasTime()).toBe(true);
    now = 1050;
    expect(hasTime()).toBe(false);
  });
});
