const gap = 2;
const margin = 8;

/** Puts a layer of the top right below its anchor, or above where there is more room. */
export function placeLayer(layer: HTMLElement, anchor: Element, width: 'anchor' | 'own' = 'own'): void {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - margin;
  const above = box.top - margin;
  layer.style.minWidth = width === 'anchor' ? `${box.width}px` : '';
  layer.style.left = `${Math.max(margin, Math.min(box.left, innerWidth - margin - layer.offsetWidth))}px`;
  const goesUp = below < layer.scrollHeight && above > below;
  layer.style.maxHeight = `${Math.min(320, Math.max(80, goesUp ? above : below))}px`;
  layer.style.top = goesUp ? '' : `${box.bottom + gap}px`;
  layer.style.bottom = goesUp ? `${innerHeight - box.top + gap}px` : '';
}
