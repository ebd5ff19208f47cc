import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import type { ConfigEntry, ConfigValue, KeyPath } from '../../config/value.ts';
import { readPythonNumber } from '../../config/python-numbers.ts';

/** The largest text that is tried as YAML, in UTF-16 units. */
const largest = 2_000_000;

/** Keys of sub-configs as YAML writes them. */
const selectorLine = /^[\s-]*(?:["']?)op_(?:names|names_re|types|partial_names)(?:["']?)\s*:/m;

/** A config list in YAML. */
export interface YamlList {
  readonly value: ConfigValue;
  /** The text that offsets count. */
  readonly source: string;
  /** The offset (UTF-16 units) of the key or entry at a path of the list, or of the nearest one around it; `null` for the list itself. */
  readonly offsetOf: (path: KeyPath) => number | null;
}

/**
 * Reads a config list from YAML as `yaml.safe_load` of Python does: a list of mappings, one mapping, or the first list of
 * mappings below a key. `null` for anything else.
 */
export function readYamlList(text: string): YamlList | null {
  if (text.length > largest || !selectorLine.test(text)) return null;
  const document = parseDocument(text, { version: '1.1', strict: false, logLevel: 'silent' });
  if (document.errors.length > 0 || !document.contents) return null;
  const found = findList(document.contents);
  return found && { value: convert(found, 0), source: text, offsetOf: (path) => offsetIn(found, path) };
}

function offsetIn(list: Node, path: KeyPath): number | null {
  let node: unknown = list;
  let offset: number | null = null;
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined;
    const item: unknown = isSeq(node) && typeof step === 'number' ? node.items[step] : pair?.value;
    const shown = (pair?.key ?? item) as Node | undefined;
    if (!shown?.range) break;
    [offset] = shown.range;
    node = item;
  }
  return offset;
}

/** The node that holds sub-configs, at the top or below keys. */
function findList(node: Node): Node | null {
  if (isSeq(node)) return node.items.length > 0 && node.items.every((item) => isMap(item)) ? node : null;
  if (!isMap(node)) return null;
  const keys = node.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  if (keys.some((key) => /^op_(?:names|names_re|types|partial_names)$/.test(key))) return node;
  for (const { value } of node.items) {
    const found = value ? findList(value as Node) : null;
    if (found) return found;
  }
  return null;
}

function convert(node: unknown, depth: number): ConfigValue {
  if (depth > 100) return null;
  if (isSeq(node)) return node.items.map((item) => convert(item, depth + 1));
  if (isMap(node)) {
    const entries = new Map<string, ConfigValue>();
    for (const { key, value } of node.items) entries.set(isScalar(key) ? String(key.value) : '', convert(value, depth + 1));
    return { type: 'object', entries: [...entries] satisfies ConfigEntry[] };
  }
  if (!isScalar(node)) return null;
  const { value, source } = node;
  if (typeof value === 'number') return number(source ?? String(value));
  return typeof value === 'boolean' || typeof value === 'string' ? value : null;
}

/** Python's YAML takes a number for a float only when it has a point: `1e-3` is a text. */
function number(source: string): ConfigValue {
  const read = readPythonNumber(source.replace(/^[+-]/, ''));
  if (!read) return source;
  if (read.type === 'float' && !source.includes('.')) return source;
  return { type: read.type, text: source.startsWith('-') ? `-${read.text}` : read.text };
}
