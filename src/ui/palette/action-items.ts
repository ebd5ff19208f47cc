import { actionIds, isPossible, keysOf, pageActions, runAction, titleOf } from '../actions/page-actions.ts';
import type { AppContext } from '../../store/app-context.ts';
import type { PaletteItem } from './palette-item.ts';

/** The actions that can be done now, but for opening the palette itself. */
export function actionItems(app: AppContext): readonly PaletteItem[] {
  return actionIds
    .filter((id) => id !== 'palette' && isPossible(id, app))
    .map((id): PaletteItem => {
      const { kind, words, onlySearched } = pageActions[id];
      const keys = keysOf(id);
      return {
        id,
        kind,
        title: titleOf(id, app),
        ...(keys === undefined ? {} : { keys }),
        ...(words === undefined ? {} : { also: words }),
        ...(onlySearched === undefined ? {} : { onlySearched }),
        run: () => runAction(id, app),
      };
    });
}
