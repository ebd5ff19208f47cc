import type { TreeNote } from '../../module-tree/tree-note.ts';
import { moduleSpec } from '../../module-tree/tree-index.ts';
import { succeed, type Result } from '../../result.ts';
import { readInMemory, type ByteReader } from '../bytes/byte-source.ts';
import { modelInPickle } from './pickle-contents.ts';
import { runPickle } from './pickle-machine.ts';
import type { PickleFile } from './pickle-modules.ts';
import type { PickleValue } from './pickle-values.ts';
import { readFailure, shorten, type ReadError } from '../messages/read-error.ts';
import { findProgram, findWeightsConfig, readExportedProgram, readProgramTree } from './read-exported-program.ts';
import type { FileContent } from './tensor-list.ts';
import { agreesWithCheckSum, readZipDirectory, readZipEntry, type ZipEntry } from '../bytes/zip-directory.ts';

/** Objects that a pickle may make: a model of 100,000 modules needs some five million. */
const maxObjects = 20_000_000;
const firstChunk = 1 << 20;
/** How torch before 1.6 began a file: the pickled number 0x1950a86a20f9469cfc6c. */
const legacyMagic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e] as const;
/** The same number in protocols 0 and 1. */
const oldLegacyMagic = 'L119547037146038801333356L\n.';

/** Whether a file starts as a zip archive does. */
export function isZip(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5 || start[2] === 7);
}

/** Whether a file starts as a pickle does. */
export function isPickle(start: Uint8Array): boolean {
  return (start[0] === 0x80 && start[1]! >= 2 && start[1]! <= 5) || isOldPickle(start);
}

/** A value is remembered right after it was made. */
const remembered = String.raw`(?:p\d+\r?\n|q[^]|r[^]{4})`;
/**
 * Pickles of protocol 0 and 1 have no mark of their own. These beginnings are theirs and of no text: the number that
 * torch wrote first, an empty or a marked container that is remembered, a class that is called, a marked instance.
 */
const oldPickle = new RegExp(
  [
    String.raw`^L\d+L?\r?\n\.`,
    String.raw`^\([dlt]p\d+\r?\n`,
    String.raw`^[}\]](?:${remembered}|\()`,
    String.raw`^\(?c[\w.]+\r?\n[\w.]+\r?\n(?:${remembered}[()co]|[()])`,
    String.raw`^\(i[\w.]+\r?\n[\w.]+\r?\n`,
    String.raw`^\((?:[VS][^\n]{0,200}\n${remembered}|X[^]{3}\0)`,
  ].join('|'),
);

function isOldPickle(start: Uint8Array): boolean {
  return oldPickle.test(String.fromCharCode(...start.subarray(0, 300)));
}

/** The opcode that ends a pickle. */
const stop = 0x2e;
const mostOddObjects = 100_000;

/** Whether the bytes are one pickle of protocol 0 or 1 from first to last, with any beginning. */
export function isWholePickle(bytes: Uint8Array): boolean {
  if (bytes.at(-1) !== stop) return false;
  const ran = runPickle({ bytes, start: 0, entry: 'the file', maxObjects: mostOddObjects });
  return ran.ok ? 'value' in ran.value && ran.value.end === bytes.length : ran.error.code === 'pickle-forbidden';
}

/** Files that torch.save writes next to `data.pkl`. An interrupted checkpoint has only these. */
const besideThePickle = /^[^/]+\/(?:version|byteorder|\.format_version|\.storage_alignment|\.data\/.*|data\/\d+)$/;

/** Reads a checkpoint that torch ≥ 1.6 wrote: a zip archive with a pickle in `…/data.pkl` (rules T12, T13). */
export function* readZipCheckpoint(size: number, file: PickleFile, isInner = false): ByteReader<FileContent> {
  const directory = yield* readZipDirectory(size, file.limits);
  if (!directory.ok) return directory;
  const weights = findWeightsConfig(directory.value);
  const program = findProgram(directory.value);
  const read = program === undefined ? succeed(null) : yield* readProgramTree(program, weights, file);
  if (!read.ok) return read;
  if (read.value !== null) return succeed(read.value);
  if (weights !== undefined) return yield* readExportedProgram(weights, file.limits);
  const isPackage = directory.value.some(({ name }) => /^[^/]+\/\.data\/extern_modules$/.test(name));
  const entry =
    directory.value.find(({ name }) => /(?:^|\/)data\.pkl$/.test(name)) ??
    // torch.package keeps each object under a name of its own.
    (isPackage ? directory.value.find(({ name }) => name.endsWith('.pkl')) : undefined);
  if (entry === undefined) {
    const first = shorten(directory.value[0]?.name ?? '');
    // Until torch 2.7, torch.export put a checkpoint into its archive.
    const inner = isInner ? undefined : directory.value.find(({ name }) => /(?:^|\/)serialized_state_dict\.(?:pt|json)$/.test(name));
    const state = inner === undefined ? null : yield* readZipEntry(inner, file.limits);
    if (state !== null) {
      return state.ok ? readInMemory(readZipCheckpoint(state.value.length, file, true), state.value) : state;
    }
    const kind = foreignZip(directory.value);
    if (kind !== null) return readFailure('is-foreign', { kind });
    const isPart = directory.value.length > 0 && directory.value.every(({ name }) => besideThePickle.test(name));
    return readFailure(isPart ? 'checkpoint-incomplete' : 'zip-without-pickle', { entries: directory.value.length, first });
  }
  const bytes = yield* readZipEntry(entry, file.limits);
  if (!bytes.ok) return bytes;
  const ran = runPickle({ bytes: bytes.value, start: 0, entry: shorten(entry.name), maxObjects });
  if (!ran.ok) return ran;
  if (!('value' in ran.value)) {
    return readFailure(
      'pickle-broken',
      { reason: 'it ends too early', byte: bytes.value.length, entry: entry.name },
    );
  }
  const isWhole = agreesWithCheckSum(entry, bytes.value);
  const content = withNote(modelInPickle(ran.value.value, file), isWhole ? null : { type: 'wrong-check-sum' });
  const code = directory.value.find(({ name }) => /(?:^|\/)code\/.*\.py$/.test(name));
  if (code === undefined) return content;
  const isCodeOnly = content.ok ? isFrozen(content.value, directory.value) : content.error.code === 'pickle-no-tensors';
  return isCodeOnly ? readFailure('torchscript', { first: shorten(code.name) }) : content;
}

/** Whether a TorchScript file was frozen: one module is left of the model, and its tensors are constants of the code. */
function isFrozen(content: FileContent, entries: readonly ZipEntry[]): boolean {
  if (content.type !== 'tree' || content.tree.size > 1) return false;
  const spec = moduleSpec(content.tree, 0);
  return spec.parameters?.length === 0 && entries.some(({ name }) => /(?:^|\/)constants\/\d+$/.test(name));
}

/** Zip files of other programs that hold weights, but no names of modules of PyTorch. */
function foreignZip(entries: readonly ZipEntry[]): string | null {
  if (entries.length === 0) return null;
  if (entries.every(({ name }) => name.endsWith('.npy'))) return 'NumPy (.npz)';
  return entries.some(({ name }) => name === 'model.weights.h5') ? 'Keras' : null;
}

function withNote(content: Result<FileContent, ReadError>, note: TreeNote | null): Result<FileContent, ReadError> {
  if (!content.ok || note === null) return content;
  const { value } = content;
  if (value.type === 'tensors') return succeed({ ...value, notes: [...value.notes, note] });
  return succeed({ ...value, tree: { ...value.tree, notes: [...value.tree.notes, note] } });
}

/**
 * Reads a file that is one pickle, or the four pickles of torch before 1.6 (magic number, version, machine,
 * model) with the weights behind them. As much is asked for as the pickles turn out to need.
 */
export function* readPickleFile(size: number, file: PickleFile): ByteReader<FileContent> {
  for (let length = Math.min(firstChunk, size); ; length = Math.min(length * 4, size)) {
    if (length > file.limits.maxBytes) {
      return readFailure('too-large', { bytes: size, limit: file.limits.maxBytes });
    }
    const bytes = yield { offset: 0, length };
    // From protocol 4 on a frame with its eight bytes of length precedes it.
    const magicAt = bytes[2] === 0x95 ? 11 : 2;
    const isLegacy =
      legacyMagic.every((byte, at) => bytes[magicAt + at] === byte) ||
      oldLegacyMagic === String.fromCharCode(...bytes.subarray(0, oldLegacyMagic.length));
    let value: PickleValue | undefined;
    let at = 0;
    for (let part = 0; part < (isLegacy ? 4 : 1); part++) {
      const ran = runPickle({ bytes, start: at, entry: 'the file', maxObjects });
      if (!ran.ok) return ran;
      if (!('value' in ran.value)) {
        value = undefined;
        break;
      }
      ({ value, end: at } = ran.value);
    }
    if (value !== undefined) {
      const content = modelInPickle(value, file);
      if (!content.ok || !isLegacy || content.value.type === 'tree') return content;
      return succeed({ ...content.value, producer: 'torch before 1.6' });
    }
    if (length >= size) {
      return readFailure('pickle-broken', { reason: 'it ends too early', byte: size, entry: 'the file' });
    }
  }
}
