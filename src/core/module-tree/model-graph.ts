/**
 * The shape of something that goes into or comes out of a module: a tensor's sizes, a tuple or list, a mapping,
 * `null` for None, or the name of any other type.
 */
export type CallShape =
  | null
  | string
  | readonly number[]
  | { readonly t: readonly CallShape[] }
  | { readonly d: Readonly<Record<string, CallShape>> };

/** One call of a module, or several equal ones in a row. */
export interface ModuleCall {
  /** Positional arguments, `self` left out. */
  readonly in: readonly CallShape[];
  /** Keyword arguments by name. */
  readonly kw: Readonly<Record<string, CallShape>>;
  readonly out: CallShape;
  /** How often in a row; at least 1. */
  readonly count: number;
  /** Only that there was a call is known: `in`, `kw` and `out` are empty. */
  readonly isOpen?: true;
}

/** A constant of the trace, as JSON can hold it. `["tensor"]` means a tensor. */
export type GraphConstant = null | boolean | number | string | readonly GraphConstant[];

/** An input of a node that is no value: a parameter or buffer by its full name, or a constant. */
export type GraphOperand =
  | { readonly type: 'tensor'; readonly name: string }
  | { readonly type: 'constant'; readonly value: GraphConstant };

/**
 * The data flow of a model as `torch.jit.trace` records it (SPEC.md, G): columns over nodes and values.
 * Values `0 … inputNames.length − 1` go into the model; the outputs of the nodes are numbered on in execution order.
 * Plain data: it can be cloned, transferred and stored.
 */
export interface ModelGraph {
  /** The version of torch that traced; empty when the file does not say. */
  readonly torch: string;
  /** The recorder, where it was not torch.jit.trace as NNI calls it: `torch.export 2.8.0`; else empty. */
  readonly recordedBy: string;
  /** The input that the model was called with. */
  readonly dummy: CallShape;
  /** The dummy input was given by name, which NNI cannot do. */
  readonly keywords: boolean;
  /** The exception that tracing raised, and so NNI's functions raise. */
  readonly refused: { readonly type: string; readonly message: string } | null;
  /** Code of the model that ModelSpeedup's own tracer does not take, as the exporter saw it: `a lambda in nets, line 12`. Missing where none looked. */
  readonly untraced?: readonly string[];
  readonly inputNames: readonly string[];
  /** Number of nodes. */
  readonly size: number;
  /** Number of values. */
  readonly valueCount: number;
  /** Distinct shapes. */
  readonly shapes: readonly (readonly number[])[];
  /** Value → index into `shapes`; -1 when the trace does not know it. */
  readonly shapeId: Int32Array<ArrayBuffer>;
  readonly ops: readonly string[];
  /** Node → index into `ops`. */
  readonly opId: Uint32Array<ArrayBuffer>;
  /** Distinct scopes; entry 0 is the model itself. The module is named after the last `/`. */
  readonly scopes: readonly string[];
  /** Node → index into `scopes`. */
  readonly scopeId: Uint32Array<ArrayBuffer>;
  readonly operands: readonly GraphOperand[];
  /** Node `i` takes `inputs[inputStart[i] .. inputStart[i + 1])`: a value, or `-1 - k` for operand `k`. */
  readonly inputs: Int32Array<ArrayBuffer>;
  readonly inputStart: Uint32Array<ArrayBuffer>;
  /** Node `i` makes the values `outputStart[i] .. outputStart[i + 1])`. */
  readonly outputStart: Uint32Array<ArrayBuffer>;
  /** Values that the model returns. */
  readonly outputs: readonly number[];
  /**
   * Module → `[groups, out_channels]` of a Conv2d or ConvTranspose2d, `[num_groups, num_channels]` of a GroupNorm;
   * null when the class of that name is not torch's.
   */
  readonly attributes: ReadonlyMap<string, readonly [number, number] | null>;
  /** Module (by its first name) → its calls in order. */
  readonly calls: ReadonlyMap<string, readonly ModuleCall[]>;
}

/** Where a `graph` of a file breaks the format. */
export interface GraphFault {
  /** E.g. `nodes[3].in[0]`. */
  readonly place: string;
  readonly expected: string;
}

/** The module of a scope: `layer1.0.conv1` of `layer1/layer1.0/layer1.0.conv1`. */
export function moduleOfScope(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/** The same graph with other names of modules. */
export function renameGraph(graph: ModelGraph, newName: (name: string) => string): ModelGraph {
  const renameTensor = (name: string): string => {
    const dot = name.lastIndexOf('.');
    const owner = newName(dot < 0 ? '' : name.slice(0, dot));
    return owner === '' ? name.slice(dot + 1) : `${owner}.${name.slice(dot + 1)}`;
  };
  const renameKeys = <Item>(map: ReadonlyMap<string, Item>): Map<string, Item> =>
    new Map([...map].map(([name, item]) => [newName(name), item] as const));
  return {
    ...graph,
    scopes: graph.scopes.map((scope) => (scope === '' ? '' : scope.split('/').map(newName).join('/'))),
    operands: graph.operands.map((operand) =>
      operand.type === 'tensor' ? { type: 'tensor', name: renameTensor(operand.name) } : operand,
    ),
    attributes: renameKeys(graph.attributes),
    calls: renameKeys(graph.calls),
  };
}
