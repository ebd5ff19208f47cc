import { Link2 } from 'lucide-react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { SetList } from '../groups/SetList.tsx';
import { useGroupsPreview } from '../groups/use-groups-preview.ts';
import { Button } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { UnansweredLine } from '../shared/late-parts/StoppedLine.tsx';
import { useActions, useIsReadOnly } from '../shared/use-app.ts';

/** No module is chosen: the sets of modules that lose the same channels. Each lights up in the tree. */
export function ModelSets({ tree }: { readonly tree: ModuleTree }) {
  const { setView } = useActions();
  const isReadOnly = useIsReadOnly();
  const state = useGroupsPreview('named', false);
  if (state.type === 'waiting') return <p className="p-4 text-muted">Following the data …</p>;
  const preview = state.type === 'ready' ? state.answer : null;
  return (
    <div tabIndex={0} role="region" aria-label="Modules that are pruned together" className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4">
      <p className="text-muted">Choose a module to see what feeds it and what it feeds.</p>
      {state.type === 'failed' && <UnansweredLine part="The sets of modules" failure={state.failure} onRetry={state.retry} />}
      {preview?.type === 'raises' && (
        <p className="text-later">
          NNI cannot follow this model: {preview.error.type}. Sets of modules are not known.
        </p>
      )}
      {preview?.type === 'sets' && (
        <>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium">
              {preview.sets.length === 0 ? 'No module is tied to another' : `${formatQuantity(preview.sets.length, 'set')} of modules must lose the same channels`}
            </h3>
            {preview.sets.length > 0 && !isReadOnly && (
              <Button size="small" icon={<Link2 size={12} />} onClick={() => setView({ mode: 'pruning', dialog: 'dependency-groups' })}>
                Set dependency groups …
              </Button>
            )}
          </div>
          <SetList sets={preview.sets} tree={tree} lights />
        </>
      )}
    </div>
  );
}
