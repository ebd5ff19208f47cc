import { createTemplateRegistry } from '../../config/setting-templates.ts';
import { moduleType } from '../../module-tree/tree-index.ts';
import type { FindingInput } from '../finding-context.ts';

/** Types of modules that NNI has a template for, in the order of the model; of the modules that `isMeant` takes. */
export function registeredTypes(
  { resolution, tree, templates }: Pick<FindingInput, 'resolution' | 'tree' | 'templates'>,
  isMeant: (module: number) => boolean,
): readonly string[] {
  const find = createTemplateRegistry(resolution.mode, templates);
  const types = new Set<string>();
  for (let module = 0; module < tree.size; module++) {
    const type = moduleType(tree, module);
    if (type !== null && !types.has(type) && find(type) !== null && isMeant(module)) types.add(type);
  }
  return [...types];
}

/** The same without followers of a layer (norms, activations), unless nothing else is there. */
export function layerTypes(input: Pick<FindingInput, 'resolution' | 'tree' | 'templates'>, isMeant: (module: number) => boolean): readonly string[] {
  const types = registeredTypes(input, isMeant);
  const layers = types.filter((type) => !/Norm\d?d?$|^(?:Batch|Layer|Group|RMS)Norm|ReLU|^Hardtanh$|Pool\d?d?$/.test(type));
  return layers.length > 0 ? layers : types;
}
