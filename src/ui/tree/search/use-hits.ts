import { useEffect, useMemo, useState, type RefObject } from 'react';
import { writeOut } from '../../../core/module-tree/module-marks.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import type { SubConfigView } from '../../../worker/list-protocol.ts';
import { useDerived, useView } from '../../shared/use-app.ts';
import type { Hits } from '../rows/lay-rows.ts';

/** Milliseconds that the pointer rests on a sub-config before the tree shows its modules. */
const restBefore = 250;
/** Milliseconds after which the tree is as it was when nothing is pointed at. */
const restAfter = 350;

const selectHighlighted = (state: ViewState) => state.highlightedSubConfig;
const selectMode = (state: ViewState) => state.mode;

/** The pattern or proposal that is typed or looked at; an empty pattern is none. */
const selectTyped = ({ preview }: DerivedState) =>
  preview && (preview.draft.pattern !== '' || preview.draft.config) ? preview.shown : null;

function hitsOf({ marks, count }: SubConfigView): Hits {
  const { state, blocks } = writeOut(marks);
  return { mask: state, blocks, count };
}

/** The matches that the tree shows: of the typed pattern, else of the sub-config under the pointer. */
export interface ShownHits {
  readonly hits: Hits | null;
  /** The matches of the sub-config under the pointer, which no preview shows; else null. */
  readonly pointed: Hits | null;
}

/** The matches to show. They stay while the pointer is in `box`, so that a shown row can be clicked. */
export function useHits(box: RefObject<HTMLElement | null>): ShownHits {
  const typed = useDerived(selectTyped);
  const subConfig = useHeld(useView(selectHighlighted), box);
  const mode = useView(selectMode);
  const view = useDerived((state) => {
    const at = subConfig === null ? -1 : state.listIds[mode].indexOf(subConfig);
    return state.lists[mode]?.subConfigs[at] ?? null;
  });
  return useMemo(() => {
    if (typed) return { hits: { mask: typed.mask, blocks: typed.matchedBlocks, count: typed.count }, pointed: null };
    const pointed = view && view.count > 0 ? hitsOf(view) : null;
    return { hits: pointed, pointed };
  }, [typed, view]);
}

/** Follows the pointer once it rests. */
function useHeld(id: string | null, box: RefObject<HTMLElement | null>): string | null {
  const [held, setHeld] = useState(id);
  useEffect(() => {
    if (id === held) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const settle = () => {
      if (id === null && box.current?.matches(':hover')) timer = setTimeout(settle, restAfter);
      else setHeld(id);
    };
    timer = setTimeout(settle, id === null ? restAfter : restBefore);
    return () => clearTimeout(timer);
  }, [id, held, box]);
  return held;
}
