import { useLayoutEffect, type RefObject } from 'react';
import look from './matched-part.css?inline';
import type { DrawnRow } from './use-drawn-rows.ts';

/** The name of the highlight in `matched-part.css`. */
const highlightName = 'matched-part';

let isLookThere = false;

/**
 * Marks the matched parts of the names of rows by a highlight over the text: a letter that only changes the parts changes no element,
 * and nothing is laid out again. A browser that has no such highlights shows the names without.
 * @param box the element with the rows, each with its name as one text, in the order of `shown`
 */
export function useMatchHighlight(box: RefObject<HTMLElement | null>, shown: readonly DrawnRow[]): void {
  useLayoutEffect(() => {
    if (!box.current || typeof Highlight === 'undefined' || !shown.some(({ light }) => light.to > light.from)) return undefined;
    addLook();
    const names = box.current.querySelectorAll('.tree-name');
    const parts = shown.flatMap(({ light: { from, to } }, at) => {
      const text = names[at]?.firstChild;
      return text && to > from ? [new StaticRange({ startContainer: text, startOffset: from, endContainer: text, endOffset: to })] : [];
    });
    CSS.highlights.set(highlightName, new Highlight(...parts));
    return () => void CSS.highlights.delete(highlightName);
  }, [box, shown]);
}

/** Adds the look of the highlight to the page, once. The compiler of the other styles does not know highlights, and would warn of it. */
function addLook(): void {
  if (isLookThere) return;
  isLookThere = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  document.adoptedStyleSheets.push(sheet);
}
