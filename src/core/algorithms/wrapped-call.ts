import { callOutputs } from '../graph/call-shapes.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { childRows, hasChildren, moduleSpec } from '../module-tree/tree-index.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { ForwardPass } from './met-targets.ts';
import { isTensorLayer, isTorchType, isTupleLayer, isUncallable, knownSize } from './torch-layers.ts';

/** Whether the call of a module works once NNI has wrapped it. `open`: its code decides, and a tree has no code. */
export type WrappedCall = { readonly type: 'works' | 'open' } | { readonly type: 'fails'; readonly error: RaisedError };

const works: WrappedCall = { type: 'works' };
const open: WrappedCall = { type: 'open' };

/** Whether the first forward pass gets through a module that is wrapped (rules A-W1–A-W3). */
export function wrappedCall(tree: ModuleTree, module: number, pass: ForwardPass): WrappedCall {
  const spec = moduleSpec(tree, module);
  // A loop over a wrapped list meets the wrapper.
  if (isUncallable(spec)) return open;
  if (!pass.isCalled(module)) return works;
  for (const name of spec.forward?.kwonly ?? []) {
    const { type } = pass.meets(module, `_input_${name}`);
    if (type === 'unknown') return open;
    // NNI takes every keyword-only argument out of the call, its default or not.
    if (type === 'nothing') return { type: 'fails', error: { type: 'KeyError', message: `'${name}'` } };
  }
  if (isTensorLayer(spec) || isTupleLayer(spec)) return works;
  const wrong = callOutputs(tree, module)?.find((out) => out === null || typeof out === 'string');
  if (wrong !== undefined) {
    const message = `Only support return Tensor/list/dict, but got <class '${wrong ?? 'NoneType'}'>`;
    return { type: 'fails', error: { type: 'TypeError', message } };
  }
  if (!hasChildren(tree, module)) return givesTensors(tree, module) && spec.className?.startsWith('torch.') === false ? works : open;
  return isTorchType(spec, /^Sequential$/) ? callOfSequential(tree, module, pass) : open;
}

/** Of a tuple or dict it depends on its class: a namedtuple cannot be made again from a list, a dict loses its class (rule A-W2). */
function givesTensors(tree: ModuleTree, module: number): boolean {
  return callOutputs(tree, module)?.every((out) => Array.isArray(out)) === true;
}

/** A Sequential runs its wrapper as its last layer, which starts again with its output (rule A-W1). */
function callOfSequential(tree: ModuleTree, module: number, pass: ForwardPass): WrappedCall {
  const rows = childRows(tree, module);
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const wanted = knownSize(moduleSpec(tree, first), '_input_0') ?? convolutionInput(tree, first);
  if (wanted === null) return open;
  const given = pass.meets(module, '_output_0');
  const known = knownSize(moduleSpec(tree, last), '_output_0');
  const size = given.type === 'tensor' && given.shape !== null ? given.shape.at(-wanted.fromLast) : known?.fromLast === wanted.fromLast ? known.size : undefined;
  if (size === undefined || size === wanted.size) return open;
  return { type: 'fails', error: { type: 'RuntimeError', message: `expected ${wanted.size} channels, but got ${size}` } };
}

/** The channels that a convolution takes, which `groups` divides. */
function convolutionInput(tree: ModuleTree, module: number): { readonly fromLast: number; readonly size: number } | null {
  const spec = moduleSpec(tree, module);
  const dimensions = /^Conv([123])d$/.exec(spec.type ?? '')?.[1];
  const channels = spec.parameters?.find(({ name }) => name === 'weight')?.shape?.[1];
  if (dimensions === undefined || channels === undefined || !isTorchType(spec, /^Conv[123]d$/)) return null;
  const groups = Number(/groups=(\d+)/.exec(spec.extraRepr ?? '')?.[1] ?? 1);
  return { fromLast: Number(dimensions) + 1, size: channels * groups };
}
