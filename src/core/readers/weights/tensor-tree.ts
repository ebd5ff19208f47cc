import type { Lack, ModuleTree, SourceFormat, TensorInfo } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { createTreeBuilder, unknownSpec } from '../../module-tree/tree-builder.ts';
import { succeed, type Result } from '../../result.ts';
import type { NamedTensor } from './named-tensor.ts';
import { packTensors } from './packed-tensors.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError, type ReadLimits } from '../messages/read-error.ts';

/** The header of a tree that is made of tensors. */
export interface TensorTreeHeader {
  readonly model: string;
  readonly source?: string | null;
  readonly producer?: string | null;
  readonly format: SourceFormat;
  readonly notes?: readonly TreeNote[];
  /** In addition to the lacks that follow from the tensors. */
  readonly lacks?: readonly Lack[];
  /** Names of modules that the source lists without tensors. */
  readonly modules?: readonly string[];
  /** Describes the place of a tensor in its source, by its index. */
  readonly describe?: (index: number) => string;
}

/** Names by which torch.nn and transformers register buffers; a file of weights does not distinguish them. */
const bufferNames =
  /^(?:running_mean|running_var|num_batches_tracked|(?:original_)?inv_freq|position_ids|masked_bias)$/;
/** Types of tensors that no optimizer trains; int8 and uint8 may be packed weights. */
const integerTypes = /^(?:int(?:16|32|64)|bool)$/;

interface Node {
  readonly name: string;
  readonly children: Map<string, Node>;
  readonly parameters: TensorInfo[];
  readonly buffers: TensorInfo[];
}

/**
 * Makes the tree that the names of tensors imply (rule T9): `a.b.weight` is the tensor `weight` of the module
 * `a.b`; names below the name of a tensor are parts of it (rule T29). Types are unknown, and so are modules without tensors. Numbered siblings are put in the order of their
 * numbers, which files of weights list as text (`10` before `2`). Fails on a name given twice and past limits.
 */
export function buildTensorTree(
  tensors: readonly NamedTensor[],
  header: TensorTreeHeader,
  limits: ReadLimits,
): Result<ModuleTree, ReadError> {
  const describe = header.describe ?? ((index: number) => `entry ${index + 1}`);
  const packed = packTensors(tensors);
  const root: Node = createNode('');
  const seen = new Map<string, number>();
  const nodes = new Map<string, Node>([['', root]]);
  const ties: (readonly [string, string])[] = [];
  let units = 0;
  /** The node of a module, made with its parents; an error where it lies too deep. */
  const nodeOf = (moduleName: string, place: string): Result<Node, ReadError> => {
    const known = nodes.get(moduleName);
    if (known !== undefined) return succeed(known);
    const levels = moduleName.split('.');
    if (levels.length > limits.maxDepth) {
      return readFailure('too-deep', { name: shorten(moduleName), place, limit: limits.maxDepth });
    }
    let node = root;
    let path = '';
    for (const [level, label] of levels.entries()) {
      path = level === 0 ? label : `${path}.${label}`;
      let child: Node | undefined = node.children.get(label);
      if (child === undefined) {
        child = createNode(path);
        node.children.set(label, child);
        units += path.length;
      }
      node = child;
    }
    nodes.set(moduleName, node);
    return units > limits.maxNameUnits ? readFailure('names-too-long', { limit: limits.maxNameUnits }) : succeed(node);
  };
  for (const [index, tensor] of packed.tensors.entries()) {
    const first = seen.get(tensor.name);
    if (first !== undefined) {
      const name = shorten(tensor.name);
      return readFailure('duplicate-tensor', { name, first: describe(first), second: describe(index) });
    }
    seen.set(tensor.name, index);
    const dot = tensor.name.lastIndexOf('.');
    const moduleName = dot < 0 ? '' : tensor.name.slice(0, dot);
    const found = nodeOf(moduleName, describe(index));
    if (!found.ok) return found;
    const node = found.value;
    const info: TensorInfo = {
      name: tensor.name.slice(dot + 1),
      shape: tensor.shape,
      dtype: tensor.dtype,
      isNone: false,
    };
    const isBuffer = integerTypes.test(info.dtype ?? '') || bufferNames.test(info.name);
    if (isBuffer) node.buffers.push(info);
    else node.parameters.push(tensor.isFrozen === true ? { ...info, isFrozen: true } : info);
    if (tensor.tiedTo !== undefined) ties.push([tensor.name, tensor.tiedTo]);
  }
  // Of a module that is listed without tensors and without modules inside, a source may leave the tensors out.
  const listed = new Set<Node>();
  for (const name of header.modules ?? []) {
    const found = nodeOf(name, `“${shorten(name)}”`);
    if (!found.ok) return found;
    listed.add(found.value);
  }
  const isOpen = (node: Node): boolean => listed.has(node) && node.children.size + node.parameters.length + node.buffers.length === 0;

  const builder = createTreeBuilder(limits);
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { parameters, buffers } = node;
    builder.add(node.name, builder.internSpec(isOpen(node) ? unknownSpec : { ...unknownSpec, parameters, buffers }));
    if (builder.count() > limits.maxModules) return readFailure('too-many-modules', { limit: limits.maxModules });
    const children = orderByNumber([...node.children]);
    for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i]!);
  }
  for (const [name, first] of ties) builder.tie(name, first);
  const lacks: Lack[] = ['types', 'modules-without-parameters', 'sharing', 'forward'];
  if (packed.tensors.some(({ shape }) => shape === null)) lacks.push('shapes');
  if (packed.tensors.some(({ dtype }) => dtype === null)) lacks.push('dtypes');
  if ([...listed].some(isOpen)) lacks.push('parameters', 'shapes');
  const tree = builder.finish({
    model: header.model,
    source: header.source ?? null,
    producer: header.producer ?? null,
    format: header.format,
    lacks: [...new Set([...lacks, ...(header.lacks ?? [])])],
    notes: [{ type: 'types-unknown' }, ...packed.notes, ...(header.notes ?? [])],
    noteImplied: false,
  });
  return tree.ok ? tree : treeBuildFailure(tree.error, describe);
}

function createNode(name: string): Node {
  return { name, children: new Map(), parameters: [], buffers: [] };
}

/** Numbered children in the order of their numbers, in the places that numbered children had. */
function orderByNumber(children: readonly (readonly [string, Node])[]): Node[] {
  const numbered = children
    .filter(([label]) => isNumbered(label))
    .toSorted(([left], [right]) => Number(left) - Number(right));
  let next = 0;
  return children.map((child) => (isNumbered(child[0]) ? numbered[next++]! : child)[1]);
}

function isNumbered(label: string): boolean {
  return /^\d+$/.test(label);
}
