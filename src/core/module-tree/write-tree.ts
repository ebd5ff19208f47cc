import { graphDocument } from './graph-document.ts';
import { tensorType, type ModuleSpec, type ModuleTree, type PlainAttribute, type TensorInfo } from './module-tree.ts';
import { moduleName } from './tree-index.ts';

/**
 * Writes a tree in the module-tree format, line by line; reading the lines gives an equal tree (rule T24):
 * to save it, to hand it on, or to put it into a plan. The gaps of the tree are written too.
 */
function* writeTreeLines(tree: ModuleTree): Generator<string> {
  const { model, source, producer, lacks } = tree;
  const header = {
    format: 'module-tree',
    version: 1,
    model,
    ...(source === null ? {} : { source }),
    ...(producer === null ? {} : { producer }),
    lacks,
  };
  yield `${JSON.stringify(header).slice(0, -1)},"modules":[`;
  const ties = tiesByModule(tree);
  const described = tree.specs.map((spec) => JSON.stringify(describeSpec(spec, new Map())).slice(1));
  for (let row = 0; row < tree.size; row++) {
    const name = moduleName(tree, row);
    const shared = tree.sharedWith.get(row);
    const own = ties.get(name);
    const sharedText = shared === undefined ? '' : `"shared_with":${JSON.stringify(moduleName(tree, shared))},`;
    const rest =
      own === undefined
        ? described[tree.specId[row]!]!
        : JSON.stringify(describeSpec(tree.specs[tree.specId[row]!]!, own)).slice(1);
    yield `{"name":${JSON.stringify(name)},${sharedText}${rest}${row + 1 < tree.size ? ',' : ''}`;
  }
  yield tree.graph === null ? ']}' : `],"graph":${JSON.stringify(graphDocument(tree.graph))}}`;
}

/** The whole document as one text. */
export function writeTree(tree: ModuleTree): string {
  return `${[...writeTreeLines(tree)].join('\n')}\n`;
}

function tiesByModule(tree: ModuleTree): Map<string, Map<string, string>> {
  const ties = new Map<string, Map<string, string>>();
  for (const [full, first] of tree.tiedTo) {
    const dot = full.lastIndexOf('.');
    const name = dot < 0 ? '' : full.slice(0, dot);
    const own = ties.get(name) ?? new Map<string, string>();
    own.set(full.slice(dot + 1), first);
    ties.set(name, own);
  }
  return ties;
}

function describeSpec(spec: ModuleSpec, ties: ReadonlyMap<string, string>): Record<string, unknown> {
  const { type, className, parameters, buffers, attributes, forward, extraRepr } = spec;
  return {
    type,
    ...(className === null ? {} : { class: className }),
    ...describeTensors('parameters', parameters, ties),
    ...describeTensors('buffers', buffers, ties),
    ...(attributes === undefined ? {} : { attributes: Object.fromEntries(attributes.map((attribute) => [attribute.name, describeAttribute(attribute)])) }),
    ...(forward === null ? {} : { forward: describeForward(forward) }),
    ...(extraRepr === null ? {} : { extra_repr: extraRepr }),
  };
}

/** Nothing for "none", and `null` for "not known": readers take a missing list for an empty one. */
function describeTensors(
  field: string,
  tensors: readonly TensorInfo[] | null,
  ties: ReadonlyMap<string, string>,
): Record<string, unknown> {
  if (tensors === null) return { [field]: null };
  if (tensors.length === 0) return {};
  const entries = tensors.map(({ name, shape, dtype, isNone, isFrozen }): [string, unknown] => {
    const tie = ties.get(name);
    const frozen = isFrozen === true ? { requires_grad: false } : {};
    return [name, isNone ? null : { shape, dtype, ...frozen, ...(tie === undefined ? {} : { tied_to: tie }) }];
  });
  return { [field]: Object.fromEntries(entries) };
}

function describeAttribute({ type, shape }: PlainAttribute): unknown {
  if (type === 'NoneType') return null;
  return type === tensorType ? { shape } : type;
}

function describeForward(forward: NonNullable<ModuleSpec['forward']>): Record<string, unknown> {
  return {
    args: forward.args,
    ...(forward.kwonly.length === 0 ? {} : { kwonly: forward.kwonly }),
    ...(forward.varargs === null ? {} : { varargs: forward.varargs }),
    ...(forward.varkw === null ? {} : { varkw: forward.varkw }),
  };
}
