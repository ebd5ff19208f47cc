import { Trash2 } from 'lucide-react';
import type { Mode } from '../../../core/config/mode.ts';
import { Button } from '../../shared/Button.tsx';
import { useActions } from '../../shared/use-app.ts';

/** Actions for several sub-configs at once; each is one undo step. */
export function ChosenBar({ mode, chosen, all, onChoose }: {
  readonly mode: Mode;
  readonly chosen: readonly string[];
  readonly all: readonly string[];
  /** `null` ends the choosing. */
  readonly onChoose: (chosen: ReadonlySet<string> | null) => void;
}) {
  const { edit } = useActions();
  const setEnabled = (enabled: boolean) =>
    edit(chosen.map((id) => ({ type: 'set-enabled', mode, id, enabled }) as const));
  const nothing = chosen.length === 0;
  return (
    <div
      role="toolbar"
      aria-label="Chosen sub-configs"
      className="flex flex-wrap items-center gap-1 border-b border-line bg-surface px-3 py-1"
    >
      <span className="mr-auto text-xs text-muted">
        {chosen.length} of {all.length} chosen
      </span>
      <Button kind="plain" size="small" onClick={() => onChoose(new Set(chosen.length === all.length ? [] : all))}>
        {chosen.length === all.length ? 'None' : 'All'}
      </Button>
      <Button kind="plain" size="small" disabled={nothing} onClick={() => setEnabled(true)}>
        Turn on
      </Button>
      <Button kind="plain" size="small" disabled={nothing} onClick={() => setEnabled(false)}>
        Turn off
      </Button>
      <Button
        kind="danger"
        size="small"
        icon={<Trash2 size={12} />}
        disabled={nothing}
        onClick={() => {
          edit({ type: 'remove-sub-configs', mode, ids: chosen });
          onChoose(null);
        }}
      >
        Remove
      </Button>
      <Button size="small" onClick={() => onChoose(null)}>
        Done
      </Button>
    </div>
  );
}
