const key = 'espalier.panes';

/** Widths of the outer panes in pixels. */
export interface PaneWidths {
  readonly tree: number;
  readonly side: number;
}

/** From this width of the window on, all three panes are next to each other. */
export const besideSide = 1280;

export const paneLimits = { tree: [240, 720], side: [280, 900] } as const;

/** The widths of the last visit, or widths that leave the middle about as wide as a card needs. */
export function rememberedWidths(windowWidth: number): PaneWidths {
  // Where two panes share the window, the tree has room for deep names and their shapes.
  const share = windowWidth >= besideSide ? 0.345 : 0.45;
  const fallback = { tree: Math.min(640, Math.round(windowWidth * share)), side: Math.min(560, Math.round(windowWidth * 0.29)) };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return fallback;
    const { tree, side } = stored as Partial<Record<keyof PaneWidths, unknown>>;
    return {
      tree: typeof tree === 'number' ? tree : fallback.tree,
      side: typeof side === 'number' ? side : fallback.side,
    };
  } catch {
    return fallback;
  }
}

export function rememberWidths(widths: PaneWidths): void {
  try {
    localStorage.setItem(key, JSON.stringify(widths));
  } catch {
    // The widths then last as long as the page.
  }
}
