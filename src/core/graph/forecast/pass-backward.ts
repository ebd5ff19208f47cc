import { backwardRule } from './backward-rules.ts';
import { describeNode, followed, withoutBatch, type LivingValues } from './living-values.ts';
import { allAlive, both, elementsOf, isAllAlive, reducedTo, shrink, spread, widened, type Mask } from './mask.ts';
import { concatenate, withAxis } from './mask-layout.ts';
import { activations, withoutMask } from './op-kinds.ts';
import { sumOfNeeds, type Need, type SumOfNeeds } from './needs.ts';
import { unitGradient, type Want } from './want.ts';
import { piecesOf } from './op-places.ts';

/** The second pass (rule G21): a value that nobody uses is dead. Changes `values.masks` to the final masks. */
export function passBackward(values: LivingValues): void {
  const { reader, masks } = values;
  const { graph } = reader;
  const needs: Need[][] = masks.map(() => []);
  const returned = new Set(graph.outputs);

  const want: Want = (item, mask, gradient) => {
    if (item === undefined || item < 0) return;
    let value = item;
    // A list that holds itself cannot be, as values only use earlier ones: aliases end.
    for (let alias = values.aliases.get(value); alias !== undefined; alias = values.aliases.get(value)) {
      if (alias < 0) return;
      value = alias;
    }
    const shape = reader.shapeOf(value);
    if (shape === null) return;
    const own = followed(() => withoutBatch(mask.shape.length >= shape.length ? reducedTo(mask, shape) : widened(mask, shape.length)));
    needs[value]!.push(own === null ? { mask: allAlive(shape.length), gradient: null } : { mask: own, gradient });
  };

  /** The living elements of a value, both passes combined, with the gradient there. Null where nothing needs the value. */
  const settle = (value: number): SumOfNeeds | null => {
    const [first, ...others] = needs[value]!;
    if (first === undefined) return null;
    const need = followed(() => sumOfNeeds([first, ...others])) ?? { mask: allAlive(reader.shapeOf(value)?.length ?? 0), gradient: null, isSure: false };
    const mask = masks[value];
    if (mask === null || mask === undefined) return need;
    return { ...need, mask: shrink(followed(() => both(mask, need.mask)) ?? mask) };
  };

  for (const value of returned) {
    const mask = masks[value];
    if (mask !== null && mask !== undefined) want(value, mask, unitGradient);
  }
  for (let node = graph.size - 1; node >= 0; node--) {
    const [output] = reader.outputsOf(node);
    if (output === undefined) continue;
    const op = reader.opOf(node);
    if (op === 'prim::ListConstruct' || op === 'prim::TupleConstruct' || op === 'prim::DictConstruct') {
      // A list that the model returns may be one that it changes in place: NNI's tracer sees that, the graph does not.
      if (op === 'prim::ListConstruct' && returned.has(output)) values.notFollowed.add(describeNode(reader, node));
      if (op === 'prim::DictConstruct' || reader.outputsOf(node).some((value) => returned.has(value))) wantAll(values, node, want);
      continue;
    }
    if (op === 'prim::ListUnpack' || op === 'prim::TupleUnpack') {
      const needed = reader.outputsOf(node).map((value) => settle(value)?.mask ?? null);
      followed(() => unsplit(values, node, needed, want));
      continue;
    }
    if (withoutMask.has(op) || reader.shapeOf(output) === null) continue;
    // Without a gradient (only sizes are read of it) NNI takes all for needed that lives after the first pass. An activation
    // can raise a `TypeError` then.
    const final = settle(output)
      ?? { mask: masks[output] ?? allAlive(reader.shapeOf(output)!.length), gradient: null, isSure: !activations.has(op) || values.constants.has(output) };
    if (!final.isSure) values.notFollowed.add(describeNode(reader, node));
    masks[output] = final.mask;
    // Of one value for each sample NNI keeps no mask, and passes no gradient on.
    const shape = reader.shapeOf(output)!;
    if (shape.length > 0 && elementsOf(shape.slice(1)) === 1) continue;
    const isFollowed = followed(() => backwardRule(values, node, output, final.mask, final.gradient, want)) ?? false;
    if (!isFollowed) wantAll(values, node, (item) => want(item, allAlive(reader.shapeOf(item!)?.length ?? 0), null));
  }
  for (const value of masks.keys()) {
    const final = settle(value);
    if (final !== null) masks[value] = final.mask;
  }
}

/** Everything that lives of the inputs is needed. */
function wantAll({ reader, masks }: LivingValues, node: number, want: Want): void {
  for (const item of reader.inputsOf(node)) {
    const shape = item < 0 ? null : reader.shapeOf(item);
    if (shape !== null) want(item, masks[item] ?? allAlive(shape.length), unitGradient);
  }
}

/**
 * Puts the pieces that a split gave back together. NNI passes no gradient through the items of a tuple: all that lives of the
 * pieces is needed, used or not. Where Python takes a tensor apart (`q, k, v = qkv`), it does pass it on, and a trace writes both alike.
 */
function unsplit(values: LivingValues, node: number, needed: readonly (Mask | null)[], want: Want): true {
  const { reader } = values;
  const made = values.pieces.get(reader.inputsOf(node)[0]!);
  const source = made === undefined ? undefined : reader.inputsOf(made.node)[0];
  const before = source === undefined || source < 0 ? null : reader.shapeOf(source);
  if (made === undefined || before === null) return true;
  const pieces = piecesOf(reader, made.node, before);
  if (pieces === null) return true;
  const isUnbind = reader.opOf(made.node) === 'aten::unbind';
  if (isUnbind && made.masks.some((mask, at) => !isSameMask(mask, needed[at] ?? null))) values.notFollowed.add(describeNode(reader, made.node));
  const parts = made.masks.map((mask, at) => {
    const [start, end] = pieces.bounds[at] ?? [0, 0];
    return { mask: isUnbind ? withAxis(mask, pieces.axis) : mask, size: end - start };
  });
  want(source, parts.every(({ mask }) => isAllAlive(mask)) ? allAlive(before.length) : concatenate(parts, pieces.axis), unitGradient);
  return true;
}

/** Whether two masks of a value say the same; `null` is a value that nobody needs. */
function isSameMask(a: Mask, b: Mask | null): boolean {
  if (b === null) return false;
  const shape = a.shape.map((size, axis) => Math.max(size, b.shape[axis] ?? 1));
  const [first, second] = [spread(a, shape).data, spread(b, shape).data];
  return first.every((value, at) => value === second[at]);
}
