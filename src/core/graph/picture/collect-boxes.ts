import type { ModuleTree } from '../../module-tree/module-tree.ts';
import type { DataFlow } from './data-flow.ts';

/** Boxes with their steps and edges, before distant ones are left out. */
export interface Draft {
  /** Box → its steps. */
  readonly members: ReadonlyMap<string, readonly number[]>;
  readonly inside: ReadonlySet<string>;
  /** Box → boxes that it feeds. */
  readonly below: ReadonlyMap<string, ReadonlySet<string>>;
  readonly above: ReadonlyMap<string, ReadonlySet<string>>;
  /** Box → the boxes that it stands for, where those are alike (`fold-alike.ts`). */
  readonly alike: ReadonlyMap<string, readonly string[]>;
}

const lastDraft = new WeakMap<DataFlow, { readonly of: string; readonly draft: Draft }>();

/** The boxes of a frame. Kept for the next module in it: without containers a model is one frame, which may have a hundred thousand steps. */
export function draftOf(tree: ModuleTree, flow: DataFlow, frame: number, open: ReadonlySet<number>): Draft {
  const of = [frame, ...[...open].toSorted((a, b) => a - b)].join();
  const known = lastDraft.get(flow);
  if (known?.of === of) return known.draft;
  const draft = collectBoxes(tree, flow, frame, open, flow.byRow.subarray(flow.starts[frame], flow.starts[tree.end[frame]!]));
  lastDraft.set(flow, { of, draft });
  return draft;
}

function collectBoxes(tree: ModuleTree, flow: DataFlow, frame: number, open: ReadonlySet<number>, steps: Uint32Array): Draft {
  const members = new Map<string, number[]>();
  const inside = new Set<string>();
  const below = new Map<string, Set<string>>();
  const above = new Map<string, Set<string>>();
  const boxOf = (step: number): string => boxOfStep(tree, flow, frame, open, step);
  const note = (box: string, step: number): void => {
    const found = members.get(box);
    if (found === undefined) members.set(box, [step]);
    else if (found.at(-1) !== step) found.push(step);
  };
  const connect = (from: string, to: string): void => {
    if (from === to) return;
    addTo(below, from, to);
    addTo(above, to, from);
  };
  for (const step of steps) {
    const box = boxOf(step);
    inside.add(box);
    note(box, step);
    for (const item of flow.steps[step]!.from) {
      const other = item < 0 ? `input ${-1 - item}` : boxOf(item);
      if (!inside.has(other) && item >= 0) note(other, item);
      if (item < 0) note(other, -1);
      connect(other, box);
    }
    for (const item of flow.steps[step]!.to) {
      const other = boxOf(item);
      if (!inside.has(other)) note(other, item);
      connect(box, other);
    }
    if (flow.returned.has(step)) {
      note('output', -1);
      connect(box, 'output');
    }
  }
  return { members, inside, below, above, alike: new Map() };
}

function addTo(map: Map<string, Set<string>>, key: string, item: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([item]));
  else set.add(item);
}

/** The box that a step is drawn in: itself, or the folded module that it lies in. */
function boxOfStep(tree: ModuleTree, flow: DataFlow, frame: number, open: ReadonlySet<number>, step: number): string {
  const { row, isModule } = flow.steps[step]!;
  const own = `step ${step}`;
  if (contains(tree, frame, row)) {
    let folded = -1;
    for (let at = isModule ? tree.parent[row]! : row; at > frame; at = tree.parent[at]!) if (!open.has(at)) folded = at;
    return folded < 0 ? own : `module ${folded}`;
  }
  // Outside, the largest module that does not hold the frame is one box.
  if (contains(tree, row, frame)) return own;
  let at = row;
  while (tree.parent[at]! >= 0 && !contains(tree, tree.parent[at]!, frame)) at = tree.parent[at]!;
  return at === row && isModule ? own : `module ${at}`;
}

/** Whether `row` is `frame` or lies in it. */
export function contains(tree: ModuleTree, frame: number, row: number): boolean {
  return row >= frame && row < tree.end[frame]!;
}

/** The row of a folded module's box; -1 for any other box. */
export function rowOfBox(box: string): number {
  return box.startsWith('module ') ? Number(box.slice('module '.length)) : -1;
}
