import type { CallShape, ModelGraph, ModuleCall } from '../module-tree/model-graph.ts';
import { asArray, asObject, BrokenGraph, field } from './graph-fields.ts';

/** Shapes are nested as deep as the exporter describes them, with room to spare. */
const deepestShape = 16;

/** Sizes of a tensor: whole numbers, 0 included. */
export function readSizes(value: unknown, place: string): readonly number[] {
  const sizes = asArray(value, place);
  if (sizes.every((size) => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0)) return sizes as readonly number[];
  throw new BrokenGraph(place, 'whole numbers from 0 on');
}

/** A shape of an argument or a result (`calls`, `dummy`). */
export function readShape(value: unknown, place: string, depth = deepestShape): CallShape {
  if (value === null || typeof value === 'string') return value;
  if (depth === 0) throw new BrokenGraph(place, 'a shape that is not nested this deep');
  if (Array.isArray(value)) return readSizes(value, place);
  const shape = asObject(value, place);
  const items = field(shape, 't');
  if (items !== undefined) return { t: asArray(items, `${place}.t`).map((item) => readShape(item, `${place}.t`, depth - 1)) };
  return { d: readNamed(field(shape, 'd'), `${place}.d`, depth - 1) };
}

function readNamed(value: unknown, place: string, depth: number): Readonly<Record<string, CallShape>> {
  return Object.fromEntries(
    Object.entries(asObject(value, place)).map(([name, item]) => [name, readShape(item, place, depth)] as const),
  );
}

/** `calls` of the file; a file without them has an empty map. */
export function readCalls(value: unknown): ModelGraph['calls'] {
  const calls = new Map<string, readonly ModuleCall[]>();
  for (const [module, items] of Object.entries(asObject(value ?? {}, 'calls'))) {
    const place = `calls.${module}`;
    calls.set(module, asArray(items, place).map((item, at) => readCall(item, `${place}[${at}]`)));
  }
  return calls;
}

function readCall(value: unknown, place: string): ModuleCall {
  const call = asObject(value, place);
  const count = field(call, 'n') ?? 1;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) {
    throw new BrokenGraph(`${place}.n`, 'a whole number from 1 on');
  }
  return {
    in: asArray(field(call, 'in') ?? [], `${place}.in`).map((item, at) => readShape(item, `${place}.in[${at}]`)),
    kw: readNamed(field(call, 'kw') ?? {}, `${place}.kw`, deepestShape),
    out: readShape(field(call, 'out') ?? null, `${place}.out`),
    count,
    ...(field(call, 'open') === true ? { isOpen: true } : {}),
  };
}

/** `attrs` of the file. */
export function readAttributes(value: unknown): ModelGraph['attributes'] {
  const attributes = new Map<string, readonly [number, number] | null>();
  for (const [module, pair] of Object.entries(asObject(value ?? {}, 'attrs'))) {
    const place = `attrs.${module}`;
    if (pair === null) {
      attributes.set(module, null);
      continue;
    }
    const [count, channels, ...more] = readSizes(pair, place);
    if (count === undefined || channels === undefined || more.length > 0) {
      throw new BrokenGraph(place, 'null or two numbers: groups and channels');
    }
    attributes.set(module, [count, channels]);
  }
  return attributes;
}
