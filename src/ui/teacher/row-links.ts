import type { LinkFit } from '../../core/algorithms/survey-links.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { formatQuantity } from '../shared/format.ts';
import { open, type OpenRows } from '../tree/rows/open-rows.ts';
import { graver, linksTo, type OrderedLinks } from './link-order.ts';
import { describeFit, fitWords, signedWords, wordComparison } from './link-wording.ts';

/** The links to a row of the teacher's tree. */
export interface RowLinks {
  /** The student's modules, the first few. */
  readonly modules: readonly number[];
  /** Index of the sub-config of the first link. */
  readonly subConfig: number;
  readonly fit: LinkFit;
  /** The row's own module is linked, not only one below a closed row. */
  readonly isOwn: boolean;
  readonly text: string;
  readonly title: string;
}

/** Links of a closed branch that are looked at one by one. */
const most = 200;

/** The links to a row, or to rows below it where it is closed; `null` when there are none. */
export function describeRow(links: OrderedLinks, rows: OpenRows, at: number, student: ModuleTree): RowLinks | null {
  const module = rows.module[at]!;
  const isOpen = rows.state[at] === open;
  if (isOpen && rows.runLength[at]! > 0) return null;
  const next = isOpen ? module + 1 : (rows.module[at + 1] ?? Number.MAX_SAFE_INTEGER);
  const [start, end] = linksTo(links, module, next);
  if (start === end) return null;
  const places = Array.from(links.byTeacher.subarray(start, Math.min(end, start + most)));
  const [first] = places;
  const fit = places.map((place) => links.comparisons[links.comparison[place]!]!.fit).reduce(graver);
  const isOwn = rows.runLength[at] === 0 && links.teacherModule[first!] === module;
  const count = end - start;
  const comparison = links.comparisons[links.comparison[first!]!]!;
  const names = [...new Set(places.slice(0, 3).map((place) => moduleName(student, links.module[place]!)))].join(', ');
  const from = `linked from ${names}${count > 3 ? ` and ${formatQuantity(count - 3, 'other')}` : ''}`;
  const counted = `${formatQuantity(count, 'link')}, ${fit === 'same' ? 'all of the same shape' : fitWords[fit]}`;
  return {
    modules: [...new Set(places.map((place) => links.module[place]!))],
    subConfig: links.subConfig[first!]!,
    fit,
    isOwn,
    text: count === 1 ? signedWords(comparison) : counted,
    title: count === 1 ? `${from}: ${wordComparison(comparison)}. ${describeFit(comparison)}` : `${from}: ${counted}`,
  };
}
