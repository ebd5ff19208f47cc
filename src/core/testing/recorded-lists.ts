import { readFileSync } from 'node:fs';
import { readAlgorithm } from '../algorithms/algorithm.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { modes } from '../config/mode.ts';
import { getKey, isConfigList, isConfigObject, type ConfigList, type ConfigObject } from '../config/value.ts';
import type { ListSetting } from '../checks/judge-list.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { readGraphModel, treeOfDocument } from './graph-vectors.ts';
import { jsonLines, parseRow, readOddModel, readSample } from './nni-vectors.ts';

/** A config list of which NNI's answer is recorded, with the model, the class and the teacher that it ran with. */
export interface RecordedList {
  /** The file and the row: `nni spec_mlp/pruning/83`. */
  readonly id: string;
  readonly list: ConfigList;
  readonly setting: ListSetting;
}

/** Gives the tree of a model; `rowOf` is the recorded row that holds the tree itself, where one does. */
type ModelOf = (name: string, rowOf: (name: string) => ConfigObject | null) => ModuleTree;

const core = new URL('../', import.meta.url);

function algorithmModel(folder: string): ModelOf {
  return (name) => {
    const bytes = readFileSync(new URL(`algorithms/vectors/models/${folder}${name}.json.gz`, core));
    const tree = readTree({ name: `${name}.json.gz`, bytes });
    if (!tree.ok) throw new Error(`${name}: ${tree.error.code}`);
    return tree.value;
  };
}

function graphModel(name: string, rowOf: (name: string) => ConfigObject | null): ModuleTree {
  const row = rowOf(name);
  const tree = row === null ? undefined : getKey(row, 'tree');
  return tree === undefined ? readGraphModel(name) : treeOfDocument(JSON.parse(writeCompactJson(tree)));
}

/** Files of recorded lists, and where their models are. */
const sources: Readonly<Record<string, ModelOf>> = {
  'resolve/vectors/nni': readSample,
  'resolve/vectors/nni-corners': readSample,
  'resolve/vectors/nni-models': readOddModel,
  'masks/vectors/masks': readSample,
  'algorithms/vectors/algorithms': algorithmModel(''),
  'algorithms/vectors/algorithms-more': algorithmModel('more/'),
  'algorithms/vectors/algorithms-odd': algorithmModel('odd/'),
  'graph/vectors/dependency': graphModel,
  'graph/vectors/dependency-random': graphModel,
  'graph/vectors/held-models': graphModel,
  'graph/vectors/speedup': graphModel,
};

/** All recorded lists in the order of the files; of each `every` of a file the one at `from`. Models are read once. */
export function* recordedLists(every = 1, from = 0): Generator<RecordedList> {
  for (const [path, modelOf] of Object.entries(sources)) {
    const lines = jsonLines(new URL(`${path}.jsonl.gz`, core));
    const resolvers = new Map<string, Resolver>();
    const rowOf = (name: string): ConfigObject | null => {
      const line = lines.find((text) => text.includes('"tree":') && modelNamed(text) === name);
      return line === undefined ? null : parseRow(line);
    };
    const resolverOf = (name: string): Resolver => {
      const known = resolvers.get(name) ?? createResolver(modelOf(name, rowOf));
      resolvers.set(name, known);
      return known;
    };
    for (const line of lines.filter((_, at) => at % every === from)) {
      const row = parseRow(line);
      const list = getKey(row, 'config_list');
      const call = getKey(row, 'call');
      const teacher = textAt(row, 'teacher');
      const uncalled = getKey(row, 'uncalled');
      const setting: ListSetting = {
        resolver: resolverOf(modelNamed(line)),
        teacher: teacher === '' ? null : modelOf(teacher, rowOf),
        templates: [],
        mode: modes.find((mode) => mode === textAt(row, 'mode')) ?? 'pruning',
        python: '3.11',
        algorithm: readAlgorithm(textAt(row, 'algorithm')),
        call: isConfigObject(call) ? call : null,
        uncalled: isConfigList(uncalled) ? uncalled.filter((name) => typeof name === 'string') : [],
      };
      if (isConfigList(list)) yield { id: `${path.slice(path.lastIndexOf('/') + 1)} ${textAt(row, 'id')}`, list, setting };
    }
  }
}

/** The model of a line; a row without a name for it has a model of its own. */
function modelNamed(line: string): string {
  const start = line.slice(0, 300);
  const [, model] = /^\{(?:"id": ?"[^"]*", ?)?"model": ?"([^"]*)"/.exec(start) ?? [];
  return model ?? /"id": ?"([^"]*)"/.exec(start)?.[1] ?? '';
}

function textAt(row: ConfigObject, key: string): string {
  const value = getKey(row, key);
  return typeof value === 'string' ? value : '';
}
