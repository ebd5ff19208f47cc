import type { ModuleTree, TreeNote } from '../module-tree/module-tree.ts';
import { mergeTrees, type TreeDisagreement } from '../module-tree/merge-trees.ts';
import { overlapOfTrees } from '../module-tree/overlap.ts';
import { moduleSpec } from '../module-tree/tree-index.ts';
import { succeed, type Result } from '../result.ts';
import { readFromSource, readInMemory, type FileSource } from './byte-source.ts';
import { asRecord, ownField } from './module-entry.ts';
import { readContent } from './read-content.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError, type ReadErrorCode } from './read-error.ts';
import { modelNameOf } from './read-request.ts';
import {
  nameFile,
  readTree,
  readTreeFromFile,
  requestFor,
  type ReadOptions,
  type TreeInput,
} from './read-tree.ts';
import { parseWeightMap } from './read-weight-index.ts';
import type { FileContent, TensorList } from './tensor-list.ts';
import { buildTensorTree, type NamedTensor } from './tensor-tree.ts';
import { decodeText } from './text-encoding.ts';
import { skipSpace } from './json-cursor.ts';

/** A tree read from several files, and where they contradict each other. */
export interface TreeOfFiles {
  readonly tree: ModuleTree;
  readonly disagreements: readonly TreeDisagreement[];
}

/** What was made of one of the files. */
type ReadFile =
  | { readonly type: 'content'; readonly name: string; readonly content: FileContent }
  | { readonly type: 'index'; readonly name: string; readonly tensors: readonly NamedShard[] }
  | ConfigFile
  | { readonly type: 'failed'; readonly name: string; readonly error: ReadError };

/** What `config.json` tells of the model whose weights lie beside it. */
interface ConfigFile {
  readonly type: 'config';
  readonly name: string;
  readonly architecture: string | null;
  readonly model: string | null;
}

interface NamedShard {
  readonly name: string;
  readonly shard: string;
}

/** Files that stand beside a model in the folders that people have, and are none. */
const besideModels = new RegExp(
  `(?:^|[/\\\\])(?:${[
    '\\.(?!metadata$)[^/\\\\]*',
    '[^/\\\\]*\\.distcp',
    '(?:tokenizer|vocab|chat_template|optimizer|scheduler|rng_state|LICENSE|USE_POLICY)[^/\\\\]*',
    'merges\\.txt|training_args\\.bin',
    '(?:special_tokens_map|added_tokens|generation_config|(?:pre)?processor_config|trainer_state)\\.json',
    '[^/\\\\]*\\.(?:md|py|ipynb|yaml|yml|toml|model|msgpack|h5|png|jpg|svg|pdf)',
  ].join('|')})$`,
  'i',
);

/** What a file may be that lies beside a model without harm. */
const harmless: ReadonlySet<ReadErrorCode> = new Set<ReadErrorCode>([
  'not-recognised', 'is-distributed', 'is-notebook', 'is-html', 'is-python', 'is-hdf5', 'is-archive', 'is-foreign', 'is-model-config',
  'is-config-list', 'is-plan', 'entry-name', 'entry-type', 'entry-field', 'entry-not-object', 'no-modules',
  'empty-file', 'json-syntax', 'not-utf8',
  'pickle-no-tensors', 'zip-without-pickle', 'python-syntax', 'print-syntax',
]);

/** Reads several files of one model, held in memory: shards, an index, `config.json`, a tree (rule T17). */
export function readTreeFiles(
  inputs: readonly TreeInput[],
  options: ReadOptions = {},
): Result<TreeOfFiles, ReadError> {
  const [only] = inputs;
  if (inputs.length === 1) return withoutDisagreements(readTree(only!, options));
  const files: ReadFile[] = [];
  const wanted = worthReading(inputs);
  for (const [done, { name, bytes }] of wanted.entries()) {
    const aside = readAside(name, () => bytes);
    const request = requestFor(name, bytes.length, withoutProgress(options));
    files.push(aside ?? fileOf(name, readInMemory(readContent(request), bytes)));
    options.onProgress?.((done + 1) / wanted.length);
  }
  return putTogether(files, options);
}

/** The same for files that are not in memory; each is read as `readTreeFromFile` reads it. */
export async function readTreeFromFiles(
  sources: readonly FileSource[],
  options: ReadOptions = {},
): Promise<Result<TreeOfFiles, ReadError>> {
  const [only] = sources;
  if (sources.length === 1) return withoutDisagreements(await readTreeFromFile(only!, options));
  const files: ReadFile[] = [];
  const wanted = worthReading(sources);
  for (const [done, source] of wanted.entries()) {
    const request = requestFor(source.name, source.size, withoutProgress(options));
    const isSmallJson = source.name.endsWith('.json') && source.size <= request.limits.maxBytes;
    let bytes: Uint8Array | null = null;
    if (isSmallJson) {
      const whole = await readFromSource(readWhole(source.size), source);
      if (!whole.ok) return nameFile(whole.error, source.name);
      bytes = whole.value;
    }
    const aside = bytes === null ? null : readAside(source.name, () => bytes);
    files.push(aside ?? fileOf(source.name, await readFromSource(readContent(request), source)));
    options.onProgress?.((done + 1) / wanted.length);
  }
  return putTogether(files, options);
}

function* readWhole(
  size: number,
): Generator<{ offset: number; length: number }, Result<Uint8Array, ReadError>, Uint8Array> {
  return succeed(yield { offset: 0, length: size });
}

function withoutProgress(options: ReadOptions): ReadOptions {
  return options.limits === undefined ? {} : { limits: options.limits };
}

function withoutDisagreements(read: Result<ModuleTree, ReadError>): Result<TreeOfFiles, ReadError> {
  return read.ok ? succeed({ tree: read.value, disagreements: [] }) : read;
}

function worthReading<File extends { readonly name: string }>(files: readonly File[]): readonly File[] {
  const kept = files.filter(({ name }) => !besideModels.test(name));
  return kept.length === 0 ? files : kept;
}

function fileOf(name: string, content: Result<FileContent, ReadError>): ReadFile {
  return content.ok ? { type: 'content', name, content: content.value } : {
    type: 'failed',
    name,
    error: content.error,
  };
}

/** `config.json` and `*.index.json`, whose use is only beside other files; null for everything else. */
function readAside(name: string, bytes: () => Uint8Array | null): ReadFile | null {
  if (!/\.json$/i.test(name)) return null;
  const text = decodeText(bytes() ?? new Uint8Array(0));
  if (!text.ok) return null;
  const start = skipSpace(text.value, 0);
  if (/\.index\.json$/i.test(name)) {
    const map = parseWeightMap(text.value, start);
    return map.ok ? { type: 'index', name, tensors: map.value.tensors } : {
      type: 'failed',
      name,
      error: map.error,
    };
  }
  if (!/(?:^|[/\\])config\.json$/i.test(name)) return null;
  const config = parseConfig(text.value);
  if (config === null) return null;
  const architectures = ownField(config, 'architectures');
  const first: unknown = Array.isArray(architectures) ? architectures[0] : undefined;
  const origin = ownField(config, '_name_or_path');
  return {
    type: 'config',
    name,
    architecture: typeof first === 'string' && first !== '' ? first : null,
    model: typeof origin === 'string' && origin !== '' ? modelNameOf(origin) : null,
  };
}

function parseConfig(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const config = asRecord(JSON.parse(text));
    return config !== null && (Object.hasOwn(config, 'architectures') || Object.hasOwn(config, 'model_type'))
      ? config
      : null;
  } catch {
    return null;
  }
}

function putTogether(files: readonly ReadFile[], options: ReadOptions): Result<TreeOfFiles, ReadError> {
  for (const file of files) {
    if (file.type === 'failed' && !harmless.has(file.error.code)) return nameFile(file.error, file.name);
  }
  const { limits } = requestFor('', 0, options);
  const model = modelOfFolder(files);
  const trees: ModuleTree[] = [];
  const weights = readWeights(files, model, options);
  for (const file of files) {
    if (file.type === 'content' && file.content.type === 'tree') trees.push(file.content.tree);
  }
  if (weights !== null) {
    if (!weights.ok) return weights;
    trees.push(weights.value);
  }
  const [first, ...others] = trees;
  if (first === undefined) {
    const failed = files.find((file) => file.type === 'failed');
    if (files.length === 1 && failed !== undefined) return nameFile(failed.error, failed.name);
    return readFailure('folder-without-model', { count: files.length, file: files[0]?.name ?? '' });
  }
  let tree = first;
  const disagreements: TreeDisagreement[] = [];
  for (const other of others) {
    if (tree.size > 1 && other.size > 1 && overlapOfTrees(tree, other).common === 0) {
      return readFailure('different-models', { first: shorten(tree.model), second: shorten(other.model) });
    }
    const merged = mergeTrees(tree, other, limits);
    if (!merged.ok) return treeBuildFailure(merged.error, (index) => `entry ${index + 1}`);
    ({ tree } = merged.value);
    disagreements.push(...merged.value.disagreements);
  }
  const passedOver = files.filter((file) => file.type === 'failed').map(({ name }) => shorten(name));
  if (passedOver.length > 0) {
    const more = passedOver.length > mostNamed ? ` and ${passedOver.length - mostNamed} more` : '';
    const text = `Not read, for they are no models: ${passedOver.slice(0, mostNamed).join(', ')}${more}.`;
    tree = { ...tree, notes: [...tree.notes, { type: 'text', text }] };
  }
  return succeed({ tree: withArchitecture(tree, files), disagreements });
}

const mostNamed = 5;

/** What the folder calls the model: its config, its own name, or its first file. */
function modelOfFolder(files: readonly ReadFile[]): string {
  for (const file of files) if (file.type === 'config' && file.model !== null) return file.model;
  const folder = /([^/\\]+)[/\\][^/\\]*$/.exec(files[0]?.name ?? '')?.[1];
  if (folder !== undefined) return folder;
  for (const file of files) if (file.type === 'config' && file.architecture !== null) return file.architecture;
  const content = files.find(({ type }) => type === 'content' || type === 'index') ?? files[0];
  return modelNameOf(content?.name ?? 'model').replace(/-\d{5}-of-\d{5}$/, '');
}

const preference = ['safetensors', 'torch-checkpoint', 'state-dict-keys', 'onnx'] as const;

/** All tensor lists of the preferred format as one, completed by the index; null when there is none. */
function readWeights(
  files: readonly ReadFile[],
  model: string,
  options: ReadOptions,
): Result<ModuleTree, ReadError> | null {
  const lists: { readonly name: string; readonly list: TensorList }[] = [];
  for (const file of files) {
    if (file.type === 'content' && file.content.type === 'tensors') {
      lists.push({ name: file.name, list: file.content });
    }
  }
  const format = preference.find((candidate) => lists.some(({ list }) => list.format === candidate));
  const chosen = lists.filter(({ list }) => list.format === format);
  const tensors: NamedTensor[] = [];
  const origins = new Map<NamedTensor, string>();
  const notes: TreeNote[] = [];
  for (const { name, list } of chosen) {
    for (const tensor of list.tensors) {
      tensors.push(tensor);
      origins.set(tensor, name);
    }
    notes.push(...list.notes);
  }
  const present = new Set(tensors.map(({ name }) => name));
  const here = new Set(files.map(({ name }) => name.replace(/^.*[/\\]/, '')));
  const missing = new Set<string>();
  // A folder may hold an index for each of two formats, of which one was downloaded.
  const indices = files.filter((file): file is ReadFile & { readonly type: 'index' } => file.type === 'index');
  const index = indices.find(({ tensors: named }) => named.some(({ shard }) => here.has(shard))) ?? indices[0];
  for (const { name, shard } of index?.tensors ?? []) {
    if (present.has(name)) continue;
    present.add(name);
    tensors.push({ name, shape: null, dtype: null });
    if (!here.has(shard)) missing.add(shard);
  }
  if (tensors.length === 0) return null;
  if (missing.size > 0 && chosen.length > 0) {
    const [first] = missing;
    const text = missing.size === 1
      ? `One shard named in the index is missing (${shorten(first!)}): its tensors have no shapes.`
      : `${missing.size} shards named in the index are missing (${shorten(first!)} …): their tensors have no shapes.`;
    notes.push({ type: 'text', text });
  }
  const [one] = chosen;
  const ordered = index === undefined ? tensors : orderAsIndex(tensors, index.tensors);
  return buildTensorTree(
    ordered,
    {
      model,
      format: one?.list.format ?? 'weight-index',
      producer: one?.list.producer ?? null,
      notes,
      lacks: one?.list.lacks ?? [],
      describe: (at) => origins.get(ordered[at]!) ?? index?.name ?? '',
    },
    requestFor('', 0, options).limits,
  );
}

/** The order of the index, which is the same however the shards were dropped; others follow. */
function orderAsIndex(tensors: readonly NamedTensor[], index: readonly NamedShard[]): readonly NamedTensor[] {
  const places = new Map(index.map(({ name }, place) => [name, place]));
  return tensors.toSorted(
    (left, right) => (places.get(left.name) ?? Infinity) - (places.get(right.name) ?? Infinity) || 0,
  );
}

/** The root's type, where the files of weights do not tell it and `config.json` does. */
function withArchitecture(tree: ModuleTree, files: readonly ReadFile[]): ModuleTree {
  const config = files.find((file) => file.type === 'config');
  const architecture = config?.architecture ?? null;
  const root = moduleSpec(tree, 0);
  if (architecture === null || root.type !== null) return tree;
  const types = tree.types.includes(architecture) ? tree.types : [...tree.types, architecture];
  const typeId = tree.typeId.slice();
  typeId[0] = types.indexOf(architecture);
  const specId = tree.specId.slice();
  specId[0] = tree.specs.length;
  return { ...tree, types, typeId, specs: [...tree.specs, { ...root, type: architecture }], specId };
}
