import { ArrowRightLeft } from 'lucide-react';
import { keysUnknownTo } from '../../../core/plan/change-mode.ts';
import { modes, modeTitles, type Mode } from '../../../core/config/mode.ts';
import type { ConfigObject } from '../../../core/config/value.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { MenuItem } from '../../shared/layers/Popover.tsx';
import { useActions, useView } from '../../shared/use-app.ts';

const selectMode = (state: ViewState) => state.mode;

export interface MoveToModeProps {
  readonly ids: readonly string[];
  readonly configs: readonly ConfigObject[];
  readonly close: () => void;
}

/** Items that move sub-configs to the other modes; each says which keys the move leaves out. */
export function MoveToMode({ ids, configs, close }: MoveToModeProps) {
  const mode = useView(selectMode);
  const { edit, setView, reveal } = useActions();
  const move = (to: Mode) => {
    close();
    edit({ type: 'change-mode', mode, ids, to });
    setView({ mode: to, draft: null, linksShown: false });
    reveal({ type: 'sub-config', subConfigId: ids[0]! });
  };
  return modes
    .filter((to) => to !== mode)
    .map((to) => {
      const unknown = [...new Set(configs.flatMap((config) => keysUnknownTo(config, to)))];
      return (
        <MenuItem key={to} icon={<ArrowRightLeft size={14} />} onSelect={() => move(to)}>
          Move to {modeTitles[to]}
          {unknown.length > 0 && <span className="block max-w-60 text-xs text-muted">leaves out {unknown.join(', ')}</span>}
        </MenuItem>
      );
    });
}
