/** Pixels between a list or tooltip and its anchor. */
const gapToAnchor = 2;
/** Pixels that a list or tooltip keeps from the edges of the window. */
const margin = 8;
/** Pixels between a menu and its button, and between a tooltip of a row and the tree. */
const gap = 4;
const lowestList = 80;
const highestList = 320;

/** Puts a list or tooltip below its anchor, or above where there is more room; it is cut to the room that it has. */
export function placeLayer(layer: HTMLElement, anchor: Element, width: 'anchor' | 'own' = 'own'): void {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - margin;
  const above = box.top - margin;
  layer.style.minWidth = width === 'anchor' ? `${box.width}px` : '';
  layer.style.left = `${within(box.left, layer.offsetWidth, margin)}px`;
  const goesUp = below < layer.scrollHeight && above > below;
  layer.style.maxHeight = `${Math.min(highestList, Math.max(lowestList, goesUp ? above : below))}px`;
  layer.style.top = goesUp ? '' : `${box.bottom + gapToAnchor}px`;
  layer.style.bottom = goesUp ? `${innerHeight - box.top + gapToAnchor}px` : '';
}

/**
 * Puts a menu or popover below its button, or above where it would pass the lower edge of the window. Where neither has the room it
 * scrolls on the side with more: it never covers its button.
 */
export function placeMenu(layer: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void {
  const box = button.getBoundingClientRect();
  // Measured where nothing narrows it.
  layer.style.left = '0';
  layer.style.maxHeight = '';
  const { width, height } = layer.getBoundingClientRect();
  const below = innerHeight - box.bottom - 2 * gap;
  const above = box.top - 2 * gap;
  const goesUp = height > below && above > below;
  const shown = Math.min(height, Math.max(lowestList, goesUp ? above : below));
  layer.style.left = `${within(align === 'start' ? box.left : box.right - width, width, gap)}px`;
  layer.style.maxHeight = shown < height ? `${shown}px` : '';
  layer.style.top = `${Math.max(gap, goesUp ? box.top - gap - shown : Math.min(box.bottom + gap, innerHeight - gap - shown))}px`;
}

/** Puts a tooltip at the lower edge of the tree, or at the upper one where its row is there: no other pane is covered. */
export function placeInTree(tooltip: HTMLElement, row: HTMLElement): void {
  const { top: rowTop } = row.getBoundingClientRect();
  const tree = (row.closest('[role=tree]') ?? row).getBoundingClientRect();
  tooltip.style.left = `${tree.left + gap}px`;
  tooltip.style.width = `${tree.width - 2 * gap}px`;
  const { height } = tooltip.getBoundingClientRect();
  const below = tree.bottom - height - gap;
  tooltip.style.top = `${rowTop + row.offsetHeight > below ? tree.top + gap : below}px`;
}

/** Puts a panel next to the tree, at its foot, so that the tree stays in view; over it where there is no room. */
export function placeBesideTree(panel: HTMLElement): void {
  const tree = document.querySelector('[role=tree]')?.getBoundingClientRect();
  const left = (tree?.right ?? 0) + margin;
  panel.style.left = `${within(left, panel.offsetWidth, margin)}px`;
  panel.style.top = 'auto';
  panel.style.bottom = `${Math.max(margin, innerHeight - (tree?.bottom ?? innerHeight))}px`;
}

/** The left edge that keeps a layer of that width inside the window; the left end stays in view where it is too wide. */
function within(left: number, width: number, edge: number): number {
  return Math.max(edge, Math.min(left, innerWidth - edge - width));
}
