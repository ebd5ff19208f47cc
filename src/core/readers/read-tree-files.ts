import type { ModuleTree } from '../module-tree/module-tree.ts';
import { succeed, type Result } from '../result.ts';
import { readFromSource, type FileSource } from './bytes/byte-source.ts';
import { chooseFolder } from './folders/choose-folder.ts';
import { configOf, modelOfFolder, withArchitecture } from './folders/config-of-folder.ts';
import { folderOf } from './bytes/file-path.ts';
import { sortFiles } from './folders/files-beside.ts';
import { noteNotRead, treeIn, weigh, type FailedFile, type ReadFile } from './folders/folder-file.ts';
import { joinTrees, type TreeOfFile, type TreeOfFiles } from './folders/join-trees.ts';
import { skipSpace } from './literals/json-cursor.ts';
import { readModelConfig } from './folders/model-config.ts';
import { readContent } from './read-content.ts';
import { readFailure, type ReadError, type ReadErrorCode } from './messages/read-error.ts';
import {
  nameFile,
  readTreeFromFile,
  requestFor,
  type ReadOptions,
} from './read-tree.ts';
import { parseWeightMap } from './folders/read-weight-index.ts';
import type { FileContent } from './weights/tensor-list.ts';
import { decodeText } from './bytes/text-encoding.ts';
import { readWeights } from './folders/weights-of-folder.ts';

/** Errors of files that may be next to a model without harm. */
const harmless: ReadonlySet<ReadErrorCode> = new Set<ReadErrorCode>([
  'not-recognised', 'is-distributed', 'is-notebook', 'is-html', 'is-python', 'is-hdf5', 'is-archive', 'is-foreign', 'is-model-config',
  'is-config-list', 'is-plan', 'entry-name', 'entry-type', 'entry-field', 'entry-not-object', 'no-modules',
  'empty-file', 'json-syntax', 'not-utf8',
  'pickle-no-tensors', 'zip-without-pickle', 'python-syntax', 'print-syntax', 'torchscript', 'table-without-names', 'lines-without-names', 'is-graph-code', 'is-graph-text',
]);
/** Errors that explain why a folder holds no model. */
const telling: ReadonlySet<ReadErrorCode> = new Set<ReadErrorCode>([
  'is-foreign', 'is-hdf5', 'torchscript', 'table-without-names', 'lines-without-names', 'is-graph-code', 'is-graph-text', 'print-syntax',
]);

const json = /\.json$/i;

/** Reads several files of one model: shards, an index, `config.json`, a tree (rule T17). Each is read as `readTreeFromFile` reads it. */
export async function readTreeFromFiles(
  sources: readonly FileSource[],
  options: ReadOptions = {},
): Promise<Result<TreeOfFiles, ReadError>> {
  const [only] = sources;
  if (sources.length === 1) return withoutDisagreements(await readTreeFromFile(only!, options));
  const files: ReadFile[] = [];
  const { wanted, doubles } = sortFiles(sources);
  for (const [done, source] of wanted.entries()) {
    const request = requestFor(source.name, source.size, withoutProgress(options));
    const isSmallJson = json.test(source.name) && source.size <= request.limits.maxBytes;
    let bytes: Uint8Array | null = null;
    if (isSmallJson) {
      const whole = await readFromSource(readWhole(source.size), source);
      if (!whole.ok) return nameFile(whole.error, source.name);
      bytes = whole.value;
    }
    const aside = bytes === null ? null : readAside(source.name, bytes);
    files.push(aside ?? fileOf(source.name, await readFromSource(readContent(request), source)));
    options.onProgress?.((done + 1) / wanted.length);
  }
  return putTogether(files, options, doubles);
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

function fileOf(name: string, content: Result<FileContent, ReadError>): ReadFile {
  return content.ok ? { type: 'content', name, content: content.value } : { type: 'failed', name, error: content.error };
}

/** `config.json`, `adapter_config.json` and `*.index.json`, whose use is only next to other files; null for everything else. */
function readAside(name: string, bytes: Uint8Array): ReadFile | null {
  if (!json.test(name)) return null;
  const text = decodeText(bytes);
  if (!text.ok) return null;
  const start = skipSpace(text.value, 0);
  if (/\.index\.json$/i.test(name)) {
    const map = parseWeightMap(text.value, start);
    return map.ok ? { type: 'index', name, tensors: map.value } : { type: 'failed', name, error: map.error };
  }
  if (!/(?:^|[/\\])(?:adapter_)?config\.json$/i.test(name)) return null;
  const config = readModelConfig(text.value);
  return config === null ? null : { type: 'config', name, config };
}

function putTogether(
  all: readonly ReadFile[],
  options: ReadOptions,
  doubles: readonly { readonly name: string }[],
): Result<TreeOfFiles, ReadError> {
  const chosen = chooseFolder(all.map(weigh).filter((file) => file !== null));
  const isAway = ({ name }: ReadFile): boolean => chosen !== null && folderOf(name) !== chosen.folder;
  const files = all.filter((file) => !isAway(file) || treeIn(file) !== null);
  const passedOver = files.filter((file) => file.type === 'failed');
  const broken = passedOver.find(({ error }) => !harmless.has(error.code));
  if (broken !== undefined) return nameFile(broken.error, broken.name);
  const { limits } = requestFor('', 0, options);
  const config = configOf(files);
  const weights = readWeights(files, modelOfFolder(files, config), limits);
  if (weights?.ok === false) return weights;
  const trees: TreeOfFile[] = [];
  for (const file of files) {
    const tree = treeIn(file);
    if (tree !== null) trees.push({ tree, mayDiffer: isAway(file) });
  }
  if (weights !== null) trees.push({ tree: weights.value, mayDiffer: false });
  const joined = joinTrees(trees, limits);
  if (!joined.ok) return joined;
  if (joined.value === null) return withoutModel(files, passedOver);
  const { tree, disagreements } = joined.value;
  const added = [chosen?.note, config?.note].filter((note) => note !== undefined && note !== null);
  const notes = [...tree.notes, ...added, ...noteNotRead('same-weights', doubles), ...noteNotRead('no-model', passedOver)];
  const noted = { ...tree, notes };
  return succeed({ tree: withArchitecture(noted, config?.architecture ?? null), disagreements });
}

/** Why several files hold no model: of another program's folder, the file that says so says most. */
function withoutModel(files: readonly ReadFile[], failures: readonly FailedFile[]): Result<never, ReadError> {
  const failed = files.length === 1 ? failures[0] : failures.find(({ error }) => telling.has(error.code));
  if (failed !== undefined) return nameFile(failed.error, failed.name);
  return readFailure('folder-without-model', { count: files.length, file: files[0]?.name ?? '' });
}
