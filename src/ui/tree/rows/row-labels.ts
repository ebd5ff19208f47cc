import type { ModuleSpec, ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleLabel, moduleName, moduleSpec, moduleType } from '../../../core/module-tree/tree-index.ts';
import { formatShape } from '../../shared/format.ts';
import type { VisibleRow } from './visible-rows.ts';

/** The texts of a row. */
export interface RowLabels {
  readonly label: string;
  readonly type: string;
  readonly shape: string;
  /** Full name of the module, `(root)` for the root. */
  readonly fullName: string;
}

/** The texts of the rows that are drawn: a row is of one tree, and asks for them at every drawing. */
const known = new WeakMap<VisibleRow, RowLabels>();

export function labelsOf(tree: ModuleTree, row: VisibleRow): RowLabels {
  const before = known.get(row);
  if (before) return before;
  const labels = readLabels(tree, row);
  known.set(row, labels);
  return labels;
}

function readLabels(tree: ModuleTree, { module, runLength, end }: VisibleRow): RowLabels {
  const fullName = moduleName(tree, module) || '(root)';
  const type = moduleType(tree, module) ?? 'type unknown';
  const shape = shapeOf(moduleSpec(tree, module));
  if (runLength === 0) return { label: module === 0 ? '(root)' : moduleLabel(tree, module), type, shape, fullName };
  const first = moduleLabel(tree, module);
  const last = moduleLabel(tree, end - (tree.end[module]! - module));
  return { label: `${first}–${last}`, type: `${runLength} × ${type}`, shape, fullName: `${fullName} to ${last}` };
}

/** Shape of the weight, else of the first parameter that has one. */
export function shapeOf(spec: ModuleSpec): string {
  const tensors = spec.parameters?.filter((parameter) => parameter.shape !== null) ?? [];
  const shown = tensors.find((parameter) => parameter.name === 'weight') ?? tensors[0];
  return shown?.shape ? formatShape(shown.shape) : '';
}
