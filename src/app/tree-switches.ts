import type { ViewState, ViewStore } from '../store/view-store.ts';

const key = 'espalier.tree';
const switches = ['onlyMatches', 'sortedBySize', 'multiplyAddsShown', 'sortedByMultiplyAdds'] as const;

/** How the tree was shown on the last visit: its columns, its order and *Only matches* stay as they were set. */
export function rememberedSwitches(): Partial<ViewState> {
  try {
    const on = (localStorage.getItem(key) ?? '').split(' ');
    return Object.fromEntries(switches.filter((name) => on.includes(name)).map((name) => [name, true]));
  } catch {
    return {};
  }
}

/** Remembers the switches of the tree when they change. */
export function rememberSwitches(view: ViewStore): () => void {
  return view.subscribe((state, before) => {
    if (switches.every((name) => state[name] === before[name])) return;
    try {
      localStorage.setItem(key, switches.filter((name) => state[name]).join(' '));
    } catch {
      // They then last as long as the page.
    }
  });
}
