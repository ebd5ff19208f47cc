import { expect, test } from 'vitest';
import { countBlocks } from '../../../core/module-tree/mask-counts.ts';
import { lightOf } from './row-light.ts';
import { spansOf } from './match-span.ts';
import type { PatternSpans } from './use-pattern-spans.ts';
import type { VisibleRow } from './visible-rows.ts';

const row: VisibleRow = { id: 'm1', module: 1, end: 4, runLength: 0, depth: 1, state: 'closed', place: 1, beside: 2 };
const name = { name: 'layer1', before: 0 };
const dark = { isMatched: false, matches: null, from: 0, to: 0 };

function hits(...bits: readonly number[]) {
  const mask = Uint8Array.from(bits);
  return { mask, blocks: countBlocks(mask) };
}
const none: PatternSpans = { searched: null, typed: null };
const matched = (pattern: string): PatternSpans => ({ ...none, typed: spansOf(pattern, '3.11', 'match') });
const searched = (pattern: string): PatternSpans => ({ ...none, searched: spansOf(pattern, '3.11', 'search') });

test('a row counts its matches, says whether it is one, and has its matched part', () => {
  expect(lightOf(row, name, null, none)).toEqual(dark);
  expect(lightOf(row, name, hits(0, 1, 0, 1), matched('lay'))).toEqual({ isMatched: true, matches: 2, from: 0, to: 3 });
  expect(lightOf(row, name, hits(1, 0, 1, 0), matched('layer2'))).toEqual({ isMatched: false, matches: 1, from: 0, to: 0 });
  // The mask is of another model.
  expect(lightOf(row, name, hits(1, 1), matched('lay'))).toEqual(dark);
});

test('the part is of the label: a match that grows before it changes nothing', () => {
  const own = { name: 'layer1.conv', before: 7 };
  const light = (pattern: string) => lightOf(row, own, hits(0, 1, 0, 1), matched(pattern));
  expect(light('lay')).toEqual({ isMatched: true, matches: 2, from: 0, to: 0 });
  expect(light('layer')).toEqual(light('lay'));
  expect(light('layer1.co')).toMatchObject({ from: 0, to: 2 });
  expect(lightOf(row, own, hits(0, 1, 0, 1), { ...none, typed: spansOf('onv', '3.11', 'search') })).toMatchObject({ from: 1, to: 4 });
});

test('no part of a run is marked, and a sub-config that is pointed at lights up without one', () => {
  expect(lightOf({ ...row, runLength: 3 }, null, hits(0, 1, 0, 1), matched('lay'))).toEqual({ isMatched: true, matches: 2, from: 0, to: 0 });
  expect(lightOf(row, name, hits(0, 1, 1, 1), none)).toEqual({ isMatched: true, matches: 3, from: 0, to: 0 });
});

test('a found row has the part that the search matches', () => {
  expect(lightOf({ ...row, found: true }, name, null, searched('er'))).toEqual({ ...dark, from: 3, to: 5 });
});

test('where a row is searched and its name is typed, the typed part is marked; other found rows keep theirs', () => {
  const both = { typed: spansOf('lay', '3.11', 'match'), searched: spansOf('er', '3.11', 'search') };
  expect(lightOf({ ...row, found: true }, name, hits(0, 1, 0, 1), both)).toMatchObject({ from: 0, to: 3 });
  expect(lightOf({ ...row, found: true }, name, hits(0, 0, 0, 1), both)).toMatchObject({ from: 3, to: 5 });
});
