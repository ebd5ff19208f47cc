/** A rectangle in pixels of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const gap = 12;

/** The place of a bubble next to its subject: right, left, below, above, or at its end where there is no room; always in the window. */
export function placeBubble(
  target: Box,
  bubble: Pick<Box, 'width' | 'height'>,
  within: Pick<Box, 'width' | 'height'>,
): { readonly left: number; readonly top: number } {
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const top = clamp(target.top + gap, gap, within.height - bubble.height - gap);
  const left = clamp(target.left, gap, within.width - bubble.width - gap);
  if (right + gap + bubble.width + gap <= within.width) return { left: right + gap, top };
  if (target.left - gap - bubble.width >= gap) return { left: target.left - gap - bubble.width, top };
  if (bottom + gap + bubble.height + gap <= within.height) return { left, top: bottom + gap };
  if (target.top - gap - bubble.height >= gap) return { left, top: target.top - gap - bubble.height };
  // The content of a pane begins at its top, so the bubble goes to the bottom.
  const lowest = clamp(bottom - bubble.height - gap, gap, within.height - bubble.height - gap);
  return { left: clamp(right - bubble.width - gap, gap, within.width - bubble.width - gap), top: lowest };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
