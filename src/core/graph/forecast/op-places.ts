import { mostChannels, type TraceReader } from './trace-reader.ts';

/** A dimension counted from the front; null where it is not a constant of the tensor. */
export function axisOf(reader: TraceReader, item: number | undefined, rank: number): number | null {
  const axis = reader.constantOf(item);
  if (typeof axis !== 'number' || !Number.isInteger(axis) || axis < -rank || axis >= rank) return null;
  return axis < 0 ? axis + rank : axis;
}

/** Dimensions of a reduction; null where they are not constants. */
export function axesOf(reader: TraceReader, item: number | undefined, rank: number): readonly number[] | null {
  const given = reader.constantOf(item);
  const axes = typeof given === 'number' ? [given] : given;
  if (!Array.isArray(axes)) return null;
  const found = (axes as readonly unknown[]).map((axis) => (typeof axis === 'number' && axis < 0 ? axis + rank : axis));
  return found.every((axis) => typeof axis === 'number' && axis >= 0 && axis < rank) ? (found as number[]) : null;
}

/** The order of dimensions after `permute`, `transpose` or `t`; null where it is not constant. */
export function orderOf(reader: TraceReader, node: number, rank: number): readonly number[] | null {
  const inputs = reader.inputsOf(node);
  const op = reader.opOf(node);
  if (op === 'aten::permute') {
    const order = axesOf(reader, inputs[1], rank);
    return order?.length === rank ? order : null;
  }
  const [a, b] = op === 'aten::t' ? [0, rank - 1] : [axisOf(reader, inputs[1], rank), axisOf(reader, inputs[2], rank)];
  if (a === null || b === null) return null;
  const order = Array.from({ length: rank }, (_, axis) => axis);
  [order[a], order[b]] = [order[b]!, order[a]!];
  return order;
}

/** A part of a dimension. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The part that `slice`, `select` or `narrow` takes of a dimension of `size`; null where it is not constant. */
export function cutOf(reader: TraceReader, node: number, size: number): Cut | null {
  const inputs = reader.inputsOf(node);
  const at = (k: number): number | null | undefined => {
    const value = reader.constantOf(inputs[k]);
    return typeof value === 'number' || value === null ? value : undefined;
  };
  const clamp = (value: number): number => Math.min(size, Math.max(0, value < 0 ? value + size : value));
  switch (reader.opOf(node)) {
    case 'aten::select': {
      const index = at(2);
      if (typeof index !== 'number') return null;
      const start = index < 0 ? index + size : index;
      return start >= 0 && start < size ? { start, end: start + 1, step: 1 } : null;
    }
    case 'aten::narrow': {
      const [start, length] = [at(2), at(3)];
      if (typeof start !== 'number' || typeof length !== 'number') return null;
      return { start: clamp(start), end: Math.min(size, clamp(start) + length), step: 1 };
    }
    default: {
      const [start, end] = [at(2), at(3)];
      const step = at(4) ?? 1;
      if (start === undefined || end === undefined || step < 1) return null;
      return { start: clamp(start ?? 0), end: clamp(end ?? size), step };
    }
  }
}

/** Where `chunk`, `split`, `split_with_sizes` and `unbind` cut: the dimension, and start and end of each piece. */
export interface Pieces {
  readonly axis: number;
  readonly bounds: readonly (readonly [start: number, end: number])[];
}

/** The pieces of a node that splits; null where they are not constant. */
export function piecesOf(reader: TraceReader, node: number, before: readonly number[]): Pieces | null {
  const inputs = reader.inputsOf(node);
  const op = reader.opOf(node);
  const given = inputs[op === 'aten::unbind' ? 1 : 2];
  const axis = given === undefined ? (before.length > 0 ? 0 : null) : axisOf(reader, given, before.length);
  if (axis === null) return null;
  const size = before[axis]!;
  if (size > mostChannels) return null;
  if (op === 'aten::unbind') return { axis, bounds: evenBounds(size, 1) };
  const sizes = reader.constantOf(inputs[1]);
  if (Array.isArray(sizes)) {
    let start = 0;
    const bounds = (sizes as readonly unknown[]).map((length): readonly [number, number] => [start, (start += Number(length))]);
    return bounds.at(-1)?.[1] === size ? { axis, bounds } : null;
  }
  if (typeof sizes !== 'number' || !Number.isInteger(sizes) || sizes < 1) return null;
  return { axis, bounds: evenBounds(size, op === 'aten::chunk' ? Math.max(1, Math.ceil(size / sizes)) : sizes) };
}

function evenBounds(size: number, step: number): readonly (readonly [number, number])[] {
  return Array.from({ length: Math.ceil(size / step) }, (_, at) => [at * step, Math.min(size, (at + 1) * step)] as const);
}
