import type { Theme, ViewStore } from '../store/view-store.ts';

const key = 'espalier.theme';

/** The theme that was chosen before, `system` when none was or storage is blocked. */
export function rememberedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'dark' || stored === 'light' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Applies the chosen theme to the page, follows the system where asked, and remembers the choice. */
export function followTheme(view: ViewStore): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme } = view.getState();
    const dark = theme === 'dark' || (theme === 'system' && system.matches);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  };
  const stop = view.subscribe((state, before) => {
    if (state.theme === before.theme) return;
    apply();
    try {
      if (state.theme === 'system') localStorage.removeItem(key);
      else localStorage.setItem(key, state.theme);
    } catch {
      // The choice then lasts as long as the page.
    }
  });
  system.addEventListener('change', apply);
  apply();
  return () => {
    stop();
    system.removeEventListener('change', apply);
  };
}
