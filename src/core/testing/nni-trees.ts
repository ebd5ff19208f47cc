import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';

/** One entry of the module-tree format. */
export type ModuleEntry = Readonly<Record<string, unknown>> & { readonly name: string; readonly type: string };

/** A tree of modules given as the module-tree format has them. */
export function treeOf(modules: readonly ModuleEntry[]): ModuleTree {
  return readText(JSON.stringify({ format: 'module-tree', version: 1, model: 'test', modules }));
}

/** A tree from the text of any format that is read. */
export function readText(text: string): ModuleTree {
  const tree = readTree({ name: 'test', bytes: new TextEncoder().encode(text) });
  if (!tree.ok) throw new Error(`the test's own tree: ${tree.error.code}`);
  return tree.value;
}

/** A weight of the shape, and a bias unless asked for none. */
export function weights(shape: readonly number[], hasBias = true): Readonly<Record<string, unknown>> {
  return {
    weight: { shape, dtype: 'float32' },
    bias: hasBias ? { shape: shape.slice(0, 1), dtype: 'float32' } : null,
  };
}

const torch = 'torch.nn.modules.x';

/** A small network with the parts that the rules are about: containers, ReLU, a bias that is None, `layer1` and `layer10`. */
export const smallTree: ModuleTree = treeOf([
  { name: '', type: 'Net', class: 'app.Net' },
  { name: 'layer1', type: 'Sequential', class: `${torch}.Sequential` },
  { name: 'layer1.conv', type: 'Conv2d', class: `${torch}.Conv2d`, parameters: weights([8, 3, 3, 3], false) },
  { name: 'layer1.bn', type: 'BatchNorm2d', class: `${torch}.BatchNorm2d`, parameters: weights([8]),
    buffers: { running_mean: { shape: [8], dtype: 'float32' } } },
  { name: 'layer1.relu', type: 'ReLU', class: `${torch}.ReLU` },
  { name: 'layer10', type: 'Linear', class: `${torch}.Linear`, parameters: weights([4, 8]) },
  { name: 'norm', type: 'LayerNorm', class: `${torch}.LayerNorm`, parameters: weights([4]) },
  { name: 'head', type: 'Linear', class: `${torch}.Linear`, parameters: weights([2, 4]) },
]);
