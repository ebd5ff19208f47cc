import type { GraphFault } from '../module-tree/model-graph.ts';

/** Leaves a graph from the depth of it; never seen outside. */
export class BrokenGraph extends Error {
  readonly fault: GraphFault;

  constructor(place: string, expected: string) {
    super(`${place}: ${expected}`);
    this.fault = { place, expected };
  }
}

/** A key of an object from outside; inherited keys do not count. */
export function field(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The value as an object, or a fault at `place`. */
export function asObject(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new BrokenGraph(place, 'an object');
}

/** The value as a list, or a fault at `place`. */
export function asArray(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new BrokenGraph(place, 'a list');
}

/** The value as a text, or a fault at `place`. */
export function asText(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw new BrokenGraph(place, 'a text');
}

/** The value as a whole number in `[0, end)`, or a fault at `place`. */
export function asIndex(value: unknown, end: number, place: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < end) return value;
  throw new BrokenGraph(place, end === 0 ? 'no number, as there is nothing before it' : `a whole number below ${end}`);
}
