import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readText } from './nni-trees.ts';
import { createRandom } from './random.ts';

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly class: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

interface Node {
  readonly op: string;
  readonly s?: number;
  readonly in: readonly unknown[];
  readonly out: readonly (readonly number[] | null)[];
}

/** Collects modules and nodes of a model whose values are all `[1, 8, 4, 4]`. */
function createModel() {
  const modules: Entry[] = [{ name: '', type: 'Net', class: 'app.Net' }];
  const scopes = [''];
  const nodes: Node[] = [];
  const attrs: Record<string, readonly number[]> = {};
  const shape = [1, 8, 4, 4];
  let values = 1;
  const add = (op: string, inputs: readonly unknown[], scope = 0, out: readonly number[] | null = shape): number => {
    nodes.push({ op, ...(scope === 0 ? {} : { s: scope }), in: inputs, out: [out] });
    return values++;
  };
  return {
    add,
    count: () => values,
    conv(name: string, input: number, groups = 1): number {
      const weight = { shape: [8, 8 / groups, 1, 1], dtype: 'float32' };
      modules.push({ name, type: 'Conv2d', class: 'torch.nn.modules.conv.Conv2d', parameters: { weight, bias: null } });
      attrs[name] = [groups, 8];
      const scope = scopes.push(name) - 1;
      const rest = [[[1, 1]], [[0, 0]], [[1, 1]], [false], [[0, 0]], [groups], [false], [false], [true], [true]];
      return add('aten::_convolution', [input, `${name}.weight`, [null], ...rest], scope);
    },
    finish(): ModuleTree {
      return readText(JSON.stringify({
        format: 'module-tree', version: 1, model: 'generated', modules,
        graph: { version: 1, inputs: [['x', shape]], scopes, nodes, outputs: [values - 1], attrs, calls: {} },
      }));
    },
  };
}

/** A small random network of convolutions, additions, products, concatenations and plain functions. */
export function randomGraphTree(seed: number): ModuleTree {
  const random = createRandom(seed);
  const model = createModel();
  const steps = 5 + random.below(25);
  for (let step = 0; step < steps; step++) {
    const value = (): number => Math.max(0, model.count() - 1 - random.below(6));
    const choice = random.below(10);
    if (choice < 4) model.conv(`c${step}`, value(), random.pick([1, 1, 1, 2, 8]));
    else if (choice < 7) model.add('aten::add', [value(), value(), [1]]);
    else if (choice < 8) model.add('aten::cat', [model.add('prim::ListConstruct', [value(), value()], 0, null), [1]]);
    else if (choice < 9) model.add('aten::matmul', [value(), value()]);
    else model.add('aten::relu', [value()]);
  }
  return model.finish();
}

/** A residual network with about `nodes` nodes: two convolutions, an addition and a ReLU in each block, without an end of the skip connection. */
export function residualGraphTree(nodes: number): ModuleTree {
  const model = createModel();
  let value = model.conv('stem', 0);
  for (let block = 0; block < Math.floor(nodes / 5); block++) {
    const first = model.add('aten::relu', [model.conv(`block${block}_conv1`, value)]);
    const second = model.conv(`block${block}_conv2`, first, block % 16 === 0 ? 2 : 1);
    value = model.add('aten::relu_', [model.add('aten::add_', [second, value, [1]])]);
  }
  return model.finish();
}
