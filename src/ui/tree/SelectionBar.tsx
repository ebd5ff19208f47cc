import { Copy } from 'lucide-react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { copyOrReport } from '../shared/copy-text.ts';
import { useActions, useDerived, useStores, useSubConfigs, useView } from '../shared/use-app.ts';
import { namesAsLines } from './rows/names-as-lines.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';

const ProposalPanel = lazyPart(async () => (await import('../proposals/ProposalPanel.tsx')).ProposalPanel);

const selectFocus = (state: ViewState) => state.focus;
const selectProposing = (state: ViewState) => state.proposing;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** Actions for the modules that are chosen in the tree. */
export function SelectionBar() {
  const focus = useView(selectFocus);
  const proposing = useView(selectProposing);
  const tree = useDerived(selectTree);
  const hasSubConfigs = useSubConfigs().length > 0;
  const { setView } = useActions();
  const stores = useStores();
  if (!tree) return null;
  return (
    <>
      {focus.length > 0 && (
        <div
          role="toolbar"
          aria-label="Chosen modules"
          className="flex flex-wrap items-center gap-1 border-t border-line bg-chosen px-2 py-1"
        >
          <span className="mr-auto flex items-center gap-1 whitespace-nowrap">
            <span role="status" className="text-xs">{formatQuantity(focus.length, 'module')} chosen</span>
            <IconButton
              size="small"
              label={focus.length === 1 ? 'Copy the name' : 'Copy the names'}
              icon={<Copy size={12} />}
              onClick={() => void copyOrReport(stores, namesAsLines(tree, focus))}
            />
          </span>
          <span className="flex flex-wrap gap-1">
            {hasSubConfigs && (
              <>
                <Button size="small" onClick={() => setView({ proposing: { type: 'add', subConfigId: null } })}>
                  Add to …
                </Button>
                <Button size="small" onClick={() => setView({ proposing: { type: 'exclude', subConfigId: null } })}>
                  Exclude from …
                </Button>
              </>
            )}
            <Button size="small" onClick={() => setView({ proposing: { type: 'new' } })}>
              Make a sub-config
            </Button>
          </span>
        </div>
      )}
      {proposing && (
        <LatePart part="The list of proposals">
          <ProposalPanel proposing={proposing} />
        </LatePart>
      )}
    </>
  );
}
