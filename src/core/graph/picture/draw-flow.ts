import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { dataFlowOf, type DataFlow, type DataStep } from './data-flow.ts';

/** The request for a picture of the flow around one module. */
export interface FlowRequest {
  readonly module: number;
  /** The module whose inside is drawn; kept while `module` is in it. Null lets the engine choose. */
  readonly frame: number | null;
  /** Rows of modules that someone has opened or folded by hand. */
  readonly opened: readonly number[];
  readonly folded: readonly number[];
}

/** One box of the picture. */
export type FlowBox = {
  /** Unique in the picture, and the same for the same thing in another one. */
  readonly id: string;
  /** Whether it lies in the frame; other boxes feed the frame, or are fed by it. */
  readonly isInside: boolean;
  /** Shape of its result; null when not known, or when it has several results. */
  readonly shape: readonly number[] | null;
} & (
  | {
      readonly type: 'module';
      readonly row: number;
      /** Which of several calls, from 1; 0 when it is called once. */
      readonly call: number;
    }
  /** A module with others inside, folded into one box. */
  | { readonly type: 'folded'; readonly row: number; readonly steps: number }
  | { readonly type: 'operation'; readonly row: number; readonly operations: readonly string[] }
  | { readonly type: 'input'; readonly name: string }
  | { readonly type: 'output' }
);

export interface FlowEdge {
  /** Ids of boxes. */
  readonly from: string;
  readonly to: string;
}

/** The flow around one module, folded so that it can be read. */
export interface FlowPicture {
  readonly type: 'picture';
  readonly module: number;
  readonly frame: number;
  readonly boxes: readonly FlowBox[];
  readonly edges: readonly FlowEdge[];
  /** Rows inside of the frame that are drawn open and can be folded. */
  readonly open: readonly number[];
  /** Boxes of the frame that are too far away to be drawn. */
  readonly leftOut: number;
}

/** `never-runs`: no step of the model belongs to the module or anything below it. */
export type FlowAnswer = FlowPicture | { readonly type: 'no-graph' } | { readonly type: 'never-runs' };

/** Boxes that a person can read at once; more are folded, or left out when nothing can be folded. */
const fewBoxes = 26;
const mostBoxes = 44;
/** A frame of fewer steps than this says too little, so the one around it is drawn. */
const leastSteps = 6;

/** Draws the flow around a module: the inside of a frame around it, and the boxes right before and after the frame. */
export function drawFlow(tree: ModuleTree, request: FlowRequest): FlowAnswer {
  if (tree.graph === null) return { type: 'no-graph' };
  const flow = dataFlowOf(tree, tree.graph);
  const module = withSteps(tree, flow, request.module);
  if (module < 0) return { type: 'never-runs' };
  const frame = request.frame !== null && contains(tree, request.frame, module) ? request.frame : chooseFrame(tree, flow, module);
  const open = chooseOpen(tree, flow, frame, module, request);
  const draft = draftOf(tree, flow, frame, open);
  const kept = nearest(draft, boxesOf(draft, tree, flow, module));
  return finish(tree, flow, { module: request.module, frame, open, draft, kept });
}

function contains(tree: ModuleTree, frame: number, row: number): boolean {
  return row >= frame && row < tree.end[frame]!;
}

function countSteps({ starts }: DataFlow, tree: ModuleTree, row: number): number {
  return starts[tree.end[row]!]! - starts[row]!;
}

function stepsWithin({ byRow, starts }: DataFlow, tree: ModuleTree, row: number): Uint32Array {
  return byRow.subarray(starts[row], starts[tree.end[row]!]);
}

/** The row itself, or the one under which a shared module runs; -1 when nothing of it runs. */
function withSteps(tree: ModuleTree, flow: DataFlow, row: number): number {
  if (countSteps(flow, tree, row) > 0) return row;
  const first = tree.sharedWith.get(row) ?? row;
  for (const [other, of] of tree.sharedWith) if (of === first && countSteps(flow, tree, other) > 0) return other;
  return countSteps(flow, tree, first) > 0 ? first : -1;
}

/** A container is its own frame; around a leaf the smallest one that says enough. */
function chooseFrame(tree: ModuleTree, flow: DataFlow, row: number): number {
  const isContainer = tree.end[row]! - row > 1;
  let frame = isContainer ? row : tree.parent[row]!;
  while (frame > 0 && countSteps(flow, tree, frame) < leastSteps) {
    const around = tree.parent[frame]!;
    if (countSteps(flow, tree, around) > mostBoxes && isContainer) break;
    frame = around;
  }
  return Math.max(0, frame);
}

/** Which modules inside of the frame are drawn open: parents of the chosen one, then small ones while there is room. */
function chooseOpen(tree: ModuleTree, flow: DataFlow, frame: number, module: number, { opened, folded }: FlowRequest): ReadonlySet<number> {
  const open = new Set<number>([frame]);
  const refused = new Set(folded);
  for (let row = tree.parent[module]!; row > frame; row = tree.parent[row]!) if (!refused.has(row)) open.add(row);
  for (const row of opened) if (row < tree.size && contains(tree, frame, row)) open.add(row);
  const closed = (): number[] => [...open].flatMap((row) => childrenWithSteps(tree, flow, row)).filter((row) => !open.has(row) && tree.end[row]! - row > 1);
  const count = (): number => [...open].reduce((sum, row) => sum + ownSteps(flow, row) + childrenWithSteps(tree, flow, row).filter((child) => !open.has(child)).length, 0);
  for (;;) {
    const candidates = closed().filter((row) => !refused.has(row));
    const room = fewBoxes - count();
    const [smallest] = candidates.toSorted((a, b) => countSteps(flow, tree, a) - countSteps(flow, tree, b));
    if (smallest === undefined || countSteps(flow, tree, smallest) > room + 1) return open;
    open.add(smallest);
  }
}

function ownSteps({ starts }: DataFlow, row: number): number {
  return starts[row + 1]! - starts[row]!;
}

function childrenWithSteps(tree: ModuleTree, flow: DataFlow, row: number): number[] {
  const children: number[] = [];
  for (let child = row + 1; child < tree.end[row]!; child = tree.end[child]!) if (countSteps(flow, tree, child) > 0) children.push(child);
  return children;
}

/** Boxes with their steps and edges, before distant ones are left out. */
interface Draft {
  /** Box → its steps. */
  readonly members: ReadonlyMap<string, readonly number[]>;
  readonly inside: ReadonlySet<string>;
  /** Box → boxes that it feeds. */
  readonly below: ReadonlyMap<string, ReadonlySet<string>>;
  readonly above: ReadonlyMap<string, ReadonlySet<string>>;
}

const lastDraft = new WeakMap<DataFlow, { readonly of: string; readonly draft: Draft }>();

/** The boxes of a frame. Kept for the next module in it: without containers a model is one frame, which may have a hundred thousand steps. */
function draftOf(tree: ModuleTree, flow: DataFlow, frame: number, open: ReadonlySet<number>): Draft {
  const of = [frame, ...[...open].toSorted((a, b) => a - b)].join();
  const known = lastDraft.get(flow);
  if (known?.of === of) return known.draft;
  const draft = collectBoxes(tree, flow, frame, open, stepsWithin(flow, tree, frame));
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
  return { members, inside, below, above };
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

/** The boxes of the chosen module: its own calls, its inner modules, or the folded module that it lies in. */
function boxesOf({ members }: Draft, tree: ModuleTree, flow: DataFlow, module: number): readonly string[] {
  const found: string[] = [];
  for (const [box, [step = -1]] of members) {
    const folded = rowOfBox(box);
    const isIts =
      folded >= 0
        ? contains(tree, module, folded) || contains(tree, folded, module)
        : step >= 0 && contains(tree, module, flow.steps[step]!.row);
    if (isIts) found.push(box);
  }
  return found;
}

function rowOfBox(box: string): number {
  return box.startsWith('module ') ? Number(box.slice('module '.length)) : -1;
}

/** All boxes where they are few; else the nearest to where it starts. */
function nearest({ members, above, below, inside }: Draft, starts: readonly string[]): ReadonlySet<string> {
  if (members.size <= mostBoxes) return new Set(members.keys());
  const kept = new Set(starts.slice(0, fewBoxes));
  for (const box of kept) {
    if (kept.size >= fewBoxes) break;
    if (!inside.has(box)) continue;
    for (const next of [...(above.get(box) ?? []), ...(below.get(box) ?? [])]) if (kept.size < fewBoxes) kept.add(next);
  }
  return kept;
}

function finish(
  tree: ModuleTree,
  flow: DataFlow,
  { module, frame, open, draft, kept }: {
    readonly module: number;
    readonly frame: number;
    readonly open: ReadonlySet<number>;
    readonly draft: Draft;
    readonly kept: ReadonlySet<string>;
  },
): FlowPicture {
  const calls = callNumbers(flow, draft, kept);
  const placeOf = (id: string): number => (id === 'output' ? Infinity : draft.members.get(id)![0]!);
  const boxes = [...kept].toSorted((a, b) => placeOf(a) - placeOf(b)).map((id): FlowBox => {
    const isInside = draft.inside.has(id);
    const [step = -1, ...others] = draft.members.get(id) ?? [];
    if (id === 'output') return { type: 'output', id, isInside, shape: null };
    if (id.startsWith('input ')) {
      const input = Number(id.slice('input '.length));
      const { inputNames, shapes, shapeId } = flow.flow.graph;
      return { type: 'input', id, isInside, name: inputNames[input] ?? '', shape: shapes[shapeId[input]!] ?? null };
    }
    const row = rowOfBox(id);
    const { shape, isModule, operations, row: own } = flow.steps[step]!;
    if (row >= 0) return { type: 'folded', id, isInside, row, steps: countSteps(flow, tree, row), shape: others.length === 0 ? shape : null };
    if (isModule) return { type: 'module', id, isInside, row: own, call: calls.get(id) ?? 0, shape };
    return { type: 'operation', id, isInside, row: own, operations, shape };
  });
  const edges: FlowEdge[] = [];
  for (const [from, ends] of draft.below) {
    if (kept.has(from)) for (const to of ends) if (kept.has(to)) edges.push({ from, to });
  }
  const shownOpen = [...open].filter((row) => row !== frame).toSorted((a, b) => a - b);
  return { type: 'picture', module, frame, boxes, edges, open: shownOpen, leftOut: draft.members.size - kept.size };
}

/** Numbers the calls of modules that are called more than once. */
function callNumbers({ steps, byRow, starts }: DataFlow, { members }: Draft, kept: ReadonlySet<string>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const id of kept) {
    const step: DataStep | undefined = id.startsWith('step ') ? steps[members.get(id)![0]!] : undefined;
    if (step === undefined || !step.isModule || starts[step.row + 1]! - starts[step.row]! < 2) continue;
    const calls = byRow.subarray(starts[step.row], starts[step.row + 1]);
    numbers.set(id, calls.indexOf(members.get(id)![0]!) + 1);
  }
  return numbers;
}
