import type { ModelGraph } from './model-graph.ts';
import type { PackedNames } from './packed-names.ts';
import type { TreeNote } from './tree-note.ts';

/** A parameter or buffer of a module. */
export interface TensorInfo {
  readonly name: string;
  /** Sizes of the dimensions; `null` when the source does not say. */
  readonly shape: readonly number[] | null;
  /** torch's name without the prefix (`float32`); `null` when the source does not say. */
  readonly dtype: string | null;
  /** Registered, but `None` in the model (`bias=False`); shape and dtype are then `null`. */
  readonly isNone: boolean;
  /** A parameter whose `requires_grad` is False; left out where it trains, and where the source does not say. */
  readonly isFrozen?: true;
}

/** How Python shows the class of a tensor. */
export const tensorType = 'torch.Tensor';

/** An attribute of a module that is neither parameter nor buffer nor child, such as `bias` after `self.bias = None`. */
export interface PlainAttribute {
  readonly name: string;
  /** As Python shows it in `<class '…'>`: `NoneType`, `int`, `torch.Tensor`. */
  readonly type: string;
  /** Of a tensor; `null` for everything else, and where the source does not say. */
  readonly shape: readonly number[] | null;
}

/** Names of the arguments of `forward`, without `self`. */
export interface ForwardSignature {
  readonly args: readonly string[];
  readonly kwonly: readonly string[];
  readonly varargs: string | null;
  readonly varkw: string | null;
}

/**
 * Everything about a module but its name: modules that agree in all of it share one object, so that
 * 75,000 modules need some forty of them, and facts that depend on nothing else are worked out once for each.
 */
export interface ModuleSpec {
  /** `type(module).__name__`, or `null` when the source does not say (rule M2). */
  readonly type: string | null;
  /** Full class path, e.g. `torch.nn.modules.conv.Conv2d`. */
  readonly className: string | null;
  /** This module's own parameters in registration order; `null` when the source does not list them. */
  readonly parameters: readonly TensorInfo[] | null;
  /** This module's own buffers; `null` when the source does not list them. */
  readonly buffers: readonly TensorInfo[] | null;
  /** Its other attributes, as far as the source lists them; left out where it does not. */
  readonly attributes?: readonly PlainAttribute[];
  readonly forward: ForwardSignature | null;
  readonly extraRepr: string | null;
}

/** A kind of fact that a source does not contain. Checks that need it are reported as not made. */
export type Lack =
  | 'types'
  | 'shapes'
  | 'dtypes'
  | 'parameters'
  | 'modules-without-parameters'
  | 'sharing'
  | 'forward'
  | 'module-names';

/** Which reader produced the tree. */
export type SourceFormat =
  | 'module-tree'
  | 'module-tree-nested'
  | 'name-type-dump'
  | 'print-model'
  | 'safetensors'
  | 'weight-index'
  | 'state-dict-keys'
  | 'torch-checkpoint'
  | 'onnx'
  | 'torchinfo'
  | 'merged';

/**
 * A model's modules in the order of `named_modules(remove_duplicate=False)` (rule M1), as columns.
 * Index 0 is the root, whose name is empty. Rows are in pre-order: the subtree of `i` is `[i, end[i])`.
 * Plain data: it can be cloned, transferred and stored.
 */
export interface ModuleTree {
  /** The model's name in the source, or the file's name. */
  readonly model: string;
  readonly source: string | null;
  readonly producer: string | null;
  readonly format: SourceFormat;
  readonly lacks: readonly Lack[];
  /** Number of modules, including the root. */
  readonly size: number;
  readonly names: PackedNames;
  readonly depth: Uint32Array<ArrayBuffer>;
  /** Index of the parent; -1 for the root. */
  readonly parent: Int32Array<ArrayBuffer>;
  /** One past the last index of the subtree. */
  readonly end: Uint32Array<ArrayBuffer>;
  /** Distinct type names in order of first appearance; the empty string means "unknown". */
  readonly types: readonly string[];
  /** Index into `types` for each module. */
  readonly typeId: Uint32Array<ArrayBuffer>;
  readonly specs: readonly ModuleSpec[];
  /** Index into `specs` for each module. */
  readonly specId: Uint32Array<ArrayBuffer>;
  /** Place of the module in the list that was read; -1 for a parent that the list left out. */
  readonly sourceIndex: Int32Array<ArrayBuffer>;
  /** Module index → index under which the same module object appeared first. */
  readonly sharedWith: ReadonlyMap<number, number>;
  /** Full parameter name (`head.weight`) → full name of the first parameter that is the same tensor. */
  readonly tiedTo: ReadonlyMap<string, string>;
  /** The data flow; `null` when the source has none. */
  readonly graph: ModelGraph | null;
  /** Notes of the reader, e.g. that parents were implied. */
  readonly notes: readonly TreeNote[];
}
