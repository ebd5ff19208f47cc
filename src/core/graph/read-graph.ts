import type { GraphConstant, GraphFault, GraphOperand, ModelGraph } from '../module-tree/model-graph.ts';
import { fail, succeed, type Result } from '../result.ts';
import { asArray, asIndex, asObject, asText, BrokenGraph, field } from './graph-fields.ts';
import { readAttributes, readCalls, readShape, readSizes } from './read-calls.ts';

/** The newest version of the format that is read. */
const newestVersion = 1;
/** Lists of constants are nested a few levels at most. */
const deepestConstant = 8;

/**
 * Reads the `graph` of a tree file (rule G1) from parsed JSON. Every number is checked: a value is used only after the
 * node that makes it, scopes exist, sizes are whole numbers. Unknown keys are left alone.
 */
export function readGraph(value: unknown): Result<ModelGraph, GraphFault> {
  try {
    return succeed(readDocument(asObject(value, 'graph')));
  } catch (error) {
    if (error instanceof BrokenGraph) return fail(error.fault);
    throw error;
  }
}

function readDocument(document: Readonly<Record<string, unknown>>): ModelGraph {
  const version = field(document, 'version');
  if (typeof version === 'number' && version > newestVersion) {
    throw new BrokenGraph('version', `${newestVersion}: this graph was written by a newer exporter`);
  }
  const nodes = asArray(field(document, 'nodes'), 'nodes');
  const inputs = asArray(field(document, 'inputs'), 'inputs').map((item, at) => asArray(item, `inputs[${at}]`));
  const shapes = createShapeTable();
  const shapeIds: number[] = inputs.map((item, at) => shapes.add(item[1], `inputs[${at}][1]`));
  const scopes = asArray(field(document, 'scopes'), 'scopes').map((scope, at) => asText(scope, `scopes[${at}]`));
  if (scopes[0] !== '') throw new BrokenGraph('scopes[0]', 'an empty name for the model');
  const columns = readNodes(nodes, scopes.length, shapes, shapeIds);
  return {
    torch: typeof document['torch'] === 'string' ? document['torch'] : '',
    recordedBy: typeof document['by'] === 'string' ? document['by'] : '',
    dummy: readShape(field(document, 'dummy') ?? null, 'dummy'),
    keywords: field(document, 'keywords') === true,
    refused: readRefusal(field(document, 'refused')),
    ...readUntraced(field(document, 'untraced')),
    inputNames: inputs.map((item, at) => asText(item[0], `inputs[${at}][0]`)),
    size: nodes.length,
    valueCount: shapeIds.length,
    shapes: shapes.list,
    shapeId: Int32Array.from(shapeIds),
    scopes,
    ...columns,
    outputs: asArray(field(document, 'outputs'), 'outputs').map((item, at) =>
      asIndex(item, shapeIds.length, `outputs[${at}]`),
    ),
    attributes: readAttributes(field(document, 'attrs')),
    calls: readCalls(field(document, 'calls')),
  };
}

interface ShapeTable {
  readonly list: (readonly number[])[];
  readonly add: (value: unknown, place: string) => number;
}

function createShapeTable(): ShapeTable {
  const list: (readonly number[])[] = [];
  const ids = new Map<string, number>();
  return {
    list,
    add(value, place) {
      if (value === null || value === undefined) return -1;
      const sizes = readSizes(value, place);
      const key = sizes.join();
      // No size and one size of nothing differ in their length only.
      const id = ids.get(key);
      if (id !== undefined) return id;
      ids.set(key, list.length);
      return list.push(sizes) - 1;
    },
  };
}

type NodeColumns = Pick<
  ModelGraph,
  'ops' | 'opId' | 'scopeId' | 'operands' | 'inputs' | 'inputStart' | 'outputStart'
>;

function readNodes(
  nodes: readonly unknown[],
  scopeCount: number,
  shapes: ShapeTable,
  shapeIds: number[],
): NodeColumns {
  const ops = createTable<string>();
  const operands = createTable<GraphOperand>();
  const opId = new Uint32Array(nodes.length);
  const scopeId = new Uint32Array(nodes.length);
  const inputStart = new Uint32Array(nodes.length + 1);
  const outputStart = new Uint32Array(nodes.length + 1);
  const inputs: number[] = [];
  for (const [at, item] of nodes.entries()) {
    const node = asObject(item, `nodes[${at}]`);
    const op = asText(field(node, 'op'), `nodes[${at}].op`);
    opId[at] = ops.add(op, op);
    scopeId[at] = asIndex(field(node, 's') ?? 0, scopeCount, `nodes[${at}].s`);
    inputStart[at] = inputs.length;
    outputStart[at] = shapeIds.length;
    for (const [k, input] of asArray(field(node, 'in'), `nodes[${at}].in`).entries()) {
      inputs.push(readInput(input, operands, shapeIds.length, () => `nodes[${at}].in[${k}]`));
    }
    for (const [k, shape] of asArray(field(node, 'out'), `nodes[${at}].out`).entries()) {
      shapeIds.push(shapes.add(shape, `nodes[${at}].out[${k}]`));
    }
  }
  inputStart[nodes.length] = inputs.length;
  outputStart[nodes.length] = shapeIds.length;
  return { ops: ops.list, opId, scopeId, operands: operands.list, inputs: Int32Array.from(inputs), inputStart, outputStart };
}

function readInput(
  input: unknown,
  operands: Table<GraphOperand>,
  valuesBefore: number,
  place: () => string,
): number {
  if (typeof input === 'number') return asIndex(input, valuesBefore, place());
  if (typeof input === 'string') return -1 - operands.add(`t${input}`, { type: 'tensor', name: input });
  if (!Array.isArray(input) || input.length !== 1) {
    throw new BrokenGraph(place(), 'a value, the name of a tensor, or one constant in a list');
  }
  const value = readConstant((input as readonly unknown[])[0], deepestConstant, place);
  return -1 - operands.add(`c${JSON.stringify(value)}`, { type: 'constant', value });
}

function readConstant(value: unknown, depth: number, place: () => string): GraphConstant {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (!Array.isArray(value) || depth === 0) throw new BrokenGraph(place(), 'a constant: number, text, boolean, null, or a list of them');
  return value.map((item: unknown) => readConstant(item, depth - 1, place));
}

interface Table<Item> {
  readonly list: Item[];
  readonly add: (key: string, item: Item) => number;
}

function createTable<Item>(): Table<Item> {
  const list: Item[] = [];
  const ids = new Map<string, number>();
  return {
    list,
    add(key, item) {
      const id = ids.get(key);
      if (id !== undefined) return id;
      ids.set(key, list.length);
      return list.push(item) - 1;
    },
  };
}

function readUntraced(value: unknown): Pick<ModelGraph, 'untraced'> {
  if (value === undefined || value === null) return {};
  const untraced = asArray(value, 'untraced').map((item, at) => asText(item, `untraced[${at}]`));
  return { untraced };
}

function readRefusal(value: unknown): ModelGraph['refused'] {
  if (value === undefined || value === null) return null;
  const refused = asObject(value, 'refused');
  const message = field(refused, 'message');
  return { type: asText(field(refused, 'type'), 'refused.type'), message: typeof message === 'string' ? message : '' };
}
