import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import type { FlowAnswer, FlowBox, FlowPicture } from '../core/graph/picture/draw-flow.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { lineWidths, noteLine, textsOf, titleLine, type BoxTexts, type LineWidths } from './box-texts.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box with its lines of text and its place; `x` and `y` are the upper left corner, in pixels. */
export type PlacedBox = FlowBox & Point & {
  readonly title: readonly string[];
  readonly note: readonly string[];
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

/** Pixels of a character of the title (12 px monospace) and of the note (11 px, in the widest of the page's fonts). */
const titleCharacter = 7.25;
const noteCharacter = 6.6;
/** A module keeps room for the bar of its sub-config. */
const padding = { usual: { module: 18, other: 12 }, narrow: { module: 10, other: 6 } };
/** A picture that is wider does not fit into the side panel at a scale at which it can be read. */
const widest = 440;
const leastWidth = 56;
/** Pixels around all boxes, for the marks that stand over their corners. */
const margin = 12;

/** Places the boxes of a picture in ranks from top to bottom; where many stand side by side, names and types go into more and shorter lines. */
export function layOutFlow(tree: ModuleTree, answer: FlowAnswer): PlacedFlow {
  if (answer.type !== 'picture') return answer;
  const usual = placeBoxes(tree, answer, 'usual');
  if (usual.width <= widest) return usual;
  const narrow = placeBoxes(tree, answer, 'narrow');
  return narrow.width < usual.width ? narrow : usual;
}

function placeBoxes(tree: ModuleTree, answer: FlowPicture, kind: keyof typeof lineWidths): Extract<PlacedFlow, { readonly type: 'picture' }> {
  const widths: LineWidths = lineWidths[kind];
  const texts = new Map(answer.boxes.map((box) => [box.id, textsOf(tree, answer, box, widths)] as const));
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'TB', nodesep: kind === 'narrow' ? 8 : 12, ranksep: 24, edgesep: kind === 'narrow' ? 6 : 10, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of answer.boxes) graph.setNode(box.id, sizeOf(box, texts.get(box.id)!, padding[kind]));
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

function sizeOf({ type }: FlowBox, { title, note }: BoxTexts, padding: { readonly module: number; readonly other: number }): { readonly width: number; readonly height: number } {
  const text = Math.max(...title.map((line) => line.length * titleCharacter), ...note.map((line) => line.length * noteCharacter));
  const sides = type === 'module' || type === 'folded' ? padding.module : padding.other;
  return { width: Math.max(leastWidth, Math.ceil(text) + 2 * sides), height: 10 + title.length * titleLine + note.length * noteLine };
}
