import type { AppActions } from '../../store/app-context.ts';

/** Brings the search of the model forth. */
export function focusSearch(actions: Pick<AppActions, 'setView'>): void {
  actions.setView({ pane: 'tree' });
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>('input[type=search]');
    field?.focus();
    field?.select();
  });
}
