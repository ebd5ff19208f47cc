import { expect, test } from 'vitest';
import { countBlocks } from '../../../core/module-tree/mask-counts.ts';
import { initialDerived, type DerivedState } from '../../../store/derived-store.ts';
import { lightOf } from './row-light.ts';
import { spansOf } from './match-span.ts';
import type { VisibleRow } from './visible-rows.ts';

const row: VisibleRow = { id: 'm1', module: 1, end: 4, runLength: 0, depth: 1, state: 'closed', place: 1, beside: 2 };
const name = { name: 'layer1', before: 0 };
const spans = { searched: null, ofTyped: (pattern: string) => spansOf(pattern, '3.11', 'match') };

function typed(pattern: string, ...bits: readonly number[]): DerivedState {
  const mask = Uint8Array.from(bits);
  const shown = { type: 'matched', mask, matchedBlocks: countBlocks(mask), count: 0, slowSeconds: null } as const;
  return { ...initialDerived, preview: { draft: { subConfigId: 's', key: 'op_names_re', index: 0, pattern }, shown, invalid: null } };
}

test('a row counts its matches, says whether it is one, and has its matched part', () => {
  const light = lightOf(row, name, null, spans);
  expect(light(initialDerived)).toEqual({ preview: null, span: null });
  expect(light(typed('lay', 0, 1, 0, 1))).toEqual({ preview: { matches: true, count: 2 }, span: [0, 3] });
  expect(light(typed('layer2', 1, 0, 1, 0))).toEqual({ preview: { matches: false, count: 1 }, span: null });
  // The mask is of another model.
  expect(light(typed('lay', 1, 1))).toEqual({ preview: null, span: null });
});

test('the answer stays the same object until it says something else: the row is not drawn again', () => {
  const light = lightOf(row, name, null, spans);
  const first = light(typed('lay', 0, 1, 0, 1));
  expect(light(typed('la.', 1, 1, 0, 1, 0))).toBe(first);
  const longer = light(typed('laye', 0, 1, 0, 1));
  expect(longer).not.toBe(first);
  expect(longer.span).toEqual([0, 4]);
  expect(longer.preview).toBe(first.preview);
});

test('the part is of the label: a match that grows before it changes nothing', () => {
  const light = lightOf(row, { name: 'layer1.conv', before: 7 }, null, spans);
  const first = light(typed('lay', 0, 1, 0, 1));
  expect(first.span).toEqual([0, 0]);
  expect(light(typed('layer', 0, 1, 0, 1))).toBe(first);
  expect(light(typed('layer1.co', 0, 1, 0, 1)).span).toEqual([0, 2]);
});

test('no part of a run is marked, and a sub-config that is pointed at lights up without one, until a pattern is typed', () => {
  expect(lightOf({ ...row, runLength: 3 }, null, null, spans)(typed('lay', 0, 1, 0, 1)).span).toBeNull();
  const mask = Uint8Array.of(0, 1, 1, 1);
  const light = lightOf(row, name, { mask, blocks: countBlocks(mask), count: 3 }, spans);
  expect(light(initialDerived)).toEqual({ preview: { matches: true, count: 3 }, span: null });
  expect(light(typed('x', 0, 0, 0, 0)).preview).toEqual({ matches: false, count: 0 });
});

test('a found row has the part that the search matches', () => {
  const light = lightOf({ ...row, found: true }, name, null, { ...spans, searched: spansOf('er', '3.11', 'search') });
  expect(light(initialDerived)).toEqual({ preview: null, span: [3, 5] });
});
