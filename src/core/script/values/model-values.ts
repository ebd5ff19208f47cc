import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { childRows, hasChildren, moduleLabel, moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import { layerAttribute, tensorOf } from './layer-attributes.ts';
import { isMadeFrom, isTorchClass } from './torch-classes.ts';
import { NotSupported, PyRaise } from './exceptions.ts';
import { PyList, PyModule, PyReference, PyTuple } from './values.ts';
import type { Arguments, PyValue } from './values.ts';

/** The questions of a script to the open model. */
export interface ModelValues {
  readonly root: PyModule;
  /** `module.name(…)`; `undefined` when it is not worked out here. */
  readonly method: (module: PyModule, name: string) => ((given: Arguments) => PyValue) | undefined;
  /** `module.name`; `undefined` when the tree does not say. */
  readonly attribute: (module: PyModule, name: string) => PyValue | undefined;
  /** `hasattr(module, name)`; `null` when the tree does not say. */
  readonly hasAttribute: (module: PyModule, name: string) => boolean | null;
  /** `isinstance(module, <class at path>)`. */
  readonly isInstance: (module: PyModule, path: string) => boolean;
  readonly typeOf: (module: PyModule) => string;
  /** `type(module)`. */
  readonly classOf: (module: PyModule) => PyReference;
  /** Assumptions about classes that are not torch's, by sentence. */
  readonly assumed: ReadonlySet<string>;
}

/** Layers of torch without a weight or bias, also as `None`. */
const plainLayer = /^(?:Identity|Flatten|Unflatten|Sequential|ModuleList|ModuleDict|(?:Adaptive)?(?:Max|Avg)Pool[123]d|(?:Feature)?(?:Alpha)?Dropout[123]?d?|ReLU6?|LeakyReLU|ELU|SELU|GELU|SiLU|Mish|Sigmoid|Tanh|Hardswish|Hardsigmoid|Hardtanh|Softmax|LogSoftmax|Upsample|PixelShuffle|ZeroPad2d|ReflectionPad2d)$/;

/** The reason for an assumption. */
const noBases = "The model's file does not list base classes.";

const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Makes the values for the modules of a tree. */
export function createModelValues(tree: ModuleTree): ModelValues {
  const assumed = new Set<string>();

  /** Rows below a module and itself, each module object once, as `named_modules()` gives them. */
  function rowsOf(module: number): readonly number[] {
    const seen = new Set<number>();
    const rows: number[] = [];
    for (let row = module; row < tree.end[module]!; row++) {
      const object = tree.sharedWith.get(row) ?? row;
      if (seen.has(object)) continue;
      seen.add(object);
      rows.push(row);
    }
    return rows;
  }

  function nameBelow(module: number, row: number): string {
    const name = moduleName(tree, row);
    const prefix = moduleName(tree, module);
    return module === row ? '' : prefix === '' ? name : name.slice(prefix.length + 1);
  }

  function typeOf({ index }: PyModule): string {
    const type = moduleType(tree, index);
    if (type === null) throw new NotSupported();
    return type;
  }

  /** Of torch's own containers the items are their children; other classes may define them as they like. */
  function moduleAt(row: number): PyModule {
    const type = moduleType(tree, row);
    const isList = type === 'ModuleList' || type === 'Sequential';
    return new PyModule(row, isList ? () => childRows(tree, row).map(moduleAt) : null);
  }

  const methods: Readonly<Record<string, (module: number, given: Arguments) => PyValue>> = {
    named_modules: (module, given) => {
      if (given.positional.length > 0 || given.named.size > 0) throw new NotSupported();
      return new PyList(rowsOf(module).map((row) => new PyTuple([nameBelow(module, row), moduleAt(row)])));
    },
    modules: (module) => new PyList(rowsOf(module).map((row) => moduleAt(row))),
    named_children: (module) => new PyList(childRows(tree, module).map((row) => new PyTuple([moduleLabel(tree, row), moduleAt(row)]))),
    children: (module) => new PyList(childRows(tree, module).map((row) => moduleAt(row))),
    named_parameters: (module, given) => {
      if (given.positional.length > 0 || given.named.size > 0 || tree.tiedTo.size > 0) throw new NotSupported();
      const names = rowsOf(module).flatMap((row) => {
        const { parameters } = moduleSpec(tree, row);
        if (parameters === null) throw new NotSupported();
        const prefix = nameBelow(module, row);
        return parameters.filter(({ isNone }) => !isNone).map((parameter) => [prefix === '' ? parameter.name : `${prefix}.${parameter.name}`, tensorOf(parameter)] as const);
      });
      return new PyList(names.map((pair) => new PyTuple(pair)));
    },
    get_submodule: (module, { positional: [path], named }) => {
      if (typeof path !== 'string' || named.size > 0) throw new NotSupported();
      const row = path === '' ? module : path.split('.').reduce((at, label) => (at < 0 ? at : (childRows(tree, at).find((child) => moduleLabel(tree, child) === label) ?? -1)), module);
      if (row < 0) throw new PyRaise('AttributeError', `the model has no ${path}`);
      return moduleAt(row);
    },
    eval: (module) => moduleAt(module),
    train: (module) => moduleAt(module),
    to: (module) => moduleAt(module),
    cuda: (module) => moduleAt(module),
    cpu: (module) => moduleAt(module),
  };

  return {
    root: moduleAt(0),
    assumed,
    typeOf,
    classOf: (module) => new PyReference(`torch.nn.${typeOf(module)}`, null, moduleSpec(tree, module.index).className),
    method(module, name) {
      const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
      return method && ((given) => method(module.index, given));
    },
    attribute({ index }, name) {
      const child = childRows(tree, index).find((row) => moduleLabel(tree, row) === name);
      if (child !== undefined) return moduleAt(child);
      const { parameters } = moduleSpec(tree, index);
      const parameter = parameters?.find((candidate) => candidate.name === name);
      if (parameter?.isNone === true) return null;
      if (parameter) return tensorOf(parameter);
      const spec = moduleSpec(tree, index);
      return spec.type !== null && isTorchClass(spec.type) ? layerAttribute(spec, name) : undefined;
    },
    hasAttribute(module, name) {
      const { parameters } = moduleSpec(tree, module.index);
      if (childRows(tree, module.index).some((row) => moduleLabel(tree, row) === name)) return true;
      if (parameters?.some((candidate) => candidate.name === name) === true) return true;
      const { attributes } = moduleSpec(tree, module.index);
      if (attributes?.some((candidate) => candidate.name === name) === true) return true;
      if (!/^(?:weight|bias)$/.test(name)) return null;
      // Own classes may have a property of the name; containers of torch have none.
      return isTorchClass(typeOf(module)) && plainLayer.test(typeOf(module)) ? false : null;
    },
    isInstance(module, path) {
      const asked = last(path);
      if (asked === 'Module') return true;
      const type = typeOf(module);
      if (type === asked) return true;
      if (isTorchClass(type)) return isMadeFrom(type, asked);
      if (!path.startsWith('torch.')) return false;
      // Own containers are often made from Sequential; nothing in a tree says so.
      if (/^(?:Sequential|ModuleList|ModuleDict)$/.test(asked)) throw new NotSupported();
      if (hasChildren(tree, module.index)) return false;
      const isKind = type.includes(asked);
      const own = moduleSpec(tree, module.index).parameters;
      if (isKind) assumed.add(`${type} is taken for a kind of ${asked}. ${noBases}`);
      else if (own === null || own.length > 0) assumed.add(`${type} is taken for no ${asked}. ${noBases}`);
      return isKind;
    },
  };
}
