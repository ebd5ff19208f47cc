import type { GraphError } from '../unpack.ts';
import { constructs, splits } from './op-kinds.ts';
import { numberOfNode, type RunningNumber } from './running-numbers.ts';
import type { NewTensors, RunningNode } from './running-node.ts';
import { runNode, splitInto } from './running-rules.ts';
import { clash, ShapeClash, type Shape } from './shape-clash.ts';
import type { TraceReader } from './trace-reader.ts';

/** The forward pass of the small model. */
export interface ForwardRun {
  /** Where it fails. */
  readonly failure: { readonly node: number; readonly error: GraphError } | null;
  /** The first node whose new shape cannot be worked out: nothing is said about values after it. */
  readonly lost: number | null;
}

/** Runs the small model on shapes alone. Sizes that the model reads and computes with are followed. */
export function runForward(reader: TraceReader, tensors: NewTensors): ForwardRun {
  let lost: number | null = null;
  const run = createRun(reader, tensors, (node) => (lost ??= node));
  for (let node = 0; node < reader.graph.size; node++) {
    try {
      run(node);
    } catch (error) {
      if (!(error instanceof ShapeClash)) throw error;
      return { failure: { node, error: { type: error.type, message: error.message } }, lost };
    }
  }
  return { failure: null, lost };
}

function createRun(reader: TraceReader, tensors: NewTensors, lose: (node: number) => void): (node: number) => void {
  const { graph } = reader;
  const running: (Shape | null)[] = Array.from({ length: graph.valueCount }, () => null);
  for (let value = 0; value < graph.inputNames.length; value++) running[value] = reader.shapeOf(value);
  const lists = new Map<number, readonly number[]>();
  const pieces = new Map<number, readonly (Shape | null)[] | null>();
  const numbers = new Map<number, RunningNumber>();

  const shapeOf = (item: number | undefined): Shape | null => {
    if (item === undefined) return null;
    if (item >= 0) return running[item] ?? null;
    const tensor = reader.tensorOf(item);
    return tensor === null ? null : tensors.shapeOf(tensor);
  };
  const numberOf = (item: number | undefined): RunningNumber => {
    const constant = reader.constantOf(item);
    if (typeof constant === 'number') return { before: constant, after: constant };
    return (item === undefined ? undefined : numbers.get(item)) ?? null;
  };

  /** Whether an input is as it was in the trace. */
  function isSame(item: number): boolean {
    if (item < 0) {
      const tensor = reader.tensorOf(item);
      return tensor === null || sameShape(reader.tensorShape(tensor), tensors.shapeOf(tensor));
    }
    // Lists hold values that came before them, so that this ends.
    const items = lists.get(item);
    if (items !== undefined) return items.every(isSame);
    if (pieces.has(item)) return false;
    const number = numbers.get(item);
    if (number !== undefined) return number !== null && number.before === number.after;
    return sameShape(reader.shapeOf(item), running[item] ?? null);
  }

  return (node) => {
    const op = reader.opOf(node);
    const inputs = reader.inputsOf(node);
    const outputs = reader.outputsOf(node);
    const [output] = outputs;
    if (output === undefined) return;
    if (constructs.has(op)) {
      lists.set(output, [...inputs]);
      return;
    }
    const isUntouched = inputs.every(isSame);
    const number = numberOfNode(reader, node, { shapeOf, numberOf });
    if (number !== undefined) {
      numbers.set(output, number ?? (isUntouched ? { before: 0, after: 0 } : null));
      running[output] = reader.shapeOf(output);
      return;
    }
    if (op === 'prim::ListUnpack' || op === 'prim::TupleUnpack') {
      const made = pieces.get(inputs[0]!) ?? lists.get(inputs[0]!)?.map(shapeOf);
      if (made !== undefined && made !== null && made.length !== outputs.length) {
        // The code unpacks the pieces, takes them by number or loops over them: each fails in its own way, or not at all.
        lose(node);
        if (made.length < outputs.length) clashOfPieces(reader, node, made.length);
      }
      for (const [at, value] of outputs.entries()) running[value] = isUntouched ? reader.shapeOf(value) : (made?.[at] ?? null);
      return;
    }
    if (isUntouched) {
      for (const value of outputs) running[value] = reader.shapeOf(value);
      return;
    }
    const items = (item: number | undefined): readonly number[] | null => (item === undefined ? null : (lists.get(item) ?? null));
    const runningNode: RunningNode = {
      reader, node, op, inputs, tensors, shapeOf,
      traced: reader.shapeOf(output),
      numberOf: (item) => numberOf(item)?.after ?? null,
      items,
    };
    if (splits.has(op)) {
      const parts = splitInto(runningNode);
      if (parts === null) lose(node);
      pieces.set(output, parts);
      return;
    }
    const made = runNode(runningNode);
    if (made === null && runningNode.traced !== null) lose(node);
    for (const [at, value] of outputs.entries()) running[value] = at === 0 || sameShape(reader.shapeOf(value), reader.shapeOf(output)) ? made : null;
  };
}

/** Fewer pieces than the model takes: it unpacks them where all are used, else it takes them by number. */
function clashOfPieces(reader: TraceReader, node: number, count: number): void {
  const used = new Set(reader.graph.inputs);
  const outputs = reader.outputsOf(node);
  const missing = outputs.slice(count).some((value) => used.has(value));
  if (outputs.every((value) => used.has(value))) clash(`not enough values to unpack (expected ${outputs.length}, got ${count})`, 'ValueError');
  if (missing) clash('tuple index out of range', 'IndexError');
}

function sameShape(a: Shape | null, b: Shape | null): boolean {
  return a === b || (a !== null && b !== null && a.length === b.length && a.every((size, axis) => size === b[axis]));
}
