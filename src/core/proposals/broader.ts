import { escapePattern } from '../python-re/escape.ts';
import type { SegmentTable } from './segment-table.ts';
import type { Selectors } from './selector-change.ts';
import { writeSegments } from './segment-pattern.ts';
import { commonHead } from './find-patterns.ts';

/** More patterns in one list are no generalisation. */
const mostPatterns = 4;

/**
 * Patterns that take more than the wanted modules, as a person would generalise: any number for each number, the
 * same last segment anywhere, everything below their common parent.
 */
export function broaderSelectors(table: SegmentTable, wanted: readonly number[], end: string): readonly Selectors[] {
  if (wanted.includes(0)) return [];
  const found: Selectors[] = [];
  const shapes = table.shapes();
  const byShape = new Map(wanted.map((module) => [shapes[module]!, module]));
  if (byShape.size <= mostPatterns) {
    const anyNumber = [...byShape.values()].map((module) => shapeOf(nameOf(table, module)) + end);
    found.push({ op_names_re: [...new Set(anyNumber)] });
  }
  const lasts = new Set(wanted.map((module) => table.last[module]!));
  const narrowest = wanted.reduce((width, module) => Math.min(width, table.widthOf(module)), Infinity);
  const head = commonHead(table, wanted, narrowest - 1);
  const start = head > 0 ? escapePattern(nameOf(table, head)) : null;
  if (lasts.size <= mostPatterns * 3) {
    const last = writeSegments([...lasts].map((id) => table.texts[id]!)) + end;
    found.push({ op_names_re: [narrowest > 1 ? `.*\\.${last}` : `(.*\\.)?${last}`] });
    if (start !== null) found.push({ op_names_re: [`${start}\\.(.*\\.)?${last}`] });
  }
  if (start !== null) found.push({ op_names_re: [`${start}\\.`] });
  return found;
}

function nameOf(table: SegmentTable, module: number): string {
  return table.tail(module, table.widthOf(module)).map((id) => table.texts[id]!).join('.');
}

/** The name with any number in place of each: `layer1.0` → `layer\d+\.\d+`. */
function shapeOf(name: string): string {
  return name
    .split(/([0-9]+)/)
    .map((part, at) => (at % 2 === 1 ? '\\d+' : escapePattern(part)))
    .join('');
}
