import type { ModelGraph } from '../../module-tree/model-graph.ts';
import { opOf } from '../flow-graph.ts';
import { isUnpack } from '../unpack.ts';
import { constructs } from './op-kinds.ts';

/**
 * The trace without the nodes that no output of the model needs, as torch.fx removes them before ModelSpeedup starts (rule
 * G20b), and without tuples and lists that are unpacked again: a tuple between two modules is plain Python for torch.fx. The same
 * object when nothing is left out. `dead` holds the nodes of the whole trace that are gone.
 */
export function withoutDeadNodes(whole: ModelGraph): { readonly graph: ModelGraph; readonly dead: readonly number[] } {
  const graph = withoutPacking(whole);
  const isNeeded = neededNodes(graph);
  const dead = Array.from(isNeeded.keys()).filter((node) => isNeeded[node] === 0);
  if (dead.length === 0 || dead.length === graph.size) return { graph: whole, dead: [] };
  return { graph: withNodes(graph, isNeeded), dead };
}

/** The trace with each unpacked value replaced by the value that was packed. The same object where nothing is unpacked again. */
function withoutPacking(graph: ModelGraph): ModelGraph {
  const packedBy = new Map<number, number>();
  const packed = new Map<number, number>();
  const valueOf = (item: number): number => packed.get(item) ?? item;
  for (let node = 0; node < graph.size; node++) {
    const op = opOf(graph, node);
    const [from, to] = [graph.outputStart[node]!, graph.outputStart[node + 1]!];
    if (constructs.has(op)) {
      for (let value = from; value < to; value++) packedBy.set(value, node);
    } else if (isUnpack(op)) {
      const maker = packedBy.get(valueOf(graph.inputs[graph.inputStart[node]!] ?? -1));
      const start = maker === undefined ? 0 : graph.inputStart[maker]!;
      if (maker === undefined || graph.inputStart[maker + 1]! - start !== to - from) continue;
      for (let value = from; value < to; value++) {
        const item = graph.inputs[start + value - from]!;
        if (item >= 0) packed.set(value, valueOf(item));
      }
    }
  }
  return packed.size === 0 ? graph : { ...graph, inputs: graph.inputs.map(valueOf), outputs: graph.outputs.map(valueOf) };
}

function neededNodes(graph: ModelGraph): Uint8Array {
  const isNeeded = new Uint8Array(graph.size);
  const isNeededValue = new Uint8Array(graph.valueCount);
  for (const value of graph.outputs) isNeededValue[value] = 1;
  for (let node = graph.size - 1; node >= 0; node--) {
    const outputs = isNeededValue.subarray(graph.outputStart[node], graph.outputStart[node + 1]);
    if (!outputs.includes(1)) continue;
    isNeeded[node] = 1;
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]!; at++) {
      const item = graph.inputs[at]!;
      if (item >= 0) isNeededValue[item] = 1;
    }
  }
  return isNeeded;
}

function withNodes(graph: ModelGraph, isNeeded: Uint8Array): ModelGraph {
  const kept = Array.from(isNeeded.keys()).filter((node) => isNeeded[node] === 1);
  const newValue = new Int32Array(graph.valueCount).fill(-1);
  const shapeIds: number[] = [];
  const keepValue = (value: number): void => {
    newValue[value] = shapeIds.push(graph.shapeId[value]!) - 1;
  };
  for (let value = 0; value < graph.inputNames.length; value++) keepValue(value);
  const inputs: number[] = [];
  const inputStart = new Uint32Array(kept.length + 1);
  const outputStart = new Uint32Array(kept.length + 1);
  for (const [at, node] of kept.entries()) {
    inputStart[at] = inputs.length;
    outputStart[at] = shapeIds.length;
    for (let place = graph.inputStart[node]!; place < graph.inputStart[node + 1]!; place++) {
      const item = graph.inputs[place]!;
      inputs.push(item < 0 ? item : newValue[item]!);
    }
    for (let value = graph.outputStart[node]!; value < graph.outputStart[node + 1]!; value++) keepValue(value);
  }
  inputStart[kept.length] = inputs.length;
  outputStart[kept.length] = shapeIds.length;
  return {
    ...graph,
    size: kept.length,
    valueCount: shapeIds.length,
    shapeId: Int32Array.from(shapeIds),
    opId: Uint32Array.from(kept, (node) => graph.opId[node]!),
    scopeId: Uint32Array.from(kept, (node) => graph.scopeId[node]!),
    inputs: Int32Array.from(inputs),
    inputStart,
    outputStart,
    outputs: graph.outputs.map((value) => newValue[value]!),
  };
}
