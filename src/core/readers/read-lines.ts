import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Result } from '../result.ts';
import type { NamedItem } from './named-items.ts';
import { splitPrintedText } from './print-lines.ts';
import type { ReadError } from './read-error.ts';
import type { TextSource } from './read-module-tree.ts';
import { parseShapeText, readNamedItems } from './read-named-items.ts';
import { torchDtype } from './tensor-types.ts';

const shapeLine = new RegExp(
  [
    /^\(?['"]?([^\s'":,]+)['"]?/,
    /(?:\s*[:,|]|\s)\s*"?/,
    /(torch\.Size\(\[[\d,\s]*\]\)|\([\d,\s]*\)|\[[\d,\s]*\])\)?/,
    /(?:[\s,|"]*(?:dtype=)?torch\.(\w+))?.*$/,
  ]
    .map(({ source }) => source)
    .join(''),
);
const classLine = /^(\S*?)[:,\t ]*(<class '[^']+'>)$/;
const typeLine = /^(\S*?)(?:\s*(?:[:,|]|->)|\s)\s*([A-Z_][A-Za-z0-9_]*)$/;
/** What tables of values begin with: the names of their columns. */
const columnNames = /^"?(?:name|module|layer|parameter|key)s?"?\s*[,;|\t]/i;
/** A module as a loop over some of the layers prints it. */
const moduleLine = /^([^\s'",()=]+?)(?:\s*[:,]\s*|\s+)([\p{Lu}_][\p{L}\p{N}_]*\(.*\))$/u;
const nameLine = /^['"]?((?:[^\s'",.:=()]+\.)+[a-z]\w*)['"]?,?$/;

/** A line as a name and what it says of it; null for other lines. */
function itemOf(line: string): NamedItem | null {
  const shape = shapeLine.exec(line);
  if (shape !== null) {
    const sizes = parseShapeText(shape[2]!);
    if (sizes === null) return null;
    return {
      name: shape[1]!,
      value: { shape: sizes, dtype: shape[3] === undefined ? null : torchDtype(shape[3]) },
    };
  }
  const shown = classLine.exec(line) ?? typeLine.exec(line) ?? moduleLine.exec(line);
  if (shown !== null) return { name: shown[1]!, value: shown[2]! };
  const name = nameLine.exec(line);
  return name === null ? null : { name: name[1]!, value: undefined };
}

const longestLine = 4096;
const summaryHead = /[|│┃]\s{0,200}Name\s{1,200}[|│┃]\s{0,200}Type\s{1,200}[|│┃]/;
const summaryRow = /^\s*(?:[|│┃]\s*)?\d+\s*[|│┃]\s*(\S+)\s*[|│┃]\s*([\p{L}_][\p{L}\p{N}_]*)\s*[|│┃]/u;

/** The names and types of the table that Lightning prints before it trains; none where there is no such table. */
function summaryRows(lines: readonly string[]): readonly NamedItem[] {
  const head = lines.findIndex((line) => line.length <= longestLine && summaryHead.test(line));
  const rows = head < 0 ? [] : lines.slice(head + 1).map((line) => (line.length > longestLine ? null : summaryRow.exec(line)));
  return rows.filter((row) => row !== null).map((row) => ({ name: row[1]!, value: row[2]! }));
}

/**
 * Reads one name a line, as loops over `named_modules()`, `named_parameters()` or `state_dict()` print them
 * (rule T6). Null where less than nine lines in ten are such lines, or fewer than two.
 */
export function readLines(source: TextSource): Result<ModuleTree, ReadError> | null {
  const lines = splitPrintedText(source.text);
  const listed = summaryRows(lines);
  if (listed.length > 0) return readNamedItems(listed, source);
  const kinds = new Map<string, NamedItem[]>();
  let filled = 0;
  for (const line of lines) {
    // Leading spaces are kept for the root, whose name is empty.
    if (line.trim() === '') continue;
    if (filled === 0 && columnNames.test(line.trim()) && itemOf(line.trim()) === null) continue;
    filled++;
    const isRoot = /^\s+[A-Z<]/.test(line);
    const item = line.length > longestLine ? null : itemOf(isRoot ? ` ${line.trim()}` : line.trim());
    if (item === null) continue;
    const kind = typeof item.value;
    const items = kinds.get(kind) ?? [];
    kinds.set(kind, items);
    items.push(item);
  }
  let items: NamedItem[] = [];
  for (const candidates of kinds.values()) if (candidates.length > items.length) items = candidates;
  if (items.length < 2 || items.length < filled * 0.9) return null;
  if (!items.some(({ name }) => name.includes('.')) && typeof items[0]!.value !== 'object') return null;
  return readNamedItems(items, source);
}
