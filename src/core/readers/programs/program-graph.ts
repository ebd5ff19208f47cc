import type { GraphConstant } from '../../module-tree/model-graph.ts';
import { recordedCalls } from './program-calls.ts';
import type { Program, ProgramItem, ProgramNode } from './program.ts';

/**
 * A recorded program in the form of `graph` of a tree file (rule T12d), to be checked like one: lists become constructions,
 * operations that return a list are unpacked, and scopes are the names of the modules around a node.
 */
export function programDocument(program: Program): Readonly<Record<string, unknown>> {
  const writer = createWriter(program);
  for (const node of program.nodes) writer.add(node);
  return {
    version: 1,
    torch: program.torch,
    by: program.recordedBy,
    dummy: { t: program.inputs.map(({ shape }) => shape) },
    inputs: program.inputs.map(({ name, shape }) => [name, shape]),
    scopes: writer.scopes,
    nodes: writer.nodes,
    outputs: program.outputs.flatMap((name) => writer.idOf(name) ?? []),
    attrs: groupedModules(program),
    calls: recordedCalls(program),
  };
}

interface Writer {
  readonly scopes: string[];
  readonly nodes: unknown[];
  readonly idOf: (name: string) => number | undefined;
  readonly add: (node: ProgramNode) => void;
}

function createWriter({ inputs }: Program): Writer {
  const scopes = [''];
  const scopeIds = new Map<string, number>([['', 0]]);
  const ids = new Map<string, number>(inputs.map(({ name }, at) => [name, at] as const));
  const nodes: unknown[] = [];
  let values = inputs.length;

  function scopeId(node: ProgramNode): number {
    const scope = node.calls.map(({ module }) => module).join('/');
    const known = scopeIds.get(scope);
    if (known !== undefined) return known;
    scopeIds.set(scope, scopes.length);
    return scopes.push(scope) - 1;
  }

  function write(op: string, s: number, items: readonly unknown[], out: readonly unknown[]): number {
    nodes.push({ op, ...(s === 0 ? {} : { s }), in: items, out });
    values += out.length;
    return values - out.length;
  }

  function operand(item: ProgramItem, s: number): unknown {
    switch (item.type) {
      case 'value': {
        const id = ids.get(item.name);
        // A value that nothing made is not followed: the file leaves it out.
        return id ?? [['?']];
      }
      case 'tensor':
        return item.name;
      case 'constant':
        return [item.value];
      case 'list': {
        const constants = constantsOf(item.items);
        if (constants !== null) return [constants];
        return write('prim::ListConstruct', s, item.items.map((inner) => operand(inner, s)), [null]);
      }
    }
  }

  return {
    scopes,
    nodes,
    idOf: (name) => ids.get(name),
    add(node) {
      const s = scopeId(node);
      const items = node.items.map((item) => operand(item, s));
      const shapes = node.outputs.map(({ shape }) => shape);
      const first = node.isList === true ? write('prim::ListUnpack', s, [write(node.op, s, items, [null])], shapes) : write(node.op, s, items, shapes);
      for (const [at, { name }] of node.outputs.entries()) ids.set(name, first + at);
    },
  };
}

function constantsOf(items: readonly ProgramItem[]): readonly GraphConstant[] | null {
  return items.every((item) => item.type === 'constant') ? items.map(({ value }) => value) : null;
}

/** `attrs`: groups and output channels of convolutions, groups and channels of group norms, as their nodes say. */
function groupedModules({ nodes, tensors, groups: given }: Program): Readonly<Record<string, readonly [number, number]>> {
  const found = new Map<string, readonly [number, number]>(given);
  for (const { op, calls, items } of nodes) {
    const call = calls.at(-1);
    const type = call?.className?.replace(/^.*\./, '');
    const [, second, third] = items;
    if (call === undefined) continue;
    if (op === 'aten::_convolution' && (type === 'Conv2d' || type === 'ConvTranspose2d')) {
      const groups = numberIn(items[8]);
      const weight = second?.type === 'tensor' ? tensors.get(second.name) : null;
      const isTransposed = items[6]?.type === 'constant' && items[6].value === true;
      if (groups !== null && weight) found.set(call.module, [groups, isTransposed ? weight[1]! * groups : weight[0]!]);
    } else if (op === 'aten::group_norm' && type === 'GroupNorm') {
      const groups = numberIn(second);
      const channels = third?.type === 'tensor' ? tensors.get(third.name)?.[0] : undefined;
      if (groups !== null && channels !== undefined) found.set(call.module, [groups, channels]);
    }
  }
  return Object.fromEntries(found);
}

function numberIn(item: ProgramItem | undefined): number | null {
  return item?.type === 'constant' && typeof item.value === 'number' ? item.value : null;
}
