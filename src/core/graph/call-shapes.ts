import type { CallShape, ModelGraph, ModuleCall } from '../module-tree/model-graph.ts';
import type { ForwardSignature, ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';

/**
 * The shape of an input or output target of a module (rule G19). The dummy input gives the batch size.
 * `differs`: calls disagree, so no shape is taken. `absent`: no call has this input or output. `not-a-tensor`: `kind`
 * says what it is. `never-called`: the model does not run the module. `unknown`: the tree has no graph, or one without the shapes of these calls.
 */
export type TargetShape =
  | { readonly type: 'shape'; readonly shape: readonly number[] }
  | { readonly type: 'differs'; readonly shapes: readonly (readonly number[])[] }
  | { readonly type: 'not-a-tensor'; readonly kind: string }
  | { readonly type: 'absent' | 'never-called' | 'unknown' };

const input = /^_input_(.*)$/su;
const output = /^_output_(.*)$/su;
const number = /^\d+$/;

/**
 * Looks up the shape of `_input_<x>` or `_output_<x>` of the module in a row. As NNI's wrapper names them (X9): arguments of
 * `forward` by number, however they were passed, and only keyword-only ones by name; items of a tuple by number, of a dict
 * by key.
 */
export function targetShape(tree: ModuleTree, row: number, target: string): TargetShape {
  const { graph } = tree;
  if (graph === null || graph.calls.size === 0) return { type: 'unknown' };
  const calls = callsOf(tree, graph, row);
  // Other recorders than torch.jit.trace leave out modules that do nothing.
  if (calls === null) return { type: graph.recordedBy === '' ? 'never-called' : 'unknown' };
  if (calls.some(({ isOpen }) => isOpen === true)) return { type: 'unknown' };
  const wanted = input.exec(target)?.[1];
  const key = output.exec(target)?.[1];
  if (wanted === undefined && key === undefined) return { type: 'absent' };
  const { forward } = moduleSpec(tree, row);
  const shape = agree(calls.map((call) => (wanted === undefined ? outputOf(call, key!) : inputOf(call, wanted, forward))));
  const mayBeByName = shape.type === 'absent' && wanted !== undefined && (forward === null || takes(forward, wanted));
  return mayBeByName && unnamedCalls.test(graph.torch) ? { type: 'unknown' } : shape;
}

/** Versions of torch whose hooks do not see arguments that are passed by name. */
const unnamedCalls = /^[01]\./;

function takes({ args, kwonly, varkw }: ForwardSignature, name: string): boolean {
  return number.test(name) ? Number(name) < args.length : kwonly.includes(name) || (varkw !== null && !args.includes(name));
}

/** The targets that the calls of a module meet, `_input_0` first; null when it is never called, or the calls are not known. */
export function metTargets(tree: ModuleTree, row: number): readonly string[] | null {
  const calls = tree.graph === null ? null : callsOf(tree, tree.graph, row);
  if (calls === null || calls.some(({ isOpen }) => isOpen === true)) return null;
  const args = moduleSpec(tree, row).forward?.args ?? [];
  const names = new Set<string>();
  for (const call of calls) {
    call.in.forEach((_, at) => {
      if (args.length === 0 || at < args.length) names.add(`_input_${at}`);
    });
    for (const name of Object.keys(call.kw)) {
      const at = args.indexOf(name);
      names.add(`_input_${at < 0 ? name : at}`);
    }
    for (const key of outputKeys(call.out)) names.add(`_output_${key}`);
  }
  return [...names];
}

/** Output of each recorded call of a module. Null when the module is never called or its calls are not known. */
export function callOutputs(tree: ModuleTree, row: number): readonly CallShape[] | null {
  return tree.graph === null ? null : (callsOf(tree, tree.graph, row)?.map(({ out }) => out) ?? null);
}

/** The calls of a module by its first name; null when it has none. */
function callsOf(tree: ModuleTree, graph: ModelGraph, row: number): readonly ModuleCall[] | null {
  return graph.calls.get(moduleName(tree, tree.sharedWith.get(row) ?? row)) ?? null;
}

function inputOf(call: ModuleCall, name: string, forward: ForwardSignature | null): CallShape | undefined {
  if (number.test(name)) {
    const at = Number(name);
    const argument = forward?.args[at];
    if (forward !== null && argument === undefined) return undefined;
    return at < call.in.length ? call.in[at] : ownItem(call.kw, argument ?? '');
  }
  return forward?.args.includes(name) === true ? undefined : ownItem(call.kw, name);
}

function outputOf({ out }: ModuleCall, key: string): CallShape | undefined {
  if (typeof out === 'object' && out !== null && 't' in out) return number.test(key) ? out.t[Number(key)] : undefined;
  if (typeof out === 'object' && out !== null && 'd' in out) return ownItem(out.d, key);
  return key === '0' ? out : undefined;
}

function ownItem(items: Readonly<Record<string, CallShape>>, key: string): CallShape | undefined {
  return Object.hasOwn(items, key) ? items[key] : undefined;
}

function outputKeys(out: CallShape): readonly string[] {
  if (typeof out === 'object' && out !== null && 't' in out) return out.t.map((_, at) => String(at));
  if (typeof out === 'object' && out !== null && 'd' in out) return Object.keys(out.d);
  return ['0'];
}

function agree(found: readonly (CallShape | undefined)[]): TargetShape {
  const shapes = new Map<string, readonly number[]>();
  let kind: string | null = null;
  for (const shape of found) {
    if (shape === undefined) continue;
    if (Array.isArray(shape)) shapes.set(shape.join(), shape as readonly number[]);
    else kind ??= kindOf(shape);
  }
  const [first, ...others] = shapes.values();
  if (others.length > 0) return { type: 'differs', shapes: [...shapes.values()] };
  // A call that leaves the argument out, or gives None, has no tensor to measure there.
  if (first !== undefined) return { type: 'shape', shape: first };
  return kind === null ? { type: 'absent' } : { type: 'not-a-tensor', kind };
}

function kindOf(shape: CallShape): string {
  if (shape === null) return 'None';
  if (typeof shape === 'string') return shape;
  return 't' in shape ? 'tuple' : 'dict';
}
