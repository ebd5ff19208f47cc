import { groupBy } from '../text/group-by.ts';
import { looserChoices, writeSegments, type SegmentChoice } from './segment-pattern.ts';

/** Rows of equally many segments, as indices into `texts`. */
export interface CoverTask {
  readonly texts: readonly string[];
  readonly width: number;
  /** The rows that must be matched; distinct. */
  readonly wanted: readonly (readonly number[])[];
  /** The rows that must not be matched, back to back. */
  readonly unwanted: Int32Array;
  readonly budget: Budget;
}

/** Comparisons that may still be made, over all that shares the object. */
export interface Budget {
  left: number;
}

/** A set of segments for each place of a row, with how it is written. */
interface Box {
  readonly values: readonly (readonly number[])[];
  readonly choices: (SegmentChoice | null)[];
}

/** More patterns than these nobody reads. */
const mostBoxes = 16;

/**
 * Rows as few products of sets as can be found that hold everything wanted and nothing unwanted, each place written
 * as short as that allows: a text for each place of each product. `null` where it takes too many. With `tight`, no
 * place is written looser than the wanted values.
 */
export function coverRows(task: CoverTask, tight = false): readonly (readonly string[])[] | null {
  const boxes = findBoxes(task);
  if (boxes === null) return null;
  const checks = createChecks(task);
  if (!tight) for (const box of boxes) loosen(box, task, checks);
  const kept: Box[] = [];
  for (const box of boxes) if (!kept.some((other) => checks.covers(other, box))) kept.push(box);
  return kept.map((box) =>
    box.values.map((values, at) => box.choices[at]?.text ?? writeSegments(values.map((id) => task.texts[id]!))),
  );
}

function findBoxes(task: CoverTask): readonly Box[] | null {
  const checks = createChecks(task);
  const whole = boundingBox(task.wanted.map((row) => row.map((id) => [id])), task.width);
  if (checks.isClean(whole)) return [whole];
  const places = Array.from({ length: task.width }, (_, at) => at);
  const forward = mergeRows(task, places);
  const backward = forward.length < 3 ? forward : mergeRows(task, places.toReversed());
  let boxes = forward.length <= backward.length ? [...forward] : [...backward];
  if (boxes.length > mostBoxes * 3) return null;
  boxes = boxes.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  // Boxes may be joined over rows that the model does not have.
  for (let left = 0; left < boxes.length; left++) {
    for (let right = boxes.length - 1; right > left; right--) {
      const joined = boundingBox([boxes[left]!.values, boxes[right]!.values], task.width);
      if (!checks.isClean(joined)) continue;
      boxes[left] = joined;
      boxes.splice(right, 1);
    }
  }
  return boxes.length > mostBoxes ? null : boxes;
}

function sizeOf({ values }: Box): number {
  return values.reduce((product, { length }) => product * length, 1);
}

function boundingBox(parts: readonly (readonly (readonly number[])[])[], width: number): Box {
  const values = Array.from({ length: width }, (_, at) => {
    const all = new Set<number>();
    for (const part of parts) for (const id of part[at]!) all.add(id);
    return [...all];
  });
  return { values, choices: values.map(() => null) };
}

/** Joins rows that agree in all places but one, place by place, until nothing changes. Exact by itself. */
function mergeRows({ wanted, width }: CoverTask, order: readonly number[]): readonly Box[] {
  const sets: (readonly number[])[] = [];
  const ids = new Map<string, number>();
  const intern = (values: readonly number[]): number => {
    const key = values.join();
    let id = ids.get(key);
    if (id === undefined) {
      id = sets.push(values) - 1;
      ids.set(key, id);
    }
    return id;
  };
  let rows = wanted.map((row) => row.map((id) => intern([id])));
  for (let before = -1; before !== rows.length; ) {
    before = rows.length;
    for (const place of order) {
      const groups = groupBy(rows, (row) => row.with(place, -1).join());
      rows = [...groups.values()].map((group) => {
        if (group.length === 1) return group[0]!;
        const union = [...new Set(group.flatMap((row) => sets[row[place]!]!))].toSorted((a, b) => a - b);
        return group[0]!.with(place, intern(union));
      });
    }
  }
  return rows.map((row) => ({
    values: row.map((id) => sets[id]!),
    choices: Array.from({ length: width }, () => null),
  }));
}

interface Checks {
  /** Whether the box, as it would be written, holds nothing unwanted; `false` also when the budget is used up. */
  readonly isClean: (box: Box) => boolean;
  readonly covers: (outer: Box, inner: Box) => boolean;
}

function createChecks({ texts, width, unwanted, budget }: CoverTask): Checks {
  const accepted = new Map<string, Int8Array>();

  /** For a place of a box: whether a segment fits, from a table that fills up as it is asked. */
  function tester(box: Box, at: number): (id: number) => boolean {
    const choice = box.choices[at];
    if (!choice) {
      const values = new Set(box.values[at]);
      return (id) => values.has(id);
    }
    let table = accepted.get(choice.text);
    if (!table) accepted.set(choice.text, (table = new Int8Array(texts.length)));
    const known = table;
    return (id) => {
      const before = known[id]!;
      if (before !== 0) return before > 0;
      const fits = choice.accepts(texts[id]!);
      known[id] = fits ? 1 : -1;
      return fits;
    };
  }

  return {
    isClean(box) {
      const tests = box.values.map((_, at) => tester(box, at));
      // Places with few values rule most rows out at once.
      const order = box.values.map((_, at) => at).toSorted((a, b) => weight(box, a) - weight(box, b));
      for (let row = 0; row < unwanted.length; row += width) {
        if (--budget.left < 0) return false;
        if (order.every((at) => tests[at]!(unwanted[row + at]!))) return false;
      }
      return true;
    },
    covers(outer, inner) {
      return inner.values.every((values, at) => {
        const test = tester(outer, at);
        return values.every(test);
      });
    },
  };
}

function weight(box: Box, at: number): number {
  return box.choices[at] ? 1e6 : box.values[at]!.length;
}

/** Writes each place of the box as short as stays clean, the longest place first. */
function loosen(box: Box, { texts }: CoverTask, checks: Checks): void {
  const places = box.values
    .map((values, at) => {
      const segments = values.map((id) => texts[id]!);
      const length = writeSegments(segments).length;
      return { at, length, choices: looserChoices(segments).filter(({ text }) => text.length < length) };
    })
    .filter(({ choices }) => choices.length > 0)
    .toSorted((a, b) => b.length - a.length);
  for (const { at, choices } of places) {
    for (const choice of choices) {
      box.choices[at] = choice;
      if (checks.isClean(box)) break;
      box.choices[at] = null;
    }
  }
}
