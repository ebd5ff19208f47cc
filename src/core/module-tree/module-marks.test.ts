import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { countBlocks } from './mask-counts.ts';
import { countSelected, markOf, packMarks, selectedIn, sizeOfMarks, writeOut, type MarkedModules } from './module-marks.ts';

const size = 1000;

/** A selection that has about one module in `every` selected, and one in `every` excluded where `excludes`. */
function makeSelection(seed: number, every: number, excludes: boolean, isListed = false): MarkedModules & { readonly state: Uint8Array } {
  const random = createRandom(seed);
  const state = Uint8Array.from({ length: size }, () => (random.below(every) > 0 ? 0 : excludes ? random.pick([1, 2]) : 1));
  const countOf = (mark: number) => state.filter((own) => own === mark).length;
  return {
    state,
    selected: state.map((own) => (own === 1 ? 1 : 0)),
    listed: isListed ? Uint32Array.from([...state.keys()].filter((module) => state[module] === 1)) : null,
    count: countOf(1),
    excludedBy: Uint32Array.from(state, (own) => (own === 2 ? 3 : 0)),
    excludedCount: countOf(2),
  };
}

const selections = [
  makeSelection(1, 100, true),
  makeSelection(2, 1, true),
  makeSelection(3, 1_000_000, false),
  makeSelection(4, 50, false),
  makeSelection(5, 2, false),
  makeSelection(6, 10, true),
  makeSelection(7, 100, true, true),
  makeSelection(8, 2, false, true),
];

test('marks say the same of every module as the masks they were made of, seeds 1 to 8', () => {
  const { marks } = packMarks(selections);
  expect(marks.map(({ type }) => type)).toEqual(['few', 'many', 'few', 'few', 'many', 'few', 'few', 'many']);
  const random = createRandom(9);
  marks.forEach((own, at) => {
    const { state } = selections[at]!;
    expect(sizeOfMarks(own)).toBe(size);
    expect(Array.from(state, (_, module) => markOf(own, module))).toEqual([...state]);
    expect(writeOut(own).state).toEqual(state);
    expect(writeOut(own).blocks).toEqual(countBlocks(state));
    expect(writeOut(own)).toBe(writeOut(own));
    for (let round = 0; round < 100; round++) {
      const [one, other] = [random.below(size + 1), random.below(size + 1)];
      const [start, end] = [Math.min(one, other), Math.max(one, other)];
      const selected = Array.from(state.keys()).filter((module) => module >= start && module < end && state[module] === 1);
      expect(countSelected(own, start, end)).toBe(selected.length);
      expect([...selectedIn(own, start, end)]).toEqual(selected);
    }
  });
});

test('marks of many small selections are handed over in one buffer, by what they select', () => {
  const { marks, buffers } = packMarks(Array.from({ length: 500 }, (_, at) => makeSelection(at, 100, at % 2 === 0)));
  expect(buffers).toHaveLength(1);
  expect(buffers[0]!.byteLength).toBeLessThan((500 * size) / 10);
  const handed = structuredClone(marks, { transfer: [...buffers] });
  expect(markOf(handed[499]!, 0)).toBe(makeSelection(499, 100, false).state[0]);
  expect(handed.map((own) => countSelected(own, 0, size))).toEqual(Array.from({ length: 500 }, (_, at) => makeSelection(at, 100, at % 2 === 0).count));
});
