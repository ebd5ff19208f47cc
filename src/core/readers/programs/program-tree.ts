import type { Lack, ModuleTree, TensorInfo } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { parentName } from '../../module-tree/parent-name.ts';
import { createTreeBuilder, unknownSpec } from '../../module-tree/tree-builder.ts';
import { readGraph } from '../../graph/read-graph.ts';
import { succeed, type Result } from '../../result.ts';
import { readFailure, treeBuildFailure, type ReadError, type ReadLimits } from '../messages/read-error.ts';
import { programDocument } from './program-graph.ts';
import type { Program } from './program.ts';

/** A parameter or buffer of a recorded program. */
export interface ProgramTensor {
  readonly name: string;
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
  readonly isBuffer: boolean;
  /** Full name of the first tensor that is the same memory. */
  readonly tiedTo?: string;
}

/** The parts that a program's tree is built from. */
export interface ProgramTreeSource {
  readonly model: string;
  readonly producer: string | null;
  readonly format: 'torch-checkpoint' | 'onnx';
  /** All modules in the order of the model, where the file lists them; else null. */
  readonly modules: readonly string[] | null;
  readonly tensors: readonly ProgramTensor[];
  readonly program: Program;
  readonly notes: readonly TreeNote[];
  readonly lacks: readonly Lack[];
}

/** The tree of the modules that a program was recorded in, with its data flow (rules T12d, T15b). */
export function treeOfProgram(source: ProgramTreeSource, limits: ReadLimits): Result<ModuleTree, ReadError> {
  const { program, tensors } = source;
  const classes = new Map<string, string | null>([['', program.className]]);
  for (const { calls } of program.nodes) {
    for (const { module, className } of calls) if (!classes.has(module) || className !== null) classes.set(module, className);
  }
  const owned = new Map<string, { readonly parameters: TensorInfo[]; readonly buffers: TensorInfo[] }>();
  for (const { name, shape, dtype, isBuffer } of tensors) {
    const owner = parentName(name);
    const own = owned.get(owner) ?? { parameters: [], buffers: [] };
    owned.set(owner, own);
    (isBuffer ? own.buffers : own.parameters).push({ name: name.slice(owner === '' ? 0 : owner.length + 1), shape, dtype, isNone: false });
  }
  // Initialisers of ONNX have an order of their own; the list of a torch.export file has the order of the model.
  const names = source.modules ?? (source.format === 'onnx' ? [...classes.keys()] : inModelOrder([...owned.keys()], [...classes.keys()]));
  if (names.length > limits.maxModules) return readFailure('too-many-modules', { limit: limits.maxModules });
  const builder = createTreeBuilder(limits);
  const seen = new Set<string>();
  let hasUnknown = false;
  for (const name of ['', ...names, ...owned.keys()]) {
    if (seen.has(name)) continue;
    seen.add(name);
    const className = classes.get(name) ?? null;
    const own = owned.get(name) ?? { parameters: [], buffers: [] };
    hasUnknown ||= className === null;
    builder.add(name, builder.internSpec({
      ...unknownSpec,
      type: className?.replace(/^.*\./, '') ?? null,
      className,
      parameters: withNone(className, own.parameters),
      buffers: own.buffers,
    }));
  }
  for (const { name, tiedTo } of tensors) if (tiedTo !== undefined) builder.tie(name, tiedTo);
  const graph = readGraph(programDocument(program));
  const tree = builder.finish({
    model: source.model,
    source: null,
    producer: source.producer,
    format: source.format,
    lacks: [...(hasUnknown ? (['types'] as const) : []), ...(source.modules === null ? (['modules-without-parameters'] as const) : []), 'sharing', 'forward', ...source.lacks],
    graph: graph.ok ? graph.value : null,
    notes: [...source.notes, ...(graph.ok ? [] : [{ type: 'graph-broken', fault: graph.error } as const])],
    noteImplied: false,
  });
  return tree.ok ? succeed(tree.value) : treeBuildFailure(tree.error, (index) => `module ${index + 1}`);
}

const withBias = /^torch\.nn\.modules\.(?:conv\.Conv(?:Transpose)?[123]d|linear\.Linear)$/;

/** A layer of torch's own without a bias has registered None for it. */
function withNone(className: string | null, parameters: readonly TensorInfo[]): readonly TensorInfo[] {
  if (className === null || !withBias.test(className) || parameters.some(({ name }) => name === 'bias')) return parameters;
  return [...parameters, { name: 'bias', shape: null, dtype: null, isNone: true }];
}

/** Modules with tensors in the order of the file, the others behind the one that ran before them. */
function inModelOrder(owners: readonly string[], called: readonly string[]): readonly string[] {
  const isOwner = new Set(owners);
  const after = new Map<string, string[]>();
  let before = '';
  for (const name of called) {
    if (!isOwner.has(name)) after.set(before, [...(after.get(before) ?? []), name]);
    else before = name;
  }
  return ['', ...owners.filter((name) => name !== '')].flatMap((name) => [name, ...(after.get(name) ?? [])]);
}
