import { succeed } from '../../result.ts';
import type { ByteReader } from '../bytes/byte-source.ts';
import { asRecord, ownField } from '../literals/record.ts';
import { readFailure, shorten, type ReadLimits } from '../messages/read-error.ts';
import { readProgram, shapeOfMeta } from '../programs/exported-program.ts';
import { recordIn, textIn } from '../programs/json-fields.ts';
import { treeOfProgram, type ProgramTensor } from '../programs/program-tree.ts';
import type { PickleFile } from './pickle-modules.ts';
import type { FileContent, TensorList } from './tensor-list.ts';
import type { NamedTensor } from './named-tensor.ts';
import { decodeText } from '../bytes/text-encoding.ts';
import { readZipEntry, type ZipEntry } from '../bytes/zip-directory.ts';

/** The file of a `.pt2` archive that lists the weights of the exported program. */
export function findWeightsConfig(entries: readonly ZipEntry[]): ZipEntry | undefined {
  return entries.find(({ name }) => /\/data\/weights\/[^/]*weights_config\.json$/.test(name));
}

/** The file of an archive of torch.export that holds the program: below `models/`, or at the top before torch 2.8. */
export function findProgram(entries: readonly ZipEntry[]): ZipEntry | undefined {
  return entries.find(({ name }) => /(?:^|\/)(?:models\/[^/]*|serialized_exported_program)\.json$/.test(name));
}

/** Number formats as torch.export numbers them (`torch/_export/serde/schema.py`). */
const numberFormats: readonly (string | null)[] = [
  null, 'uint8', 'int8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64', 'complex32', 'complex64',
  'complex128', 'bool', 'bfloat16',
];
const laterFormats: Readonly<Record<number, string>> = {
  28: 'uint16', 29: 'float8_e4m3fn', 30: 'float8_e5m2', 31: 'float8_e4m3fnuz', 32: 'float8_e5m2fnuz',
  33: 'float8_e8m0fnu', 34: 'uint32', 35: 'uint64',
};

/**
 * Reads a program that torch.export saved: the modules that it was recorded in with their classes, tensors, and its data flow
 * (rule T12d). Null where it is not such a program.
 * @param weights the list of weights, where there is one: it shows which tensors share memory
 */
export function* readProgramTree(
  entry: ZipEntry,
  weights: ZipEntry | undefined,
  { model, limits }: PickleFile,
): ByteReader<FileContent | null> {
  const bytes = yield* readZipEntry(entry, limits);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  const read = text.ok ? readProgram(parse(text.value)) : null;
  if (read === null) return succeed(null);
  const config = weights === undefined ? null : yield* readZipEntry(weights, limits);
  const listed = config?.ok === true ? decodeText(config.value) : null;
  const described = listed?.ok === true ? recordIn(parse(listed.value), 'config') : null;
  const firstOf = new Map<string, string>();
  const tensors = [...read.tensors].map(([name, { shape, dtype, isBuffer }]): ProgramTensor => {
    const path = textIn(recordIn(described, name), 'path_name');
    const first = firstOf.get(path);
    if (path !== '' && first === undefined) firstOf.set(path, name);
    return { name, shape, dtype: numberFormat(dtype), isBuffer, ...(first === undefined ? {} : { tiedTo: first }) };
  });
  const tree = treeOfProgram({
    model, producer: read.program.torch === '' ? null : `torch ${read.program.torch}`, format: 'torch-checkpoint', modules: read.modules, tensors,
    program: read.program, lacks: [], notes: [{ type: 'recorded-flow', by: 'torch.export' }],
  }, limits);
  return tree.ok ? succeed({ type: 'tree', tree: tree.value }) : tree;
}

function numberFormat(format: unknown): string | null {
  return typeof format === 'number' ? (numberFormats[format] ?? laterFormats[format] ?? null) : null;
}

/** Reads names, shapes and number formats of the weights of a program that torch.export saved (rule T12). */
export function* readExportedProgram(weights: ZipEntry, limits: ReadLimits): ByteReader<TensorList> {
  const bytes = yield* readZipEntry(weights, limits);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  const config = text.ok ? recordIn(parse(text.value), 'config') : null;
  if (config === null) {
    return readFailure('zip-broken', { reason: `${shorten(weights.name)} lists no weights`, byte: weights.offset });
  }
  const tensors = Object.entries(config).map(([name, described]): NamedTensor => {
    const meta = recordIn(asRecord(described), 'tensor_meta');
    return { name, shape: shapeOfMeta(meta), dtype: numberFormat(meta === null ? null : ownField(meta, 'dtype')) };
  });
  return succeed({
    type: 'tensors', tensors, format: 'torch-checkpoint', producer: null, notes: [{ type: 'exported-program' }], lacks: [],
  });
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}
