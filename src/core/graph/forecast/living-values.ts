import { allAlive, allDead, anyOver, elementsOf, isAllAlive, MaskMismatch, shrink, type Mask } from './mask.ts';
import { activations, baseOf, constructs, dependsOnSizes, products, sizedBy, splits, templates, withoutMask } from './op-kinds.ts';
import { isPropagated } from './propagation-errors.ts';
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
  /** Values that do not depend on the model's inputs, or only on their sizes. */
  readonly constants: ReadonlySet<number>;
  /** Numbers that are a size of the batch, or are calculated from it. */
  readonly batchSizes: Set<number>;
  /** List or tuple → its items. */
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
  /** Whether an operand is the same for all inputs of the model. */
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
    batchSizes: new Set(),
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
  if (constructs.has(op)) values.items.set(output, [...inputs]);
  const isConstant = (item: number | undefined): boolean => item === undefined || item < 0 || constants.has(item);
  if (dependsOnSizes.has(op) || inputs.every(isConstant) || (op === 'aten::expand_as' && isConstant(inputs[0]))) {
    if (isLostActivation(reader, op, inputs)) values.notFollowed.add(describeNode(reader, node));
    // What is made of a constant that is the same for each sample is so, too.
    const isDead = isSpreadOverBatch(values, isConstant, node) || (!dependsOnSizes.has(op) && hasDeadInput(values, inputs));
    const isBatchSize = op === 'aten::size'
      ? !isConstant(inputs[0]) && (reader.constantOf(inputs[1]) ?? 0) === 0
      : inputs.some((item) => values.batchSizes.has(item));
    for (const value of [output, ...others]) {
      if (isBatchSize) values.batchSizes.add(value);
      constants.add(value);
      const rank = reader.shapeOf(value)?.length ?? 0;
      masks[value] = isDead && rank > 0 ? allDead(rank) : alive(value);
    }
    return;
  }
  if (constructs.has(op)) return;
  if (products.has(baseOf(op)) && inputs.some((item) => isDecidedByValues(values, item))) values.notFollowed.add(describeNode(reader, node));
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
 * Whether the values of a factor decide what lives: a parameter or buffer of the model's own code, and what is calculated of it.
 * 0 kills what it is multiplied with, and NNI takes it for dead where it is the same along its first dimension, as the scale of a
 * norm is before training.
 */
function isDecidedByValues({ reader, constants }: LivingValues, item: number): boolean {
  const tensor = reader.tensorOf(item);
  if (tensor !== null) return reader.isOwn(tensor);
  return constants.has(item) && (reader.shapeOf(item)?.length ?? 0) > 0;
}

/**
 * Whether NNI can raise a `TypeError` at an activation: it keeps no gradient of a constant of few elements. It does so for
 * `F.relu` and not for `torch.relu`, which a trace does not tell apart.
 */
function isLostActivation(reader: TraceReader, op: string, inputs: Int32Array): boolean {
  const [first] = inputs;
  if (!activations.has(op) || first === undefined) return false;
  const shape = first >= 0 ? reader.shapeOf(first) : reader.tensorShape(reader.tensorOf(first));
  return shape !== null && !isPropagated(elementsOf(shape));
}

/**
 * Whether a node makes the same value for each sample of the batch (`cls.expand(x.size(0), -1, -1)`): constant, so dead.
 */
function isSpreadOverBatch({ items, reader, batchSizes }: LivingValues, isConstant: (item: number | undefined) => boolean, node: number): boolean {
  const op = reader.opOf(node);
  const inputs = reader.inputsOf(node);
  const template = templates[op];
  if (template !== undefined) return !isConstant(inputs[template]);
  const sizes = sizedBy[op];
  const first = sizes === undefined ? undefined : items.get(inputs[sizes]!)?.[0];
  return first !== undefined && batchSizes.has(first);
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
export function describeNode({ graph, opOf }: TraceReader, node: number): string {
  const scope = graph.scopes[graph.scopeId[node]!]!;
  const module = scope.slice(scope.lastIndexOf('/') + 1);
  return `${opOf(node)} in ${module === '' ? 'the model' : module}`;
}
