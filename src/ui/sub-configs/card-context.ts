import { createContext, useContext } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import type { ConfigValue, KeyPath } from '../../core/config/value.ts';
import { useActions } from '../shared/use-app.ts';

/** Which sub-config a part of a card belongs to. */
export interface CardPlace {
  readonly id: string;
  readonly mode: Mode;
  /** Position among all sub-configs of the mode, from 1. */
  readonly number: number;
  /** Index among the enabled ones, as the engine counts; -1 when off. */
  readonly index: number;
}

export const CardContext = createContext<CardPlace | null>(null);

export function useCard(): CardPlace {
  const card = useContext(CardContext);
  if (!card) throw new Error('The component stands outside of a card.');
  return card;
}

export interface ValueEditor {
  readonly set: (path: KeyPath, value: ConfigValue) => void;
  readonly remove: (path: KeyPath) => void;
}

/** Edits values of the card's sub-config; changes of one place in quick succession are one undo step. */
export function useValueEditor(): ValueEditor {
  const { edit } = useActions();
  const { id, mode } = useCard();
  return {
    set: (path, value) => edit({ type: 'set-value', mode, id, path, value }, `${mode} ${id} ${path.join('.')}`),
    remove: (path) => edit({ type: 'remove-value', mode, id, path }),
  };
}
