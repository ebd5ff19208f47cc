import { createContext, useContext } from 'react';

/** Which sub-configs are chosen while several are. */
export interface Choosing {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
}

/** `null` while none are being chosen. */
export const ChoosingContext = createContext<Choosing | null>(null);

export const StartChoosingContext = createContext<(id: string) => void>(() => {});

export function useChoosing(): Choosing | null {
  return useContext(ChoosingContext);
}

/** Starts to choose several, with one chosen already. */
export function useStartChoosing(): (id: string) => void {
  return useContext(StartChoosingContext);
}
