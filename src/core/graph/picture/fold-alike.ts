import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { groupBy } from '../../text/group-by.ts';
import { rowOfBox, type Draft } from './collect-boxes.ts';
import type { DataFlow } from './data-flow.ts';

/** Fewer parallel boxes than this are drawn one by one. */
const leastAlike = 4;
/** In a frame of more boxes only the nearest are drawn, so nothing is gained by a look at all of them. */
const mostBoxes = 4000;

/**
 * Draws parallel boxes that are alike as one: the experts of a layer, and what feeds and follows each of them. Boxes are alike
 * when their names differ in numbers only, and when the boxes above and below them are alike, all the way up and down.
 * `apart`: boxes that stay single. Linear in the edges.
 */
export function foldAlike(draft: Draft, tree: ModuleTree, flow: DataFlow, apart: ReadonlySet<string>): Draft {
  if (draft.members.size < leastAlike || draft.members.size > mostBoxes) return draft;
  const numberOf = createNumbers();
  const order = inFlowOrder(draft);
  const labels = new Map(order.map((box) => [box, numberOf(labelOf(box, draft, tree, flow, apart))]));
  const up = hashAlong(order, draft.above, labels, numberOf);
  const down = hashAlong(order.toReversed(), draft.below, labels, numberOf);
  const classes = groupBy(draft.members.keys(), (box) => `${up.get(box)} ${down.get(box)}`);
  const alike = new Map<string, readonly string[]>();
  for (const boxes of classes.values()) if (boxes.length >= leastAlike) alike.set(`alike ${boxes[0]}`, boxes);
  return alike.size === 0 ? draft : merge(draft, alike);
}

/** Numbers texts by first appearance. */
function createNumbers(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

/** All that a box says by itself, without the numbers in its name. Inputs, the output and `apart` are like no other. */
function labelOf(box: string, { inside, members }: Draft, tree: ModuleTree, flow: DataFlow, apart: ReadonlySet<string>): string {
  if (apart.has(box) || box === 'output' || box.startsWith('input ')) return box;
  const place = inside.has(box) ? 'inside' : 'outside';
  const folded = rowOfBox(box);
  const { row, isModule, operations } = flow.steps[members.get(box)![0]!]!;
  const named = folded < 0 ? row : folded;
  const name = moduleName(tree, named).replaceAll(/\d+/g, '#');
  if (folded >= 0) return `${place} folded ${name} ${tree.typeId[folded]} ${tree.end[folded]! - folded}`;
  return isModule ? `${place} module ${name} ${tree.specId[row]} ${tree.typeId[row]}` : `${place} operation ${name} ${operations.join()}`;
}

/** Boxes from the input to the output. Where folded modules feed each other in a circle, the order of first steps counts. */
function inFlowOrder({ members, above, below }: Draft): readonly string[] {
  const waits = new Map([...members.keys()].map((box) => [box, above.get(box)?.size ?? 0]));
  const order = new Set<string>();
  const place = (start: string): void => {
    const ready = [start];
    for (let box = ready.pop(); box !== undefined; box = ready.pop()) {
      if (order.has(box)) continue;
      order.add(box);
      for (const next of below.get(box) ?? []) {
        const left = (waits.get(next) ?? 0) - 1;
        waits.set(next, left);
        if (left === 0) ready.push(next);
      }
    }
  };
  for (const [box, count] of waits) if (count === 0) place(box);
  for (const box of members.keys()) place(box);
  return [...order];
}

/** For each box a number of its label and of all that lies before it in the order. */
function hashAlong(
  order: readonly string[],
  before: ReadonlyMap<string, ReadonlySet<string>>,
  labels: ReadonlyMap<string, number>,
  numberOf: (text: string) => number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const box of order) {
    // In a circle some sources have no number yet: their label stands in, and the box itself keeps it apart.
    const sources = [...(before.get(box) ?? [])].map((source) => found.get(source) ?? numberOf(`${source} ${box}`));
    found.set(box, numberOf(`${labels.get(box)}: ${[...new Set(sources)].toSorted((a, b) => a - b).join()}`));
  }
  return found;
}

function merge({ members, inside, below, above }: Draft, alike: ReadonlyMap<string, readonly string[]>): Draft {
  const stackOf = new Map<string, string>();
  for (const [stack, boxes] of alike) for (const box of boxes) stackOf.set(box, stack);
  const nameOf = (box: string): string => stackOf.get(box) ?? box;
  const merged = new Map<string, readonly number[]>();
  for (const [box, steps] of members) merged.set(nameOf(box), [...(merged.get(nameOf(box)) ?? []), ...steps]);
  const edges = (of: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, ReadonlySet<string>> => {
    const found = new Map<string, Set<string>>();
    for (const [from, ends] of of) {
      const set = found.get(nameOf(from)) ?? new Set<string>();
      for (const end of ends) if (nameOf(end) !== nameOf(from)) set.add(nameOf(end));
      found.set(nameOf(from), set);
    }
    return found;
  };
  return { members: merged, inside: new Set([...inside].map(nameOf)), below: edges(below), above: edges(above), alike };
}
