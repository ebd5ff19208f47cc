import type { ModelGraph } from '../../module-tree/model-graph.ts';

/**
 * The trace without the nodes that no output of the model needs, as torch.fx removes them before ModelSpeedup starts (rule
 * G20b). The same object when every node is needed. `dead` holds the nodes of the whole trace that are gone.
 */
export function withoutDeadNodes(graph: ModelGraph): { readonly graph: ModelGraph; readonly dead: readonly number[] } {
  const isNeeded = neededNodes(graph);
  const dead = Array.from(isNeeded.keys()).filter((node) => isNeeded[node] === 0);
  if (dead.length === 0 || dead.length === graph.size) return { graph, dead: [] };
  return { graph: withNodes(graph, isNeeded), dead };
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
