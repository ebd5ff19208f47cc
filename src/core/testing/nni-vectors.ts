import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readJsonValue } from '../config/json-reader.ts';
import type { Mode } from '../config/mode.ts';
import { type ConfigList, type ConfigObject, type ConfigValue } from '../config/value.ts';
import { getKey, isConfigList, isConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';

/** NNI's recorded answer to one config list. */
export interface NniVector {
  readonly id: string;
  readonly model: string;
  readonly mode: Mode;
  readonly list: ConfigList;
  readonly accepted: boolean;
  readonly translated: ConfigList | null;
  readonly stage: string | null;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly settings: ConfigObject | null;
  /** Sorted, one text each: `1 fc2 weight`. */
  readonly ignored: readonly string[];
  readonly fused: ConfigObject | null;
  /** `{module: {target: [masked, total]}}` of NNI's L1NormPruner, where the row has it. */
  readonly masks: ConfigObject | null;
  /** Type of the exception that the pruner, or the first forward pass of a quantized model, raised. */
  readonly later: string | null;
  /** Whether the quantized model was run. */
  readonly isRun: boolean;
}

const root = new URL('../../../', import.meta.url);

/** The rows of `resolve/vectors/<file>.jsonl.gz`, numbers kept as written; of each `every` rows the one at `from`. */
export function readNniVectors(file: string, every = 1, from = 0): readonly NniVector[] {
  const path = new URL(`src/core/resolve/vectors/${file}.jsonl.gz`, root);
  return jsonLines(path, every, from).map(parseVector);
}

/** The lines of a packed file of JSON lines; of each `every` lines the one at `from`. */
export function jsonLines(path: URL, every = 1, from = 0): readonly string[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
  return lines.filter((line, at) => line !== '' && at % every === from);
}

/** The objects in a packed file of JSON lines, numbers kept as written. */
export function jsonRows(path: URL): readonly ConfigObject[] {
  return jsonLines(path).map(parseRow);
}

/** A sample model of the app. */
export function readSample(name: string): ModuleTree {
  return readModel(name, `public/samples/${name}.json.gz`);
}

/** One of the small models of `resolve/vectors/models`, made to be odd or of a kind that no sample is of. */
export function readOddModel(name: string): ModuleTree {
  return readModel(name, `src/core/resolve/vectors/models/${name}.json.gz`);
}

function readModel(name: string, path: string): ModuleTree {
  const bytes = readFileSync(new URL(path, root));
  const tree = readTree({ name: `${name}.json.gz`, bytes });
  if (!tree.ok) throw new Error(`${name}: ${tree.error.code}`);
  return tree.value;
}

/** A config list from JSON text. */
export function parseList(text: string): ConfigList {
  const value = parseValue(text);
  if (!isConfigList(value)) throw new Error('not a list');
  return value;
}

function parseValue(text: string): ConfigValue {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(`not JSON: ${text.slice(0, 80)}`);
  return read.value;
}

/** A line of such a file. */
export function parseRow(line: string): ConfigObject {
  const row = parseValue(line);
  if (!isConfigObject(row)) throw new Error('a row is an object');
  return row;
}

function parseVector(line: string): NniVector {
  const row = parseRow(line);
  const text = (key: string): string => {
    const value = getKey(row, key);
    return typeof value === 'string' ? value : '';
  };
  const list = (key: string): ConfigList | null => {
    const value = getKey(row, key);
    return isConfigList(value) ? value : null;
  };
  const object = (key: string): ConfigObject | null => {
    const value = getKey(row, key);
    return isConfigObject(value) ? value : null;
  };
  const error = object('error');
  const errorText = (key: string): string => {
    const value = error === null ? null : getKey(error, key);
    return typeof value === 'string' ? value : '';
  };
  return {
    id: text('id'),
    model: text('model'),
    mode: text('mode') as Mode,
    list: list('config_list') ?? [],
    accepted: getKey(row, 'accepted') === true,
    translated: list('translated'),
    stage: text('stage') || null,
    error: error === null ? null : { type: errorText('type'), message: errorText('message') },
    settings: object('settings'),
    ignored: (list('ignored') ?? []).map(ignoredText),
    fused: object('fused'),
    masks: object('masks'),
    later: typeOf(object('later') ?? object('forward')),
    isRun: getKey(row, 'forward') !== undefined,
  };
}

function typeOf(error: ConfigObject | null): string | null {
  const type = error === null ? null : getKey(error, 'type');
  return typeof type === 'string' ? type : null;
}

function ignoredText(item: ConfigValue): string {
  return isConfigList(item) ? item.map(plainText).join(' ') : '';
}

function plainText(value: ConfigValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'text' in value ? value.text : '';
}
