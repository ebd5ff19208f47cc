import { isPossible, keysOf, runAction, titleOf } from '../actions/page-action.ts';
import { actionIds, pageActions } from '../actions/page-actions.ts';
import type { AppContext } from '../../store/app-context.ts';
import type { PaletteItem } from './palette-item.ts';

/** The actions that can be done now, but for opening the palette itself. */
export function actionItems(app: AppContext): readonly PaletteItem[] {
  return actionIds
    .filter((id) => id !== 'palette' && isPossible(pageActions[id], app))
    .map((id): PaletteItem => {
      const action = pageActions[id];
      const { kind, words, onlySearched } = action;
      const keys = keysOf(action);
      return {
        id,
        kind,
        title: titleOf(action, app),
        ...(keys === undefined ? {} : { keys }),
        ...(words === undefined ? {} : { also: words }),
        ...(onlySearched === undefined ? {} : { onlySearched }),
        run: () => runAction(action, app),
      };
    });
}
