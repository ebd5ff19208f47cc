import type { FlowBox, FlowPicture } from '../core/graph/picture/draw-flow.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { moduleName, moduleType } from '../core/module-tree/tree-index.ts';

/** The lines of a box: names, and below them types and shapes. */
export interface BoxTexts {
  readonly title: readonly string[];
  readonly note: readonly string[];
}

/** Pixels from line to line. */
export const titleLine = 15;
export const noteLine = 13;
/** Characters of a line. */
export interface LineWidths {
  readonly title: number;
  readonly note: number;
}
/** Boxes are narrow so that few of them fit side by side into the side panel, and narrower where there are more. */
export const lineWidths: Readonly<Record<'usual' | 'narrow', LineWidths>> = { usual: { title: 20, note: 22 }, narrow: { title: 12, note: 14 } };
const operationsWidth = 14;
const mostOperationLines = 5;

/** What a box says. Lines are broken where words end; of a name that is too long its end stays, which says most. */
export function textsOf(tree: ModuleTree, picture: FlowPicture, box: FlowBox, widths = lineWidths.usual): BoxTexts {
  const shape = changedShape(picture, box);
  const count = box.rows.length > 1 ? `${box.rows.length} alike` : null;
  const note = (...parts: readonly (string | null)[]): readonly string[] => fillLines(parts.filter((part) => part !== null), ' · ', widths.note);
  switch (box.type) {
    case 'input':
      return { title: breakName(box.name, widths.title), note: note('input', shape) };
    case 'output':
      return { title: ['output'], note: [] };
    case 'operation':
      return { title: operationLines(box.operations), note: note(count, shape) };
    case 'module': {
      const call = box.call === 0 ? null : `call ${box.call}`;
      return { title: breakName(nameIn(tree, picture, box), widths.title), note: note(count, moduleType(tree, box.row) ?? 'unknown type', call, shape) };
    }
    case 'folded':
      return { title: breakName(nameIn(tree, picture, box), widths.title), note: note(count, moduleType(tree, box.row) ?? 'unknown type', `${box.steps} steps`, shape) };
  }
}

/** `view`, `transpose`, `transpose` → `view ›`, `transpose × 2`. */
function operationLines(operations: readonly string[]): readonly string[] {
  const runs: { readonly name: string; times: number }[] = [];
  for (const name of operations) {
    const last = runs.at(-1);
    if (last?.name === name) last.times++;
    else runs.push({ name, times: 1 });
  }
  const words = runs.flatMap(({ name, times }) => {
    const parts = breakAfter(name, '_', lineWidths.usual.title);
    return [...parts.slice(0, -1), times === 1 ? parts.at(-1)! : `${parts.at(-1)!} × ${times}`];
  });
  const lines = fillLines(words, ' › ', operationsWidth, (line) => (line.endsWith('_') ? line : `${line} ›`));
  if (lines.length <= mostOperationLines) return lines;
  return [...lines.slice(0, 2), `… ${lines.length - 4} lines …`, ...lines.slice(-2)];
}

/** Joins parts to lines that are as full as they can be. `toEnd` ends a line that another follows. */
function fillLines(parts: readonly string[], between: string, width: number, toEnd = (line: string): string => line): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && !last.endsWith('_') && last.length + between.length + part.length <= width) lines[lines.length - 1] = last + between + part;
    else lines.push(part);
  }
  return lines.map((line, at) => (at === lines.length - 1 ? line : toEnd(line)));
}

/** A name in two lines at most, broken behind a dot or an underscore. */
function breakName(name: string, titleWidth: number): readonly string[] {
  if (name.length <= titleWidth) return [name];
  const parts = breakAfter(name, name.includes('.') ? '.' : '_', titleWidth);
  const [last = '', before = ''] = parts.toReversed();
  const end = last.length <= titleWidth ? last : `…${last.slice(1 - titleWidth)}`;
  if (before === '') return [end];
  return [parts.length === 2 ? before : `…${before.slice(1 - titleWidth)}`, end];
}

/** Parts of at most a line that end with the mark: `scaled_dot_product_attention` → `scaled_dot_product_`, `attention`. */
function breakAfter(name: string, mark: string, titleWidth: number): readonly string[] {
  if (name.length <= titleWidth) return [name];
  const words = name.split(mark).map((word, at, all) => (at === all.length - 1 ? word : word + mark));
  const parts: string[] = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + word.length <= titleWidth) parts[parts.length - 1] = last + word;
    else parts.push(word);
  }
  return parts;
}

/** Inside of the frame a name needs no beginning. Of several names the numbers are shown in which they differ: `experts.0–7`. */
function nameIn(tree: ModuleTree, { frame }: FlowPicture, { row, rows, isInside }: FlowBox & { readonly row: number }): string {
  const prefix = moduleName(tree, frame);
  const isShort = isInside && prefix !== '' && row !== frame;
  const [first = '', ...others] = rows.map((at) => (isShort ? moduleName(tree, at).slice(prefix.length + 1) : moduleName(tree, at)));
  return others.length === 0 ? first : joinNumbered([first, ...others]);
}

/**
 * Names that differ in numbers only, as one: `experts.0–7.w2`, or `experts.0…7.w2` where some between are missing. Where several
 * numbers differ, the first and the last name.
 */
export function joinNumbered(names: readonly string[]): string {
  const parts = names.map((name) => name.split(/(\d+)/));
  const distinct = parts[0]!.map((_, at) => [...new Set(parts.map((other) => other[at]!))]);
  if (distinct.filter(({ length }) => length > 1).length > 1) return `${names[0]!} … ${names.at(-1)!}`;
  return distinct
    .map((found) => {
      if (found.length === 1) return found[0]!;
      const numbers = found.map(Number).toSorted((a, b) => a - b);
      const [least = 0, most = 0] = [numbers[0], numbers.at(-1)];
      return `${least}${most - least === numbers.length - 1 ? '–' : '…'}${most}`;
    })
    .join('');
}

/** The shape of a box's output, without the batch, where it differs from its input. */
function changedShape({ boxes, edges }: FlowPicture, { id, shape }: FlowBox): string | null {
  if (shape === null || shape.length < 2) return null;
  const key = shape.join();
  const sources = new Set(edges.filter(({ to }) => to === id).map(({ from }) => from));
  const isKept = boxes.some((box) => sources.has(box.id) && box.shape?.join() === key);
  return isKept ? null : shape.slice(1).join('×');
}
