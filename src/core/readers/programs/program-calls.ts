import { groupBy } from '../../text/group-by.ts';
import type { Program, ProgramItem, ProgramNode, ProgramValue } from './program.ts';

interface Call {
  readonly module: string;
  readonly className: string | null;
  readonly depth: number;
  /** Values from outside, by first use. */
  readonly inputs: Map<string, readonly number[] | null>;
  /** Values that are used outside, or that the model returns. */
  readonly outputs: Map<string, readonly number[] | null>;
}

/**
 * `calls` of a recorded program: each call of a module, in order. Shapes are given where they are sure: for modules of torch's own
 * that take one value and make one. Of all others it is only known that they were called.
 */
export function recordedCalls(program: Program): Readonly<Record<string, readonly unknown[]>> {
  const calls = new Map<string, Call>();
  const makers = new Map<string, { readonly node: ProgramNode; readonly value: ProgramValue }>();
  const returned = new Set(program.outputs);
  for (const { name, shape } of program.inputs) makers.set(name, { node: outside, value: { name, shape } });
  for (const node of program.nodes) {
    for (const [depth, { key, module, className }] of node.calls.entries()) {
      if (!calls.has(key)) calls.set(key, { module, className, depth, inputs: new Map(), outputs: new Map() });
    }
    for (const name of valuesIn(node.items)) passOn(name, node, makers, calls);
    for (const value of node.outputs) makers.set(value.name, { node, value });
  }
  for (const name of returned) passOn(name, outside, makers, calls);
  const byModule = groupBy(calls.values(), ({ module }) => module);
  return Object.fromEntries(Array.from(byModule, ([module, own]) => [module, own.map(described)]));
}

const outside: ProgramNode = { op: '', calls: [], items: [], outputs: [] };

/** A value goes into each call around its user that is not around its maker, and comes out of each around its maker alone. */
function passOn(
  name: string,
  user: ProgramNode,
  makers: ReadonlyMap<string, { readonly node: ProgramNode; readonly value: ProgramValue }>,
  calls: ReadonlyMap<string, Call>,
): void {
  const made = makers.get(name);
  if (made === undefined) return;
  const { node, value } = made;
  let common = 0;
  while (common < user.calls.length && common < node.calls.length && user.calls[common]!.key === node.calls[common]!.key) common++;
  for (const { key } of user.calls.slice(common)) calls.get(key)?.inputs.set(name, value.shape);
  for (const { key } of node.calls.slice(common)) calls.get(key)?.outputs.set(name, value.shape);
}

function* valuesIn(items: readonly ProgramItem[]): Generator<string> {
  for (const item of items) {
    if (item.type === 'value') yield item.name;
    else if (item.type === 'list') yield* valuesIn(item.items);
  }
}

function described({ className, inputs, outputs }: Call): unknown {
  const [input] = inputs.values();
  const [output] = outputs.values();
  const isSure = className?.startsWith('torch.nn.modules.') === true && inputs.size === 1 && outputs.size === 1;
  return isSure && input && output ? { in: [input], out: output } : { in: [], out: null, open: true };
}
