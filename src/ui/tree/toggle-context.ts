import { createContext, useContext } from 'react';
import type { VisibleRow } from './visible-rows.ts';

/** Opens or closes a row; stable, so that rows are not drawn anew when the tree is. */
export const ToggleContext = createContext<(row: VisibleRow) => void>(() => undefined);

export function useToggle(): (row: VisibleRow) => void {
  return useContext(ToggleContext);
}
