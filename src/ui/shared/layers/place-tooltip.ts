interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const gap = 6;
const margin = 8;

/** The place of a tooltip: below its owner, or above where there is no room; centred, and always in the window. */
export function placeTooltip(
  owner: Box,
  { width, height }: Pick<Box, 'width' | 'height'>,
  within: Pick<Box, 'width' | 'height'>,
): { readonly left: number; readonly top: number } {
  const below = owner.top + owner.height + gap;
  const isBelow = below + height + margin <= within.height;
  const left = owner.left + owner.width / 2 - width / 2;
  return {
    left: Math.round(Math.max(margin, Math.min(left, within.width - width - margin))),
    top: Math.round(isBelow ? below : Math.max(margin, owner.top - gap - height)),
  };
}
