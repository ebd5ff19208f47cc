import type { TreeRole } from '../../worker/protocol.ts';
import { Button } from '../shared/Button.tsx';
import { useActions } from '../shared/use-app.ts';
import { useOpenStatus } from './use-open-status.ts';

/** How far the opening of a model has come, with a way to stop it. */
export function OpenProgress({ role }: { readonly role: TreeRole }) {
  const status = useOpenStatus(role);
  const { cancelOpening } = useActions();
  if (status.type !== 'opening') return null;
  const percent = Math.round(status.fraction * 100);
  return (
    <div className="flex items-center gap-3 rounded-md border border-line p-3">
      <span className="min-w-0 truncate">Opening {status.name}</span>
      <div
        role="progressbar"
        aria-label={`Opening ${status.name}`}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 flex-1 overflow-hidden rounded-full bg-chosen forced-colors:outline-1"
      >
        <div className="h-full bg-inverse forced-colors:bg-[Highlight]" style={{ width: `${percent}%` }} />
      </div>
      <Button size="small" onClick={cancelOpening}>
        Cancel
      </Button>
    </div>
  );
}
