import type { GraphOperand, ModelGraph, ModuleCall } from './model-graph.ts';

/** The graph as the value of `graph` in a tree file; reading it gives an equal graph (rule G1). */
export function graphDocument(graph: ModelGraph): Readonly<Record<string, unknown>> {
  const shapeOf = (value: number): readonly number[] | null => graph.shapes[graph.shapeId[value]!] ?? null;
  return {
    version: 1,
    ...(graph.torch === '' ? {} : { torch: graph.torch }),
    ...(graph.recordedBy === '' ? {} : { by: graph.recordedBy }),
    dummy: graph.dummy,
    ...(graph.refused === null ? {} : { refused: graph.refused }),
    ...(graph.keywords ? { keywords: true } : {}),
    ...(graph.untraced === undefined ? {} : { untraced: graph.untraced }),
    inputs: graph.inputNames.map((name, value) => [name, shapeOf(value)]),
    scopes: graph.scopes,
    nodes: Array.from({ length: graph.size }, (_, node) => ({
      op: graph.ops[graph.opId[node]!]!,
      ...(graph.scopeId[node] === 0 ? {} : { s: graph.scopeId[node] }),
      in: Array.from(graph.inputs.subarray(graph.inputStart[node], graph.inputStart[node + 1]), (item) =>
        item >= 0 ? item : operandDocument(graph.operands[-1 - item]!),
      ),
      out: Array.from({ length: graph.outputStart[node + 1]! - graph.outputStart[node]! }, (_, k) =>
        shapeOf(graph.outputStart[node]! + k),
      ),
    })),
    outputs: graph.outputs,
    attrs: Object.fromEntries(graph.attributes),
    calls: Object.fromEntries([...graph.calls].map(([module, calls]) => [module, calls.map(callDocument)])),
  };
}

function operandDocument(operand: GraphOperand): unknown {
  return operand.type === 'tensor' ? operand.name : [operand.value];
}

function callDocument({ in: positional, kw, out, count, isOpen }: ModuleCall): Readonly<Record<string, unknown>> {
  return {
    in: positional,
    ...(Object.keys(kw).length === 0 ? {} : { kw }),
    out,
    ...(count === 1 ? {} : { n: count }),
    ...(isOpen === true ? { open: true } : {}),
  };
}
