import { createContext, useContext } from 'react';

/** Type of the data while a card is dragged. */
export const cardDragType = 'application/x-espalier-sub-config';

/** Moves a sub-config, and as many neighbours from it on as `count` says, to a place in its list, counted from 0, and says so. */
export type MoveCard = (id: string, to: number, count?: number) => void;

export const MoveCardContext = createContext<MoveCard>(() => {});

export function useMoveCard(): MoveCard {
  return useContext(MoveCardContext);
}
