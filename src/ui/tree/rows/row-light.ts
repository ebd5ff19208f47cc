import { countOnes } from '../../../core/module-tree/mask-counts.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { Hits } from './lay-rows.ts';
import { selectTyped, type PatternSpans } from './use-pattern-spans.ts';
import type { VisibleRow } from './visible-rows.ts';

/** How the pattern that is typed, or the sub-config that is pointed at, concerns a row. */
export interface RowPreview {
  readonly matches: boolean;
  /** Number of matching modules in the row, including the row's own. */
  readonly count: number;
}

/** What lights up of a row. */
export interface RowLight {
  /** `null` when nothing is previewed. */
  readonly preview: RowPreview | null;
  /** The part of the label, from and to before, that the typed or searched pattern matches: equal where its match ends before the label; `null` where none is. */
  readonly span: readonly [number, number] | null;
}

/** The names of a row's module. */
export interface RowName {
  readonly name: string;
  /** Length of the part of the name that the rows above show. */
  readonly before: number;
}

const dark: RowLight = { preview: null, span: null };
const beforeLabel = [0, 0] as const;

/**
 * Reads what lights up of a row out of the store: one question for each row at each letter. The answer is the same object as long as it
 * says the same, so that the row is not drawn again.
 * @param own the name of the row's module; `null` for a run and for the root, in which no part is marked
 */
export function lightOf(row: VisibleRow, own: RowName | null, pointed: Hits | null, { searched, ofTyped }: PatternSpans): (state: DerivedState) => RowLight {
  let last = dark;
  return (state) => {
    const shown = state.preview?.shown;
    const preview = shown ? partOf(row, shown.mask, shown.matchedBlocks) : pointed && partOf(row, pointed.mask, pointed.blocks);
    const isLit = own !== null && (preview?.matches === true || row.found === true);
    const typed = isLit ? selectTyped(state) : null;
    const found = isLit ? (typed === null ? searched : typed === '' ? null : ofTyped(typed))?.(own.name) : null;
    const span = found && own ? inLabel(found, own.before) : null;
    const keepsPreview = last.preview?.matches === preview?.matches && last.preview?.count === preview?.count;
    const keepsSpan = last.span?.[0] === span?.[0] && last.span?.[1] === span?.[1];
    if (!keepsPreview || !keepsSpan) last = { preview: keepsPreview ? last.preview : preview, span: keepsSpan ? last.span : span };
    return last;
  };
}

function inLabel([from, to]: readonly [number, number], before: number): RowLight['span'] {
  return to <= before ? beforeLabel : [Math.max(0, from - before), to - before];
}

/** The matches in a row; `null` for a mask of another model. */
function partOf(row: VisibleRow, mask: Uint8Array, blocks: Uint32Array): RowPreview | null {
  if (mask.length < row.end) return null;
  return { matches: mask[row.module] === 1, count: countOnes(mask, blocks, row.module, row.end) };
}
