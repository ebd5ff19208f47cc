import { PbfReader } from 'pbf';
import { decodeTensorHead, eachField, mostValues, readNumbers, within, type TensorHead } from './onnx-fields.ts';

/** A tensor of an ONNX file; `values` are kept of small ones of whole numbers. */
export interface OnnxTensor extends TensorHead {
  readonly values: readonly number[] | null;
  /** Of small ones of 32-bit floats. */
  readonly floats: readonly number[] | null;
}

/** The content of a node's attribute. */
export type OnnxAttribute = number | string | readonly number[] | OnnxTensor | null;

/** A node of an ONNX graph (NodeProto). */
export interface OnnxNode {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The main graph of an ONNX model (GraphProto). */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  /** Sizes that the file says; null for a size that is left open. */
  readonly shapes: ReadonlyMap<string, readonly (number | null)[]>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const float32 = 1;
const int32 = 6;
const int64 = 7;

/** Decodes the graph of an ONNX model; the file was checked before. Null where it has none. */
export function decodeOnnx(bytes: Uint8Array): OnnxGraph | null {
  const pbf = new PbfReader(bytes);
  let graph: OnnxGraph | null = null;
  eachField(pbf, bytes.length, (field, end) => {
    if (field !== 7 || end === null) return;
    graph = within(pbf, end, decodeGraph);
  });
  return graph;
}

function decodeGraph(pbf: PbfReader, graphEnd: number): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const tensors: OnnxTensor[] = [];
  const shapes = new Map<string, readonly (number | null)[]>();
  const inputs: string[] = [];
  const outputs: string[] = [];
  eachField(pbf, graphEnd, (field, end) => {
    if (end === null) return;
    if (field === 1) nodes.push(within(pbf, end, decodeNode));
    else if (field === 5) tensors.push(within(pbf, end, decodeTensor));
    else if (field === 11 || field === 12 || field === 13) {
      const [name, shape] = within(pbf, end, decodeValue);
      if (shape !== null) shapes.set(name, shape);
      if (field === 11) inputs.push(name);
      if (field === 12) outputs.push(name);
    }
  });
  const weights = new Set(tensors.map(({ name }) => name));
  return { nodes, tensors, shapes, outputs, inputs: inputs.filter((name) => !weights.has(name)) };
}

function decodeNode(pbf: PbfReader, nodeEnd: number): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  const metadata = new Map<string, string>();
  let [op, name] = ['', ''];
  eachField(pbf, nodeEnd, (field, end) => {
    if (end === null) return;
    if (field === 1) inputs.push(pbf.readString());
    else if (field === 2) outputs.push(pbf.readString());
    else if (field === 3) name = pbf.readString();
    else if (field === 4) op = pbf.readString();
    else if (field === 5) attributes.set(...within(pbf, end, decodeAttribute));
    else if (field === 9) metadata.set(...within(pbf, end, decodePair));
  });
  return { op, name, inputs, outputs, attributes, metadata };
}

function decodePair(pbf: PbfReader, pairEnd: number): [string, string] {
  const pair: [string, string] = ['', ''];
  eachField(pbf, pairEnd, (field, end) => {
    if (end !== null && (field === 1 || field === 2)) pair[field - 1] = pbf.readString();
  });
  return pair;
}

function decodeAttribute(pbf: PbfReader, attributeEnd: number): [string, OnnxAttribute] {
  let name = '';
  let value: OnnxAttribute = null;
  const numbers: number[] = [];
  eachField(pbf, attributeEnd, (field, end) => {
    if (field === 1 && end !== null) name = pbf.readString();
    else if (field === 3 && end === null) value = pbf.readVarint(true);
    else if (field === 4 && end !== null) value = pbf.readString();
    else if (field === 5 && end !== null) value = within(pbf, end, decodeTensor);
    else if (field === 8) {
      readNumbers(pbf, end, numbers);
      value = numbers;
    }
  });
  return [name, value];
}

function decodeTensor(pbf: PbfReader, tensorEnd: number): OnnxTensor {
  const values: number[] = [];
  let raw: Uint8Array | null = null;
  const head = decodeTensorHead(pbf, tensorEnd, (field, end) => {
    if (field === 5 || field === 7) readNumbers(pbf, end, values);
    else if (field === 9 && end !== null && end - pbf.pos <= mostValues * 8 + 10) raw = pbf.readBytes();
  });
  const { dataType } = head;
  const isWhole = dataType === int64 || dataType === int32;
  return {
    ...head,
    values: isWhole ? (raw === null ? values : wholeNumbers(raw, dataType)) : null,
    floats: dataType === float32 && raw !== null ? floatNumbers(raw) : null,
  };
}

function floatNumbers(raw: Uint8Array): readonly number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  return Array.from({ length: Math.floor(raw.length / 4) }, (_, at) => view.getFloat32(at * 4, true));
}

function wholeNumbers(raw: Uint8Array, dataType: number): readonly number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const size = dataType === int64 ? 8 : 4;
  return Array.from({ length: Math.floor(raw.length / size) }, (_, at) =>
    dataType === int64 ? Number(view.getBigInt64(at * 8, true)) : view.getInt32(at * 4, true),
  );
}

/** ValueInfoProto: a name, and the sizes of a tensor where they are said. */
function decodeValue(pbf: PbfReader, valueEnd: number): [string, readonly (number | null)[] | null] {
  let name = '';
  let shape: readonly (number | null)[] | null = null;
  eachField(pbf, valueEnd, (field, end) => {
    if (field === 1 && end !== null) name = pbf.readString();
    else if (field === 2 && end !== null) shape = within(pbf, end, decodeType) ?? shape;
  });
  return [name, shape];
}

/** TypeProto: the shape of a type that is a tensor. */
function decodeType(pbf: PbfReader, typeEnd: number): readonly (number | null)[] | null {
  let shape: readonly (number | null)[] | null = null;
  eachField(pbf, typeEnd, (field, end) => {
    if (field === 1 && end !== null) shape = within(pbf, end, decodeTensorType) ?? shape;
  });
  return shape;
}

function decodeTensorType(pbf: PbfReader, typeEnd: number): readonly (number | null)[] | null {
  let shape: readonly (number | null)[] | null = null;
  eachField(pbf, typeEnd, (field, end) => {
    if (field === 2 && end !== null) shape = within(pbf, end, decodeShape);
  });
  return shape;
}

/** TensorShapeProto: sizes; null for one that has a name or is left open. */
function decodeShape(pbf: PbfReader, shapeEnd: number): readonly (number | null)[] {
  const sizes: (number | null)[] = [];
  eachField(pbf, shapeEnd, (field, end) => {
    if (field === 1 && end !== null) sizes.push(within(pbf, end, decodeSize));
  });
  return sizes;
}

function decodeSize(pbf: PbfReader, sizeEnd: number): number | null {
  let size: number | null = null;
  eachField(pbf, sizeEnd, (field, end) => {
    if (field === 1 && end === null) size = pbf.readVarint(true);
  });
  return size;
}
