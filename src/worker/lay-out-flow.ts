import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import type { FlowAnswer, FlowBox, FlowPicture } from '../core/graph/picture/draw-flow.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { moduleName, moduleType } from '../core/module-tree/tree-index.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box with its two lines of text and its place; `x` and `y` are the upper left corner, in pixels. */
export type PlacedBox = FlowBox & Point & {
  readonly title: string;
  readonly note: string;
  readonly width: number;
  readonly height: number;
};

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

/** A picture that only needs to be painted. */
export type PlacedFlow =
  | Exclude<FlowAnswer, FlowPicture>
  | (Omit<FlowPicture, 'boxes' | 'edges'> & {
      readonly boxes: readonly PlacedBox[];
      readonly edges: readonly PlacedEdge[];
      readonly width: number;
      readonly height: number;
    });

/** Pixels of a character of the title (12 px monospace) and of the note (11 px). */
const titleCharacter = 7.25;
const noteCharacter = 6;
const longestName = 26;
const longestOperations = 34;
const padding = 20;
const leastWidth = 64;
const tall = 40;
const low = 24;

/** Places the boxes of a picture in ranks from top to bottom. */
export function layOutFlow(tree: ModuleTree, answer: FlowAnswer): PlacedFlow {
  if (answer.type !== 'picture') return answer;
  const texts = new Map(answer.boxes.map((box) => [box.id, textsOf(tree, answer, box)] as const));
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'TB', nodesep: 16, ranksep: 26, edgesep: 10, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of answer.boxes) graph.setNode(id, sizeOf(texts.get(id)!));
  for (const { from, to } of answer.edges) graph.setEdge(from, to);
  layout(graph);
  const { width: across = 0, height: down = 0 } = graph.graph();
  const placeAcross = runsBackwards(graph, answer.boxes) ? (x: number) => across - x : (x: number) => x;
  const boxes = answer.boxes.map((box): PlacedBox => {
    const { title, note } = texts.get(box.id)!;
    const { width, height, x = 0, y = 0 } = graph.node(box.id);
    return { ...box, title, note, width, height, x: placeAcross(x) - width / 2, y: y - height / 2 };
  });
  const edges = answer.edges.map(({ from, to }): PlacedEdge => {
    const points = graph.edge(from, to)?.points ?? [];
    return { from, to, points: points.map(({ x, y }) => ({ x: placeAcross(x), y })) };
  });
  return { ...answer, boxes, edges, width: across, height: down };
}

/** Whether boxes of one rank are mostly against the order in which they run: query right of key. */
function runsBackwards(graph: Graph<GraphLabel, NodeLabel, EdgeLabel>, boxes: readonly FlowBox[]): boolean {
  const last = new Map<number, number>();
  let steps = 0;
  for (const { id } of boxes) {
    const { x = 0, y = 0 } = graph.node(id);
    const before = last.get(y);
    if (before !== undefined) steps += Math.sign(x - before);
    last.set(y, x);
  }
  return steps < 0;
}

interface Texts {
  readonly title: string;
  readonly note: string;
}

function sizeOf({ title, note }: Texts): { readonly width: number; readonly height: number } {
  const text = Math.max(title.length * titleCharacter, note.length * noteCharacter);
  return { width: Math.max(leastWidth, Math.ceil(text) + 2 * padding), height: note === '' ? low : tall };
}

function textsOf(tree: ModuleTree, picture: FlowPicture, box: FlowBox): Texts {
  const shape = changedShape(picture, box);
  const withShape = (text: string): string => (shape === null ? text : `${text} · ${shape}`);
  switch (box.type) {
    case 'input':
      return { title: shorten(box.name, longestName), note: shape === null ? 'input' : `input · ${shape}` };
    case 'output':
      return { title: 'output', note: '' };
    case 'operation':
      return { title: shorten(box.operations.join(' › '), longestOperations), note: shape ?? '' };
    case 'module': {
      const call = box.call === 0 ? '' : ` · call ${box.call}`;
      return { title: nameIn(tree, picture, box), note: withShape(`${moduleType(tree, box.row) ?? 'unknown type'}${call}`) };
    }
    case 'folded':
      return { title: nameIn(tree, picture, box), note: withShape(`${moduleType(tree, box.row) ?? 'unknown type'} · ${box.steps} steps`) };
  }
}

/** Inside of the frame a name needs no beginning; elsewhere the end says most. */
function nameIn(tree: ModuleTree, { frame }: FlowPicture, { row, isInside }: FlowBox & { readonly row: number }): string {
  const name = moduleName(tree, row);
  const prefix = moduleName(tree, frame);
  return shorten(isInside && prefix !== '' && row !== frame ? name.slice(prefix.length + 1) : name, longestName);
}

/** The end of a long text, which says most. */
function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `…${text.slice(1 - longest)}`;
}

/** The shape of a box's output, without the batch, where it differs from its input. */
function changedShape({ boxes, edges }: FlowPicture, { id, shape }: FlowBox): string | null {
  if (shape === null || shape.length < 2) return null;
  const key = shape.join();
  const sources = new Set(edges.filter(({ to }) => to === id).map(({ from }) => from));
  const isKept = boxes.some((box) => sources.has(box.id) && box.shape?.join() === key);
  return isKept ? null : shape.slice(1).join('×');
}
