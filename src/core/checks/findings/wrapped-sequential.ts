import { describeForwardPass } from '../../algorithms/met-targets.ts';
import { isTorchType } from '../../algorithms/torch-layers.ts';
import { getKey, isConfigList } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { childRows, moduleName, moduleSpec } from '../../module-tree/tree-index.ts';
import { formatQuantity } from '../../text/format-count.ts';
import { configuredRows } from '../configured-rows.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

export interface WrappedSequentialValues {
  readonly subConfig: number;
  readonly count: number;
}

/** A Sequential that is distilled runs its wrapper as its last layer, again and again (rule A-W1). */
export const wrappedSequential: FindingKind<WrappedSequentialValues> = {
  words: ({ count }) => ({
    title: `${formatQuantity(count, 'Sequential')} cannot be distilled: the first forward pass fails or never ends.`,
    why: 'NNI registers its wrapper as a child, and a Sequential runs all its children. Its last module gives the same output.',
  }),
};

const mostModules = 16;

/** One finding for each sub-config that distils a Sequential of torch that the model calls. */
export function findWrappedSequentials({ resolution, tree }: FindingInput): readonly FindingOf<'wrapped-sequential', WrappedSequentialValues>[] {
  const pass = describeForwardPass(tree, new Set());
  const bySubConfig = configuredRows(resolution, (module) => isSequential(tree, module) && childRows(tree, module).length > 0 && pass.isCalled(module));
  return [...bySubConfig].map(([subConfig, modules]) => ({
    code: 'wrapped-sequential',
    severity: 'later',
    rule: 'A-W1',
    where: { subConfig, path: [], modules: modules.slice(0, mostModules) },
    values: { subConfig: subConfig + 1, count: modules.length },
    error: { type: 'RuntimeError', message: 'maximum recursion depth exceeded, or a layer is given other channels than it takes' },
    fixes: takeLast(subConfig, modules, resolution.effective[subConfig]!, tree),
  }));
}

function isSequential(tree: ModuleTree, module: number): boolean {
  return isTorchType(moduleSpec(tree, module), /^Sequential$/);
}

/** Names the last module inside in the place of each Sequential, where all are selected by name. */
function takeLast(subConfig: number, modules: readonly number[], config: FindingInput['resolution']['effective'][number], tree: ModuleTree): readonly Fix[] {
  const names = getKey(config, 'op_names');
  if (!isConfigList(names) || getKey(config, 'op_types') !== undefined) return [];
  const last = new Map(modules.map((module) => [moduleName(tree, module), moduleName(tree, lastInside(tree, module))] as const));
  if (![...last.keys()].every((name) => names.includes(name))) return [];
  const value = [...new Set(names.map((name) => (typeof name === 'string' ? (last.get(name) ?? name) : name)))];
  const shown = [...last.values()].slice(0, 3).join(', ');
  return [fix('write-value', { key: 'op_names', value: shown }, { type: 'set', path: [subConfig, 'op_names'], value })];
}

function lastInside(tree: ModuleTree, module: number): number {
  const last = childRows(tree, module).at(-1);
  return last === undefined || !isSequential(tree, module) ? module : lastInside(tree, last);
}
