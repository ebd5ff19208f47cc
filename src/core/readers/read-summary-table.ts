import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createTreeBuilder, unknownSpec } from '../module-tree/tree-builder.ts';
import type { Result } from '../result.ts';
import { splitPrintedText } from './print-lines.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError } from './read-error.ts';
import type { TextSource } from './read-module-tree.ts';

const ruler = /^\s*[=-]{20,}\s*$/;
const torchinfoHeader = /^\s*Layer \(type/;
const torchsummaryHeader = /^\s*Layer \(type\)\s+Output Shape\s+Param #/;
/** Branches, type, and in parentheses the name that `row_settings=["var_names"]` adds. */
const row = new RegExp(
  [
    /^((?:[│|]\s{4}|\s{5})*)([├└]─|\+ )?/u,
    /([\p{L}_][\p{L}\p{N}_]*)(?: \((.*?)\))?/u,
    /(?::\s*(\d+)(?:-(\d+))?)?(?:\s{2,}.*|\s*)$/u,
  ]
    .map(({ source }) => source)
    .join(''),
  'u',
);

const longestRow = 1000;

/** Line of the header of a torchinfo or torchsummary table; -1 when the text holds none. */
function findSummaryTable(lines: readonly string[]): number {
  for (let at = 1; at < lines.length; at++) {
    if (torchinfoHeader.test(lines[at]!) && ruler.test(lines[at - 1]!)) return at;
  }
  return -1;
}

/**
 * Reads the table that torchinfo prints with names switched on (rule T16). Tables without names
 * (torchsummary's, torchinfo's by default) are refused with the call that gives them. Null for other texts.
 */
export function readSummaryTable(source: TextSource): Result<ModuleTree, ReadError> | null {
  if (!source.text.includes('Layer (type')) return null;
  const lines = splitPrintedText(source.text);
  const header = findSummaryTable(lines);
  if (header < 0) return null;
  if (torchsummaryHeader.test(lines[header]!) && !lines[header]!.includes('depth-idx')) {
    if (!lines.slice(header + 2, header + 40).some((line) => /[├└]─|\+ /.test(line))) {
      return readFailure('table-without-names', { line: header + 1 });
    }
  }
  const builder = createTreeBuilder(source.limits);
  const path: string[] = [];
  const seen = new Set<string>();
  let sawName = false;
  for (let at = header + 2; at < lines.length; at++) {
    const line = lines[at]!;
    if (ruler.test(line)) break;
    if (line.length > longestRow) continue;
    const parts = row.exec(line);
    if (parts === null) continue;
    const [, indent, branch, type, label] = parts;
    const depth = branch === undefined ? 0 : Math.round(indent!.length / 5) + 1;
    if (depth > path.length + 1 || depth > source.limits.maxDepth) continue;
    if (depth > 0 && (label === undefined || label === '')) {
      return readFailure('table-without-names', { line: at + 1 });
    }
    path.length = Math.max(0, depth - 1);
    if (depth > 0) path.push(label!);
    sawName ||= depth > 0;
    const name = path.join('.');
    // Modules that are called twice are listed twice.
    if (seen.has(name)) continue;
    seen.add(name);
    builder.add(name, builder.internSpec({ ...unknownSpec, type: type! }), at);
  }
  if (!sawName) return readFailure('table-without-names', { line: header + 1 });
  const title = /^\s*[\p{L}_][\p{L}\p{N}_]*/u.exec(lines[header + 2] ?? '')?.[0].trim();
  const tree = builder.finish({
    model: source.modelName === '' ? shorten(title ?? 'model') : source.modelName,
    source: null,
    producer: 'torchinfo',
    format: 'torchinfo',
    lacks: ['shapes', 'dtypes', 'parameters', 'sharing', 'forward'],
    notes: [
      {
        type: 'text',
        text: 'A summary lists modules in the order of their calls, without those that are not called or lie too deep.',
      },
    ],
  });
  return tree.ok ? tree : treeBuildFailure(tree.error, (line) => `line ${line + 1}`);
}
