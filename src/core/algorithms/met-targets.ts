import { targetShape } from '../graph/call-shapes.ts';
import { inputPrefix } from '../config/setting-templates.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';
import { isTensorLayer, isTorchType, isUncallable } from './torch-layers.ts';

/** The value under the name of a target in the forward pass. */
export type MetTarget =
  /** A tensor; `shape` is null where it is not known. Its first dimension is the recorded batch. */
  | { readonly type: 'tensor'; readonly shape: readonly number[] | null }
  /** Something else than a tensor, `None` included. */
  | { readonly type: 'other' }
  | { readonly type: 'nothing' }
  | { readonly type: 'unknown' };

/** Facts about the forward pass of a model. */
export interface ForwardPass {
  /** Whether the module is called; a module without a record counts as called. */
  readonly isCalled: (module: number) => boolean;
  readonly meets: (module: number, target: string) => MetTarget;
}

/** Combines the facts of the tree, its recorded calls and the person; `uncalled` are names. */
export function describeForwardPass(tree: ModuleTree, uncalled: ReadonlySet<string>): ForwardPass {
  const isCalled = (module: number): boolean =>
    !(uncalled.size > 0 && uncalled.has(moduleName(tree, module))) &&
    !isUncallable(moduleSpec(tree, module)) &&
    targetShape(tree, module, '_output_0').type !== 'never-called';
  return {
    isCalled,
    meets: (module, target) => (isCalled(module) ? meetIn(tree, module, target) : { type: 'nothing' }),
  };
}

function meetIn(tree: ModuleTree, module: number, target: string): MetTarget {
  const recorded = targetShape(tree, module, target);
  switch (recorded.type) {
    case 'shape':
      return { type: 'tensor', shape: recorded.shape };
    case 'differs':
      return { type: 'tensor', shape: null };
    case 'not-a-tensor':
      return { type: 'other' };
    case 'absent':
    case 'never-called':
      return { type: 'nothing' };
    case 'unknown':
      return meetByClass(tree, module, target);
  }
}

/** Without recorded calls: layers of torch take their inputs by position, and give one tensor (rules X9, A-D7). */
function meetByClass(tree: ModuleTree, module: number, target: string): MetTarget {
  const spec = moduleSpec(tree, module);
  const isLayer = isTensorLayer(spec);
  if (target === '_input_0' || target === '_output_0') return isLayer ? { type: 'tensor', shape: null } : { type: 'unknown' };
  if (!target.startsWith(inputPrefix)) return isLayer ? { type: 'nothing' } : { type: 'unknown' };
  const name = target.slice(inputPrefix.length);
  const takesSize = isLayer && isTorchType(spec, /^ConvTranspose[123]d$/);
  const { forward } = spec;
  if (!/^\d+$/.test(name)) {
    if (forward === null) return isLayer ? { type: 'nothing' } : { type: 'unknown' };
    const isOpen = forward.kwonly.includes(name) || name === forward.varargs || name === forward.varkw;
    return isOpen ? { type: 'unknown' } : { type: 'nothing' };
  }
  // The sizes that a transposed convolution may take are no tensor.
  if (takesSize) return name === '1' ? { type: 'other' } : { type: 'nothing' };
  const taken = isLayer && forward === null ? 1 : (forward?.args.length ?? null);
  if (taken === null || String(Number(name)) !== name) return taken === null ? { type: 'unknown' } : { type: 'nothing' };
  return Number(name) < taken ? { type: 'unknown' } : { type: 'nothing' };
}
