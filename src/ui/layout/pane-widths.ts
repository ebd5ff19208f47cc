const key = 'espalier.panes';

/** Widths of the outer panes in pixels. */
export interface PaneWidths {
  readonly tree: number;
  readonly side: number;
}

/** From this width of the window on, all three panes are next to each other. */
export const besideSide = 1280;

export const paneLimits = { tree: [240, 720], side: [280, 900] } as const;

/** Widths that leave the middle about as wide as a card needs. */
export function usualWidths(windowWidth: number): PaneWidths {
  // Where two panes share the window, the tree has room for deep names and their shapes.
  const share = windowWidth >= besideSide ? 0.345 : 0.45;
  return { tree: Math.min(640, Math.round(windowWidth * share)), side: Math.min(560, Math.round(windowWidth * 0.29)) };
}

/** The widths that the user chose, now or at an earlier visit. */
export function rememberedWidths(): Partial<PaneWidths> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return {};
    const { tree, side } = stored as Partial<Record<keyof PaneWidths, unknown>>;
    return { ...(typeof tree === 'number' && { tree }), ...(typeof side === 'number' && { side }) };
  } catch {
    return {};
  }
}

export function rememberWidths(widths: Partial<PaneWidths>): void {
  try {
    localStorage.setItem(key, JSON.stringify(widths));
  } catch {
    // The widths then last as long as the page.
  }
}
