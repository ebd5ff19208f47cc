import { OctagonX, X } from 'lucide-react';
import type { TreeRole } from '../../worker/protocol.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useActions } from '../shared/use-app.ts';
import { largerTry, wordOpenFailure } from './open-failure.ts';
import { useOpenStatus } from './use-open-status.ts';

/** Below a long text the reason would be out of sight. */
function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** Why a model could not be opened: the fault, its place, and the next step. */
export function OpenProblem({ role }: { readonly role: TreeRole }) {
  const status = useOpenStatus(role);
  const { dismissOpenStatus, openTree, setView } = useActions();
  if (status.type !== 'failed') return null;
  const { title, place, remedy } = wordOpenFailure(status.name, status.error);
  const retry = largerTry(status);
  return (
    <div ref={scrollIntoSight} role="alert" className="flex gap-2 rounded-md border border-refused bg-refused-soft p-3">
      <OctagonX size={16} className="mt-0.5 shrink-0 text-refused" aria-hidden="true" />
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium">{title}</p>
        {place !== '' && <p className="font-mono text-xs whitespace-pre-wrap">{place}</p>}
        <p className="text-muted">{remedy}</p>
        {retry !== null && (
          <div className="mt-2">
            <Button
              size="small"
              onClick={async () => {
                const opened = await openTree(retry.source, role, retry.options);
                if (opened) setView({ dialog: null });
              }}
            >
              {retry.label}
            </Button>
          </div>
        )}
      </div>
      <IconButton size="small" label="Dismiss" icon={<X size={14} />} onClick={() => dismissOpenStatus(role)} />
    </div>
  );
}
