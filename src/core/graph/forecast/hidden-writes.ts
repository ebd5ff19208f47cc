import { describeNode } from './living-values.ts';
import type { TraceReader } from './trace-reader.ts';

/** Operations whose output is the memory of their first input. */
const views = /^aten::(?:slice|select|narrow|view|view_as|reshape|flatten|unflatten|transpose|permute|t|expand|expand_as|squeeze|unsqueeze|chunk|split|split_with_sizes|unbind|detach|alias)$/;
const writes = /^aten::[a-z0-9_]*[a-z0-9]_$/;

/**
 * Operations that write into a part of a value that is used again (`y[:, :4] = x`): the trace has no tie from them to the later
 * use, so what lives there is not known (rule G20g). Described as in `notFollowed`; to be asked of the whole trace.
 */
export function findHiddenWrites(reader: TraceReader): readonly string[] {
  const { graph } = reader;
  /** Value → the value whose memory it is. */
  const rootOf = new Map<number, number>();
  const lastUse = new Map<number, number>();
  const root = (value: number): number => rootOf.get(value) ?? value;
  const written: { readonly node: number; readonly root: number }[] = [];
  for (let node = 0; node < graph.size; node++) {
    const op = reader.opOf(node);
    const inputs = reader.inputsOf(node);
    const [first] = inputs;
    for (const item of inputs) if (item >= 0) lastUse.set(root(item), node);
    if (first === undefined || first < 0) continue;
    const outputs = reader.outputsOf(node);
    const isWrite = writes.test(op);
    if (isWrite && rootOf.has(first)) written.push({ node, root: root(first) });
    // What is written is a value of its own from here on, as the trace has it.
    if (!isWrite && (views.test(op) || op === 'prim::ListUnpack')) for (const output of outputs) rootOf.set(output, root(first));
  }
  const returned = new Set(graph.outputs.map(root));
  return written.filter((write) => (lastUse.get(write.root) ?? -1) > write.node || returned.has(write.root)).map(({ node }) => describeNode(reader, node));
}
