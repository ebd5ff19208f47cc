import type { GraphConstant } from '../../module-tree/model-graph.ts';
import { asRecord, isShape, ownField } from '../literals/record.ts';
import { asTraced, functionAround } from './aten-arguments.ts';
import { arrayIn, recordIn, textIn } from './json-fields.ts';
import type { Program, ProgramItem, ProgramNode, ProgramValue, RecordedCall } from './program.ts';

/** A program of torch.export, with the tensors of its signature. */
export interface ExportedProgram {
  readonly program: Program;
  /** All modules in the order of the model, where the file lists them. */
  readonly modules: readonly string[] | null;
  /** Parameters and buffers by full name, also if they are not saved with the weights; `dtype` is torch.export's number. */
  readonly tensors: ReadonlyMap<string, SignedTensor>;
}

/** A parameter or buffer as the signature lists it. */
export interface SignedTensor {
  readonly shape: readonly number[] | null;
  readonly dtype: unknown;
  readonly isBuffer: boolean;
}

/** Graphs inside of graphs are a few levels at most (`torch.no_grad` inside of `torch.autocast`). */
const deepestGraph = 8;

/**
 * Reads `models/model.json` of a `.pt2` archive (`serialized_exported_program.json` before torch 2.8), already parsed: the
 * ExportedProgram of `torch/_export/serde/schema.py`. Null where it is none.
 */
export function readProgram(document: unknown): ExportedProgram | null {
  const module = recordIn(asRecord(document), 'graph_module');
  const graph = recordIn(module, 'graph');
  const signature = recordIn(module, 'signature');
  if (graph === null || signature === null || !Array.isArray(ownField(graph, 'nodes'))) return null;
  const version = textIn(asRecord(document), 'torch_version');
  const values = recordIn(graph, 'tensor_values') ?? {};
  const reader = createReader();
  const tensors = new Map<string, SignedTensor>();
  const inputs: ProgramValue[] = [];
  for (const spec of arrayIn(signature, 'input_specs').map(asRecord)) {
    const [kind, described] = Object.entries(spec ?? {})[0] ?? ['', null];
    const item = asRecord(described);
    const name = nameOfArgument(recordIn(item, 'arg')) ?? nameOfArgument(item);
    if (name === null) continue;
    const meta = recordIn(values, name);
    const full = textIn(item, `${kind}_name`);
    if ((kind === 'parameter' || kind === 'buffer') && full !== '') {
      reader.names.set(name, { type: 'tensor', name: full });
      tensors.set(full, { shape: shapeOfMeta(meta), dtype: meta === null ? null : ownField(meta, 'dtype'), isBuffer: kind === 'buffer' });
    } else if (kind === 'user_input') {
      reader.names.set(name, { type: 'value', name });
      inputs.push({ name, shape: shapeOfMeta(meta) });
    } else {
      // A constant that tracing lifted out of the code.
      reader.names.set(name, { type: 'constant', value: ['tensor'] });
    }
  }
  const returned = reader.readGraph(graph, '', deepestGraph);
  const program: Program = {
    recordedBy: `torch.export ${version}`.trim(), torch: version, className: reader.modelClass(), inputs, nodes: reader.nodes,
    tensors: new Map([...tensors].map(([name, { shape }]) => [name, shape] as const)),
    outputs: returned.flatMap((item) => (item.type === 'value' ? [item.name] : [])),
  };
  const listed = arrayIn(module, 'module_call_graph').map((entry) => textIn(asRecord(entry), 'fqn'));
  return { program, tensors, modules: listed.length > 1 ? listed : null };
}

interface GraphReader {
  readonly nodes: ProgramNode[];
  /** The item that each value's name refers to. */
  readonly names: Map<string, ProgramItem>;
  /** Class of the model itself. */
  readonly modelClass: () => string | null;
  readonly readGraph: (graph: Readonly<Record<string, unknown>>, prefix: string, depth: number) => readonly ProgramItem[];
}

/** Wrappers of a part of the program: `torch.no_grad()` and the like. The part is read as if it stood there. */
const wrapper = /^torch\.ops\.higher_order\.wrap_with_/;

function createReader(): GraphReader {
  const nodes: ProgramNode[] = [];
  const names = new Map<string, ProgramItem>();
  /** Values that are a parameter with its two dimensions exchanged: the factor of a decomposed Linear. */
  const exchanged = new Map<string, ProgramItem>();
  let modelClass: string | null = null;

  function readGraph(graph: Readonly<Record<string, unknown>>, prefix: string, depth: number): readonly ProgramItem[] {
    const metas = recordIn(graph, 'tensor_values') ?? {};
    for (const node of arrayIn(graph, 'nodes').map(asRecord)) if (node !== null) readNode(node, metas, prefix, depth);
    return arrayIn(graph, 'outputs').flatMap((output) => argument(asRecord(output), prefix) ?? []);
  }

  function argument(given: Readonly<Record<string, unknown>> | null, prefix: string, depth = deepestGraph): ProgramItem | null {
    const [kind, value] = Object.entries(given ?? {})[0] ?? ['', null];
    const named = (name: string): ProgramItem => names.get(prefix + name) ?? { type: 'value', name: prefix + name };
    switch (kind) {
      case 'as_tensor':
      case 'as_sym_int':
      case 'as_sym_float':
      case 'as_sym_bool': {
        const inner = asRecord(value);
        const name = textIn(inner, 'name') || textIn(inner, 'as_name');
        return name === '' ? { type: 'constant', value: plain(Object.values(inner ?? {})[0]) } : named(name);
      }
      case 'as_tensors':
      case 'as_optional_tensors':
      case 'as_sym_ints':
        return {
          type: 'list',
          items: (Array.isArray(value) && depth > 0 ? (value as readonly unknown[]) : []).map((item) => {
            const inner = asRecord(item);
            const isNamed = textIn(inner, 'name') !== '';
            return argument(isNamed ? { as_tensor: inner } : inner !== null && ('as_name' in inner || 'as_int' in inner) ? { as_sym_int: inner } : inner, prefix, depth - 1)
              ?? { type: 'constant', value: null };
          }),
        };
      case 'as_none':
        return { type: 'constant', value: null };
      case 'as_graph':
        return null;
      default:
        return { type: 'constant', value: plain(value) };
    }
  }

  function readNode(node: Readonly<Record<string, unknown>>, metas: Readonly<Record<string, unknown>>, prefix: string, depth: number): void {
    const target = textIn(node, 'target');
    const inputs = arrayIn(node, 'inputs').map(asRecord);
    const outputs = outputsOf(node, metas, prefix);
    if (wrapper.test(target) && depth > 0) {
      inline(inputs, outputs.values, prefix, depth);
      return;
    }
    if (outputs.values.length === 0) return;
    const given = new Map<string, ProgramItem>();
    for (const [at, input] of inputs.entries()) {
      const item = argument(recordIn(input, 'arg'), prefix);
      if (item !== null) given.set(textIn(input, 'name') || String(at), item);
    }
    const metadata = recordIn(node, 'metadata');
    const stack = textIn(metadata, 'nn_module_stack');
    modelClass ??= /^[^,;]*,(?:L\['self'\])?,([^,;]+)/.exec(stack)?.[1] ?? null;
    const calls = callsOf(stack);
    const [operation] = outputs.values;
    const name = operationOf(target);
    const [first, second, third] = [...given.values()];
    if ((name === 't' || name === 'permute' || name === 'transpose') && first?.type === 'tensor') exchanged.set(operation!.name, first);
    const multiplied = name === 'addmm' ? third : name === 'mm' ? second : undefined;
    const weight = multiplied?.type === 'value' ? exchanged.get(multiplied.name) : undefined;
    const traced = weight === undefined
      ? target.startsWith('torch.ops.aten.') || !target.startsWith('torch.ops.') ? asTraced(name, given) : { op: foreign(target), items: [...given.values()] }
      : { op: 'aten::linear', items: name === 'addmm' ? [second!, weight, first!] : [first!, weight, { type: 'constant', value: null } as const] };
    // Decomposed operations return statistics, too, which nothing uses.
    const isComposed = target.startsWith('torch.ops.aten.') && traced.op !== `aten::${name}`;
    const around = functionAround(traced.op, traced.items, textIn(metadata, 'torch_fn'));
    nodes.push({ ...traced, ...(around === null ? {} : { op: around }), calls, outputs: isComposed ? outputs.values.slice(0, 1) : outputs.values, ...(outputs.isList ? { isList: true } : {}) });
  }

  function inline(inputs: readonly (Readonly<Record<string, unknown>> | null)[], outputs: readonly ProgramValue[], prefix: string, depth: number): void {
    const place = inputs.findIndex((input) => recordIn(recordIn(input, 'arg'), 'as_graph') !== null);
    const inner = recordIn(recordIn(recordIn(inputs[place] ?? null, 'arg'), 'as_graph'), 'graph');
    if (inner === null) return;
    const own = `${prefix}${nodes.length}/`;
    for (const [at, parameter] of arrayIn(inner, 'inputs').map(asRecord).entries()) {
      const name = nameOfArgument(parameter);
      const item = argument(recordIn(inputs[place + 1 + at] ?? null, 'arg'), prefix);
      if (name !== null && item !== null) names.set(own + name, item);
    }
    const returned = readGraph(inner, own, depth - 1);
    for (const [at, { name }] of outputs.entries()) if (returned[at] !== undefined) names.set(name, returned[at]);
  }

  return { nodes, names, modelClass: () => modelClass, readGraph };
}

/** `conv2d` of `torch.ops.aten.conv2d.default`, `mul` of `_operator.mul`. */
function operationOf(target: string): string {
  const parts = target.split('.');
  if (target.startsWith('torch.ops.')) return parts[3] ?? target;
  return parts.at(-1) ?? target;
}

/** `torchvision::roi_align` of `torch.ops.torchvision.roi_align.default`. */
function foreign(target: string): string {
  const [, , namespace, name] = target.split('.');
  return `${namespace}::${name}`;
}

function outputsOf(
  node: Readonly<Record<string, unknown>>,
  metas: Readonly<Record<string, unknown>>,
  prefix: string,
): { readonly values: readonly ProgramValue[]; readonly isList: boolean } {
  const value = (name: string): ProgramValue => ({ name: prefix + name, shape: shapeOfMeta(recordIn(metas, name)) });
  const outputs = arrayIn(node, 'outputs').map(asRecord);
  const list = outputs.length === 1 ? ownField(outputs[0] ?? {}, 'as_tensors') : undefined;
  if (Array.isArray(list)) return { isList: true, values: (list as readonly unknown[]).map((item) => value(textIn(asRecord(item), 'name'))) };
  return { isList: false, values: outputs.flatMap((output) => value(nameOfArgument(output) ?? '')).filter(({ name }) => name !== prefix) };
}

function nameOfArgument(argument: Readonly<Record<string, unknown>> | null): string | null {
  const inner = asRecord(Object.values(argument ?? {})[0]);
  const name = textIn(inner, 'name') || textIn(inner, 'as_name') || textIn(argument, 'name');
  return name === '' ? null : name;
}

/** `nn_module_stack`: `key,path,class` of each module, divided by semicolons; a second call has `@1` in its key. */
function callsOf(stack: string): readonly RecordedCall[] {
  return stack.split(';').flatMap((entry) => {
    const [key, path, className] = entry.split(',');
    const module = path === undefined ? '' : path.replace(/^L\['self'\]\.?/, '').replaceAll(/\._modules\['([^']*)'\]|\['?([^'\]]*)'?\]/g, '.$1$2').replace(/@\d+$/, '');
    return module === '' ? [] : [{ key: key!, module, className: className === undefined || className === '' ? null : className }];
  });
}

/** Sizes in a TensorMeta are `{"as_int": 3}`; of a size that was left open the one that was traced is taken. Null where they are not said. */
export function shapeOfMeta(meta: Readonly<Record<string, unknown>> | null): readonly number[] | null {
  const given = meta === null ? null : ownField(meta, 'sizes');
  if (!Array.isArray(given)) return null;
  const sizes = (given as readonly unknown[]).map((size) => {
    const record = asRecord(size);
    return ownField(record ?? {}, 'as_int') ?? ownField(recordIn(recordIn(record, 'as_expr'), 'hint') ?? {}, 'as_int');
  });
  return isShape(sizes) ? sizes : null;
}

function plain(value: unknown, depth = deepestGraph): GraphConstant {
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number') return value;
  return Array.isArray(value) && depth > 0 ? (value as readonly unknown[]).map((item) => plain(item, depth - 1)) : ['?'];
}
