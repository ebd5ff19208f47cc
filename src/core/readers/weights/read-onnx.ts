import { PbfReader } from 'pbf';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { succeed, type Result } from '../../result.ts';
import { readFailure, type ReadError, type ReadLimits } from '../messages/read-error.ts';
import { CutMessage, decodeTensorHead, eachField, readNumbers, within } from '../programs/onnx-fields.ts';
import { decodeOnnx, type OnnxGraph } from '../programs/onnx-messages.ts';
import { programOfOnnx } from '../programs/onnx-program.ts';
import { treeOfProgram } from '../programs/program-tree.ts';
import type { PickleFile } from './pickle-modules.ts';
import type { FileContent } from './tensor-list.ts';
import type { NamedTensor } from './named-tensor.ts';

/** ONNX's numbers of element types (TensorProto.DataType), as torch calls them. */
const elementTypes: readonly (string | null)[] = [
  null, 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64',
  'uint32', 'uint64', 'complex64', 'complex128', 'bfloat16', 'float8_e4m3fn', 'float8_e4m3fnuz', 'float8_e5m2',
  'float8_e5m2fnuz', 'uint4', 'int4', 'float4_e2m1fn_x2',
];

/** Field numbers of the messages that are read (onnx.proto, IR version 3 and later). */
const fields = {
  model: { producerName: 2, producerVersion: 3, graph: 7 },
  graph: { name: 2, initializer: 5, sparseInitializer: 15 },
  sparse: { values: 1, dims: 3 },
} as const;

/** Whether a file starts as ONNX does: its version, then one of the next fields of the model. */
export function isOnnx(start: Uint8Array): boolean {
  const next = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42];
  return start.length > 8 && start[0] === 0x08 && start[1]! > 0 && start[1]! < 32 && next.includes(start[2]!);
}

/**
 * Reads names, shapes and number formats of the initialisers of an ONNX model (rule T15a). Weights are skipped.
 * The exporter gave the names, which need not be names of modules: a note and a lack say so.
 */
export function readOnnx(bytes: Uint8Array, { model, limits }: PickleFile): Result<FileContent, ReadError> {
  const pbf = new PbfReader(bytes);
  const tensors: NamedTensor[] = [];
  let producer = '';
  let sawGraph = false;
  let at = 0;
  try {
    eachField(pbf, bytes.length, (field, end) => {
      at = pbf.pos;
      if (field === fields.model.producerName && end !== null) producer = pbf.readString();
      else if (field === fields.model.producerVersion && end !== null) {
        producer = `${producer} ${pbf.readString()}`.trim();
      }
      else if (field === fields.model.graph && end !== null) {
        sawGraph = true;
        within(pbf, end, () => readGraph(pbf, end, tensors));
      }
    });
  } catch (error) {
    // pbf throws on wire types that do not exist, and `eachField` on lengths past the end, with a message.
    const reason = error instanceof CutMessage ? error.message : 'a field is of no kind that there is';
    return readFailure('onnx-broken', { reason, byte: Math.min(Math.max(at, pbf.pos), bytes.length) });
  }
  if (!sawGraph) return readFailure('onnx-broken', { reason: 'it holds no graph', byte: bytes.length });
  const tree = treeOfOnnx(bytes, model, producer, limits);
  if (tree !== null) return tree.ok ? succeed({ type: 'tree', tree: tree.value }) : tree;
  return succeed({
    type: 'tensors',
    tensors,
    format: 'onnx',
    producer: producer === '' ? null : producer,
    notes: [{ type: 'onnx-names' }],
    lacks: ['module-names'],
  });
}

/** Nodes that are damaged cost the modules, not the tensors, which were read before. */
function decoded(bytes: Uint8Array): OnnxGraph | null {
  try {
    return decodeOnnx(bytes);
  } catch {
    return null;
  }
}

/** The modules that the graph was recorded in; null where its names do not lead to any. */
function treeOfOnnx(bytes: Uint8Array, model: string, producer: string, limits: ReadLimits): Result<ModuleTree, ReadError> | null {
  const graph = decoded(bytes);
  const read = graph === null ? null : programOfOnnx(graph, (dataType) => elementTypes[dataType] ?? null);
  if (read === null) return null;
  return treeOfProgram({
    model, producer: producer === '' ? null : producer, format: 'onnx', modules: null, tensors: read.tensors, program: read.program,
    notes: [{ type: 'recorded-flow', by: 'ONNX' }], lacks: read.program.className === null ? ['parameters', 'module-names'] : ['parameters'],
  }, limits);
}

function readGraph(pbf: PbfReader, graphEnd: number, tensors: NamedTensor[]): void {
  eachField(pbf, graphEnd, (field, end) => {
    if (end === null) return;
    if (field === fields.graph.initializer) tensors.push(within(pbf, end, readTensor));
    else if (field === fields.graph.sparseInitializer) tensors.push(within(pbf, end, readSparse));
  });
}

function readTensor(pbf: PbfReader, tensorEnd: number): NamedTensor {
  const { name, dims, dataType } = decodeTensorHead(pbf, tensorEnd);
  const known = dims.every((size) => Number.isSafeInteger(size) && size >= 0);
  return { name, shape: known ? dims : null, dtype: elementTypes[dataType] ?? null };
}

function readSparse(pbf: PbfReader, sparseEnd: number): NamedTensor {
  const shape: number[] = [];
  let values: NamedTensor = { name: '', shape: null, dtype: null };
  eachField(pbf, sparseEnd, (field, end) => {
    if (field === fields.sparse.values && end !== null) values = within(pbf, end, readTensor);
    else if (field === fields.sparse.dims) readNumbers(pbf, end, shape);
  });
  return { ...values, shape };
}
