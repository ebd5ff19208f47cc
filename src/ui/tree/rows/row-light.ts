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
  /** The part of the full name, from and to before, that the typed or searched pattern matches; `null` where none is. */
  readonly span: readonly [number, number] | null;
}

const dark: RowLight = { preview: null, span: null };

/**
 * Reads what lights up of a row out of the store: one question for each row at each letter. The answer is the same object as long as it
 * says the same, so that the row is not drawn again.
 * @param name the full name of the row's module; `null` for a run, in which no part is marked
 */
export function lightOf(row: VisibleRow, name: string | null, pointed: Hits | null, { searched, ofTyped }: PatternSpans): (state: DerivedState) => RowLight {
  let last = dark;
  return (state) => {
    const shown = state.preview?.shown;
    const preview = shown ? partOf(row, shown.mask, shown.matchedBlocks) : pointed && partOf(row, pointed.mask, pointed.blocks);
    const isLit = name !== null && (preview?.matches === true || row.found === true);
    const typed = isLit ? selectTyped(state) : null;
    const span = isLit ? ((typed === null ? searched : typed === '' ? null : ofTyped(typed))?.(name) ?? null) : null;
    const keepsPreview = last.preview?.matches === preview?.matches && last.preview?.count === preview?.count;
    const keepsSpan = last.span?.[0] === span?.[0] && last.span?.[1] === span?.[1];
    if (!keepsPreview || !keepsSpan) last = { preview: keepsPreview ? last.preview : preview, span: keepsSpan ? last.span : span };
    return last;
  };
}

/** The matches in a row; `null` for a mask of another model. */
function partOf(row: VisibleRow, mask: Uint8Array, blocks: Uint32Array): RowPreview | null {
  if (mask.length < row.end) return null;
  return { matches: mask[row.module] === 1, count: countOnes(mask, blocks, row.module, row.end) };
}
