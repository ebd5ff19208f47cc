import type { ModuleSpec, TensorInfo } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { createTreeBuilder } from '../../module-tree/tree-builder.ts';
import { succeed, type Result } from '../../result.ts';
import { tensorOf, tieOf } from './pickle-tensors.ts';
import { isPickleObject, kindOfPickle, pickleEntries, pickleField, pickleItems, type PickleObject, type PickleValue } from './pickle-values.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError, type ReadLimits } from '../messages/read-error.ts';
import type { FileContent } from './tensor-list.ts';

/** The name and limits of the file. */
export interface PickleFile {
  readonly model: string;
  readonly limits: ReadLimits;
}

/** The attributes that a module itself holds, under its own names. */
interface ModuleParts {
  readonly children: readonly (readonly [string, PickleObject])[];
  /** `null` when they are not known. */
  readonly parameters: readonly (readonly [string, PickleValue])[] | null;
  readonly buffers: readonly (readonly [string, PickleValue])[] | null;
  readonly className: string;
}

/** Functions that build pickled traced models; their first argument is the state of the module. */
const tracedBy = /^torch\.fx\.(?:graph_module|_lazy_graph_module)\.\w*reduce\w*_graph_module$/;

function stateOf({ made, args, state }: PickleObject): PickleValue {
  if (!tracedBy.test(made.path)) return state;
  return pickleItems(args)[made.path.includes('package') ? 1 : 0] ?? state;
}

function isScripted({ made }: PickleObject): boolean {
  return made.path.startsWith('__torch__.');
}

/** The parts of a module that is pickled, traced or scripted; null for an object that is no module (rule T13). */
export function partsOfModule(value: PickleObject): ModuleParts | null {
  const state = stateOf(value);
  if (kindOfPickle(pickleField(state, '_modules') ?? null) === 'dict') {
    const named = (field: string): readonly (readonly [string, PickleValue])[] => pickleEntries(pickleField(state, field));
    return {
      children: named('_modules').filter((item): item is readonly [string, PickleObject] => isPickleObject(item[1])),
      parameters: named('_parameters'),
      buffers: named('_buffers'),
      className: tracedBy.test(value.made.path) ? 'torch.fx.graph_module.GraphModule' : value.made.path,
    };
  }
  if (!isScripted(value)) return null;
  const attributes = pickleEntries(value.state);
  return {
    children: attributes.filter(
      (item): item is readonly [string, PickleObject] => isPickleObject(item[1]) && isScripted(item[1]),
    ),
    parameters: attributes.filter(([, item]) => tensorOf(item) !== null),
    buffers: null,
    className: value.made.path.replace(/^__torch__\./, '').replaceAll(/___torch_mangle_\d+\./g, ''),
  };
}

/** A module that pickles itself in its own way, as quantized layers do. */
const opaqueParts = { children: [], parameters: null, buffers: null } as const;

/**
 * The tree of a pickled module: types, parameters and sharing as they were saved.
 * @param notes on where it was found
 */
export function treeOfModule(
  root: PickleObject,
  { model, limits }: PickleFile,
  notes: readonly TreeNote[],
): Result<FileContent, ReadError> {
  const builder = createTreeBuilder(limits);
  const firstName = new Map<PickleObject, string>();
  const firstOf = new Map<string, string>();
  const specs = new Map<PickleObject, number>();
  let missesShape = false;
  let missesDtype = false;
  let hidesTensors = false;
  const waiting: { readonly module: PickleObject; readonly name: string; readonly depth: number }[] = [
    { module: root, name: '', depth: 0 },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { module, name, depth } = next;
    if (depth > limits.maxDepth) {
      return readFailure('too-deep', { name: shorten(name), place: 'the pickled model', limit: limits.maxDepth });
    }
    if (builder.count() >= limits.maxModules) return readFailure('too-many-modules', { limit: limits.maxModules });
    const parts = partsOfModule(module) ?? { ...opaqueParts, className: module.made.path };
    hidesTensors ||= parts.parameters === null;
    const shared = firstName.get(module);
    if (shared === undefined) firstName.set(module, name);
    else builder.share(name, shared);
    let id = specs.get(module);
    if (id === undefined) {
      const spec = specOf(parts);
      const tensors = [...(spec.parameters ?? []), ...(spec.buffers ?? [])];
      missesShape ||= tensors.some(({ shape, isNone }) => shape === null && !isNone);
      missesDtype ||= tensors.some(({ dtype, isNone }) => dtype === null && !isNone);
      id = builder.internSpec(spec);
      specs.set(module, id);
    }
    builder.add(name, id);
    const prefix = name === '' ? '' : `${name}.`;
    if (shared === undefined) {
      for (const [local, value] of parts.parameters ?? []) {
        const tensor = tensorOf(value);
        const tied = tensor === null ? undefined : tieOf(tensor, prefix + local, firstOf).tiedTo;
        if (tied !== undefined) builder.tie(prefix + local, tied);
      }
    }
    for (const [label, child] of parts.children.toReversed()) {
      waiting.push({ module: child, name: prefix + label, depth: depth + 1 });
    }
  }
  const tree = builder.finish({
    model,
    source: root.made.path,
    producer: null,
    format: 'torch-checkpoint',
    lacks: [
      ...(hidesTensors ? (['parameters'] as const) : []),
      ...(missesShape || hidesTensors ? (['shapes'] as const) : []),
      ...(missesDtype ? (['dtypes'] as const) : []),
      'forward',
    ],
    notes: isScripted(root) ? [{ type: 'saved-torchscript' }, ...notes] : notes,
  });
  if (!tree.ok) return treeBuildFailure(tree.error, (index) => `module ${index + 1}`);
  return succeed({ type: 'tree', tree: tree.value });
}

function specOf(parts: ModuleParts): ModuleSpec {
  return {
    type: parts.className.replace(/^.*\./, ''),
    className: parts.className,
    parameters: parts.parameters === null ? null : tensorsOf(parts.parameters),
    buffers: parts.buffers === null ? null : tensorsOf(parts.buffers),
    forward: null,
    extraRepr: null,
  };
}

function tensorsOf(items: readonly (readonly [string, PickleValue])[]): TensorInfo[] {
  return items.map(([name, value]) => {
    const tensor = tensorOf(value);
    const frozen = tensor?.isFrozen === true ? { isFrozen: true as const } : {};
    return { name, shape: tensor?.shape ?? null, dtype: tensor?.dtype ?? null, isNone: value === null, ...frozen };
  });
}
