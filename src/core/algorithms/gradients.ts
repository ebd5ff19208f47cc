import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';
import type { OutcomeError } from './outcome.ts';

/** Whether a name of a module stands for a tensor without a gradient: a frozen parameter, a buffer, or a weight that torch works out (rule A-F1). */
export function hasNoGradient(tree: ModuleTree, module: number, target: string): boolean {
  const { parameters } = moduleSpec(tree, module);
  if (parameters === null) return false;
  const own = parameters.find(({ name }) => name === target);
  return own === undefined || own.isFrozen === true;
}

/** Whether the tree says of every parameter that it is frozen (rule A-F2). */
export function isAllFrozen({ specs, specId }: ModuleTree): boolean {
  // Most trees say of no parameter that it is frozen: then no module is looked at.
  if (!specs.some(({ parameters }) => parameters?.some(({ isFrozen }) => isFrozen === true) === true)) return false;
  return [...new Set(specId)].every((id) => specs[id]!.parameters?.every(({ isNone, isFrozen }) => isNone || isFrozen === true) === true);
}

/** The error of a backward pass in which nothing has a gradient (rule A-F2). */
export const nothingTrains: Pick<OutcomeError, 'moment' | 'type' | 'rule' | 'message'> = {
  moment: 'compress',
  type: 'RuntimeError',
  rule: 'A-F2',
  message: 'element 0 of tensors does not require grad and does not have a grad_fn',
};

/**
 * Finds parameters that the recorded forward pass leaves out, or whose results nothing uses: they get no gradient (rule A-P7). Without a record made by
 * torch.jit.trace, none is said to be left out.
 */
export function describeUnused(tree: ModuleTree): (module: number, parameter: string) => boolean {
  const { graph } = tree;
  if (graph === null || graph.recordedBy !== '' || graph.refused !== null || graph.size === 0) return () => false;
  const tensorOf = (name: string): string => tree.tiedTo.get(name) ?? name;
  const used = new Set(graph.operands.flatMap((operand) => (operand.type === 'tensor' ? [tensorOf(operand.name)] : [])));
  if (used.size === 0) return () => false;
  return (module, parameter) => {
    const name = moduleName(tree, tree.sharedWith.get(module) ?? module);
    return !used.has(tensorOf(name === '' ? parameter : `${name}.${parameter}`));
  };
}
