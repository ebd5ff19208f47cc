import { allAlive, anyOver, isAllAlive, MaskMismatch, shrink, type Mask } from './mask.ts';
import { constructs, splits, withoutMask } from './op-kinds.ts';
import { ownerOf, type KeptRows, type TraceReader } from './trace-reader.ts';

/** A mask with the shape of the tensor that it is of. */
export interface Operand {
  readonly mask: Mask;
  readonly shape: readonly number[];
}

/** The living elements of each value of a trace, and the lookups that both passes share. */
export interface LivingValues {
  readonly reader: TraceReader;
  /** Value → mask; null where nothing is known, which counts as alive. */
  readonly masks: (Mask | null)[];
  /** Values that do not depend on the model's inputs. */
  readonly constants: ReadonlySet<number>;
  /** List or tuple → what it was made of. */
  readonly items: Map<number, readonly number[]>;
  /** Unpacked value → the item that was packed. */
  readonly aliases: Map<number, number>;
  /** Value that a split makes → the masks of its pieces, and the node. */
  readonly pieces: Map<number, { readonly node: number; readonly masks: readonly Mask[] }>;
  /** Nodes with dead inputs that no rule follows: `aten::index in blocks.0.attn`. */
  readonly notFollowed: Set<string>;
  /** Mask and shape of an input; constants and tensors are alive. */
  readonly operandOf: (item: number | undefined) => Operand;
  /** Kept rows of the tensor of an input; all of `size` where the list does not prune it. */
  readonly rowsOf: (item: number | undefined, size: number) => Uint8Array;
  /** Whether an operand is the same whatever the model's inputs are. */
  readonly isFixed: (item: number | undefined) => boolean;
}

/** Works out the output of one node from the masks of its inputs; null where no rule follows it. */
type ForwardRule = (values: LivingValues, node: number, output: number) => Mask | null;

/** The first pass (rule G21): a constant value is dead. */
export function passForward(reader: TraceReader, kept: KeptRows, rule: ForwardRule): LivingValues {
  const { graph } = reader;
  const constants = new Set<number>();
  const values: LivingValues = {
    reader,
    masks: Array.from({ length: graph.valueCount }, () => null),
    constants,
    items: new Map(),
    aliases: new Map(),
    pieces: new Map(),
    notFollowed: new Set(),
    operandOf(item) {
      if (item !== undefined && item >= 0) {
        const shape = reader.shapeOf(item);
        if (shape === null) return { mask: allAlive(0), shape: [] };
        return { mask: values.masks[item] ?? allAlive(shape.length), shape };
      }
      const shape = reader.tensorShape(reader.tensorOf(item)) ?? [];
      return { mask: allAlive(shape.length), shape };
    },
    rowsOf(item, size) {
      const tensor = reader.tensorOf(item);
      const rows = tensor === null ? undefined : kept.get(ownerOf(tensor));
      return rows?.length === size ? rows : new Uint8Array(size).fill(1);
    },
    isFixed(item) {
      if (item === undefined || item < 0 || constants.has(item)) return true;
      const shape = reader.shapeOf(item);
      return shape === null || shape.length === 0;
    },
  };
  for (let node = 0; node < graph.size; node++) forwardNode(values, constants, node, rule);
  return values;
}

function forwardNode(values: LivingValues, constants: Set<number>, node: number, rule: ForwardRule): void {
  const { reader, masks } = values;
  const [output, ...others] = reader.outputsOf(node);
  if (output === undefined) return;
  const inputs = reader.inputsOf(node);
  const op = reader.opOf(node);
  const alive = (value: number): Mask | null => {
    const shape = reader.shapeOf(value);
    return shape === null ? null : allAlive(shape.length);
  };
  if (inputs.every((item) => item < 0 || constants.has(item))) {
    for (const value of [output, ...others]) {
      constants.add(value);
      masks[value] = alive(value);
    }
    return;
  }
  if (constructs.has(op)) {
    values.items.set(output, [...inputs]);
    return;
  }
  if (op === 'prim::ListUnpack' || op === 'prim::TupleUnpack') {
    unpack(values, node, inputs[0]!, alive);
    return;
  }
  if (withoutMask.has(op) || (reader.shapeOf(output) === null && !splits.has(op))) return;
  const found = followed(() => rule(values, node, output));
  if (found === null && hasDeadInput(values, inputs)) values.notFollowed.add(describeNode(reader, node));
  const mask = found ?? alive(output);
  masks[output] = mask === null ? null : shrink(withoutBatch(mask));
}

/**
 * NNI takes dimension 0 of every tensor for its batch, also where a permutation has put another one there: what lives
 * anywhere along it lives.
 */
export function withoutBatch(mask: Mask): Mask {
  return mask.shape.length === 0 ? mask : anyOver(mask, [0]);
}

/** Where all inputs live, so does the output, whatever the node does. */
function hasDeadInput(values: LivingValues, inputs: Int32Array): boolean {
  return inputs.some((item) => {
    const items = values.items.get(item) ?? [item];
    return items.some((inner) => !isAllAlive(values.operandOf(inner).mask));
  });
}

function unpack(values: LivingValues, node: number, source: number, alive: (value: number) => Mask | null): void {
  const outputs = values.reader.outputsOf(node);
  const packed = values.items.get(source);
  if (packed?.length === outputs.length) {
    for (const [at, value] of outputs.entries()) {
      const shape = values.reader.shapeOf(value);
      const { mask } = values.operandOf(packed[at]);
      values.masks[value] = shape === null || mask.shape.length === shape.length ? mask : allAlive(shape.length);
      values.aliases.set(value, packed[at]!);
    }
    return;
  }
  const made = values.pieces.get(source)?.masks;
  for (const [at, value] of outputs.entries()) values.masks[value] = made?.[at] ?? alive(value);
}

/** The result, or null where masks do not go together: shapes of a file from outside can contradict each other. */
export function followed<Value>(action: () => Value | null): Value | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof MaskMismatch) return null;
    throw error;
  }
}

/** `aten::index in blocks.0.attn`, for what is said of nodes that are not followed. */
function describeNode({ graph, opOf }: TraceReader, node: number): string {
  const scope = graph.scopes[graph.scopeId[node]!]!;
  const module = scope.slice(scope.lastIndexOf('/') + 1);
  return `${opOf(node)} in ${module === '' ? 'the model' : module}`;
}
