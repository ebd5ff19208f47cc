import { countOnes } from '../../../core/module-tree/mask-counts.ts';
import type { Hits } from './lay-rows.ts';
import type { PatternSpans } from './use-pattern-spans.ts';
import type { VisibleRow } from './visible-rows.ts';

/** What lights up of a row while a pattern is typed, searched by, or a sub-config is pointed at. Numbers and booleans only: a row is drawn again when one changes. */
export interface RowLight {
  readonly isMatched: boolean;
  /** Number of matching modules in the row, its own among them; `null` when nothing is shown. */
  readonly matches: number | null;
  /** The matched part of the label, from and to before; equal where there is none, or where it ends before the label. */
  readonly from: number;
  readonly to: number;
}

/** The names of a row's module. */
export interface RowName {
  readonly name: string;
  /** Length of the part of the name that the rows above show. */
  readonly before: number;
}

/**
 * Says what lights up of a row.
 * @param own the name of the row's module; `null` for a run and for the root, in which no part is marked
 * @param hits the modules that are to light up; `null` for none
 * @param spans find the matched part of its name: for the typed pattern where it matches, else for the search that found it
 */
export function lightOf(row: VisibleRow, own: RowName | null, hits: Omit<Hits, 'count'> | null, spans: PatternSpans): RowLight {
  // A mask of another model lights nothing.
  const shown = hits && hits.mask.length >= row.end ? hits : null;
  const isMatched = shown !== null && shown.mask[row.module] === 1;
  const matches = shown && countOnes(shown.mask, shown.blocks, row.module, row.end);
  const whole = own && ((isMatched && spans.typed?.(own.name)) || (row.found === true && spans.searched?.(own.name)));
  const [from, to] = own && whole ? inLabel(whole, own.before) : nothing;
  return { isMatched, matches, from, to };
}

const nothing = [0, 0] as const;

/** The part of a label that is in a part of the whole name. */
function inLabel([from, to]: readonly [number, number], before: number): readonly [number, number] {
  return to <= before ? nothing : [Math.max(0, from - before), to - before];
}
