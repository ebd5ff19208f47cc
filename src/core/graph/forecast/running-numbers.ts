import type { TraceReader } from './trace-reader.ts';

/** A number that the model computes from sizes, in the trace and in the small model; null where it is not known. */
export type RunningNumber = { readonly before: number; readonly after: number } | null;

/** The known inputs: shapes and numbers. */
export interface NumberSources {
  readonly shapeOf: (item: number | undefined) => readonly number[] | null;
  readonly numberOf: (item: number | undefined) => RunningNumber;
}

const passing: ReadonlySet<string> = new Set(['prim::NumToTensor', 'aten::Int', 'aten::ScalarImplicit', 'aten::IntImplicit', 'aten::floor']);

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  'aten::add': (a, b) => a + b,
  'aten::sub': (a, b) => a - b,
  'aten::rsub': (a, b) => b - a,
  'aten::mul': (a, b) => a * b,
  'aten::floor_divide': (a, b) => Math.floor(a / b),
  'aten::remainder': (a, b) => a - b * Math.floor(a / b),
};

/** The number that a node makes; undefined for a node that makes none. */
export function numberOfNode(reader: TraceReader, node: number, { shapeOf, numberOf }: NumberSources): RunningNumber | undefined {
  const op = reader.opOf(node);
  const inputs = reader.inputsOf(node);
  if (op === 'aten::size') {
    const [value, place] = [inputs[0], reader.constantOf(inputs[1])];
    if (value === undefined || typeof place !== 'number') return null;
    const [before, after] = [value >= 0 ? reader.shapeOf(value) : shapeOf(value), shapeOf(value)];
    const [old, now] = [before?.at(place), after?.at(place)];
    return old === undefined || now === undefined ? null : { before: old, after: now };
  }
  if (passing.has(op)) return numberOf(inputs[0]);
  const [a, b] = [numberOf(inputs[0]), numberOf(inputs[1])];
  if (a === null || b === null) return undefined;
  if (op === 'aten::div') {
    const mode = reader.constantOf(inputs[2]);
    const round = mode === 'trunc' ? Math.trunc : mode === 'floor' ? Math.floor : (value: number) => value;
    return { before: round(a.before / b.before), after: round(a.after / b.after) };
  }
  if (!Object.hasOwn(arithmetic, op)) return undefined;
  const compute = arithmetic[op]!;
  return { before: compute(a.before, b.before), after: compute(a.after, b.after) };
}
