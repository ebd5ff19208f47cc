import { expect, test } from 'vitest';
import { matchTitle, partsWithin, tiers } from './rank.ts';

const cases: readonly [query: string, title: string, tier: number | null, shown: string][] = [
  ['', 'Undo', tiers.exact, 'Undo'],
  ['undo', 'Undo', tiers.exact, '[Undo]'],
  ['ex', 'Export the list', tiers.start, '[Ex]port the list'],
  ['list', 'Export the list', tiers.wordStart, 'Export the [list]'],
  ['port', 'Export the list', tiers.inside, 'Ex[port] the list'],
  ['ratio', 'Add sparse_ratio to #2', tiers.wordStart, 'Add sparse_[ratio] to #2'],
  ['add sparse ratio', 'Add sparse_ratio to #2', tiers.start, '[Add sparse_ratio] to #2'],
  ['sparse_ratio', 'Add sparse_ratio to #2', tiers.wordStart, 'Add [sparse_ratio] to #2'],
  ['add ratio', 'Add sparse_ratio to #2', tiers.words, '[Add] sparse_[ratio] to #2'],
  ['list exp', 'Export the list', tiers.words, '[Exp]ort the [list]'],
  ['swo', 'Switch #2 off', tiers.letters, '[Sw]itch #2 [o]ff'],
  ['darkt', 'Dark theme', tiers.letters, '[Dark] [t]heme'],
  ['xy', 'Export the quantity', null, ''],
  ['zzz', 'Undo', null, ''],
  ['ttt', 'Quantization sets the bits to it', tiers.letters, 'Quantization sets [t]he bits [t]o i[t]'],
  ['äb', 'Äb', null, ''],
];
test.each(cases)('%s in %s', (query, title, tier, shown) => {
  const match = matchTitle(query, title);
  expect(match?.tier ?? null).toBe(tier);
  if (!match) return;
  let marked = '';
  let done = 0;
  for (const [start, end] of match.parts) {
    marked += `${title.slice(done, start)}[${title.slice(start, end)}]`;
    done = end;
  }
  expect(marked + title.slice(done)).toBe(shown);
});

test('parts of a title are reported of its two pieces', () => {
  const parts = [[1, 3], [4, 8], [9, 10]] as const;
  expect(partsWithin(parts, 0, 6)).toEqual([[1, 3], [4, 6]]);
  expect(partsWithin(parts, 6, 12)).toEqual([[0, 2], [3, 4]]);
});
