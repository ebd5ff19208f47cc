import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { moduleType } from '../../module-tree/tree-index.ts';
import { groupBy } from '../../text/group-by.ts';
import { contains, draftOf, rowOfBox, type Draft } from './collect-boxes.ts';
import { dataFlowOf, type DataFlow, type DataStep } from './data-flow.ts';
import { foldAlike } from './fold-alike.ts';

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
  /** Rows of the modules or operations that it stands for: one, or at least four that are alike. Empty for inputs and the output. */
  readonly rows: readonly number[];
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
const leastSteps = 5;
/** These call nothing: the module around them does. */
const lists: ReadonlySet<string | null> = new Set(['ModuleList', 'ModuleDict']);
/** So many alike modules in a list are drawn as one stack, closed. */
const leastStacked = 4;

/** Draws the flow around a module: the inside of a frame around it, and the boxes right before and after the frame. */
export function drawFlow(tree: ModuleTree, request: FlowRequest): FlowAnswer {
  if (tree.graph === null) return { type: 'no-graph' };
  const flow = dataFlowOf(tree, tree.graph);
  const module = withSteps(tree, flow, request.module);
  if (module < 0) return { type: 'never-runs' };
  const frame = request.frame !== null && contains(tree, request.frame, module) ? request.frame : chooseFrame(tree, flow, module);
  const open = chooseOpen(tree, flow, frame, module, request);
  const single = draftOf(tree, flow, frame, open);
  const starts = boxesOf(single, tree, flow, module);
  const isOneThing = tree.end[module]! - module === 1 || starts.length === 1;
  const draft = foldAlike(single, tree, flow, new Set(isOneThing ? starts : []));
  const kept = nearest(draft, shownBoxes(draft, starts));
  return finish(tree, flow, { module: request.module, frame, open, draft, kept });
}

function countSteps({ starts }: DataFlow, tree: ModuleTree, row: number): number {
  return starts[tree.end[row]!]! - starts[row]!;
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
  while (frame > 0 && (countSteps(flow, tree, frame) < leastSteps || (frame !== row && lists.has(moduleType(tree, frame))))) {
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
  const stacks = new Map<number, ReadonlySet<number>>();
  const stackedIn = (list: number): ReadonlySet<number> => {
    const found = stacks.get(list) ?? stackedChildren(tree, flow, list);
    stacks.set(list, found);
    return found;
  };
  // A list of experts takes the room of one box.
  const cost = (row: number): number => {
    const children = stackedIn(row).size === 0 ? [] : childrenWithSteps(tree, flow, row);
    return children.length > 0 && children.every((child) => stackedIn(row).has(child)) ? 0 : countSteps(flow, tree, row);
  };
  for (;;) {
    const candidates = closed().filter((row) => !refused.has(row) && !stackedIn(tree.parent[row]!).has(row));
    const room = fewBoxes - count();
    const [smallest] = candidates.toSorted((a, b) => cost(a) - cost(b));
    if (smallest === undefined || (cost(smallest) > 0 && cost(smallest) > room + 1)) return open;
    open.add(smallest);
  }
}

/** Modules of a list that have enough others like them in it, such as the experts of a layer. */
function stackedChildren(tree: ModuleTree, flow: DataFlow, list: number): ReadonlySet<number> {
  if (!lists.has(moduleType(tree, list))) return new Set();
  const alike = groupBy(childrenWithSteps(tree, flow, list), (row) => `${tree.typeId[row]} ${tree.end[row]! - row} ${countSteps(flow, tree, row)}`);
  return new Set([...alike.values()].filter(({ length }) => length >= leastStacked).flat());
}

function ownSteps({ starts }: DataFlow, row: number): number {
  return starts[row + 1]! - starts[row]!;
}

function childrenWithSteps(tree: ModuleTree, flow: DataFlow, row: number): number[] {
  const children: number[] = [];
  for (let child = row + 1; child < tree.end[row]!; child = tree.end[child]!) if (countSteps(flow, tree, child) > 0) children.push(child);
  return children;
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

/** The boxes that stand for these, each once. */
function shownBoxes({ alike }: Draft, boxes: readonly string[]): readonly string[] {
  const stackOf = new Map([...alike].flatMap(([stack, of]) => of.map((box) => [box, stack] as const)));
  return [...new Set(boxes.map((box) => stackOf.get(box) ?? box))];
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
    if (id === 'output') return { type: 'output', id, isInside, shape: null, rows: [] };
    if (id.startsWith('input ')) {
      const input = Number(id.slice('input '.length));
      const { inputNames, shapes, shapeId } = flow.flow.graph;
      return { type: 'input', id, isInside, name: inputNames[input] ?? '', shape: shapes[shapeId[input]!] ?? null, rows: [] };
    }
    const boxes = draft.alike.get(id) ?? [id];
    const row = rowOfBox(boxes[0]!);
    const steps = draft.members.get(id)!.map((step) => flow.steps[step]!);
    const { shape: firstShape, isModule, operations, row: own } = steps[0]!;
    const isOneShape = (row < 0 || steps.length === boxes.length) && steps.every(({ shape }) => shape?.join() === firstShape?.join());
    const common = { id, isInside, shape: isOneShape ? firstShape : null };
    if (row >= 0) return { type: 'folded', ...common, row, rows: boxes.map(rowOfBox), steps: countSteps(flow, tree, row) };
    const rows = steps.map((step) => step.row);
    if (isModule) return { type: 'module', ...common, row: own, rows, call: calls.get(id) ?? 0 };
    return { type: 'operation', ...common, row: own, rows, operations };
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
