import { Copy, Plus } from 'lucide-react';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { objectOf } from '../../core/config/value.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useView } from '../shared/use-app.ts';

const selectFocus = (state: ViewState) => state.focus;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** What can be done with the modules that are chosen in the tree. */
export function SelectionBar() {
  const focus = useView(selectFocus);
  const tree = useDerived(selectTree);
  const { addSubConfig } = useActions();
  if (!tree || focus.length === 0) return null;
  const names = focus.filter((module) => module < tree.size).map((module) => moduleName(tree, module));
  return (
    <div className="flex items-center gap-1 border-t border-line px-2 py-1">
      <span className="min-w-0 flex-1 truncate text-xs text-muted">{formatQuantity(names.length, 'module')} chosen</span>
      <IconButton
        size="small"
        label="Copy the names"
        icon={<Copy size={12} />}
        onClick={() => void navigator.clipboard.writeText(names.join('\n'))}
      />
      <Button size="small" icon={<Plus size={12} />} onClick={() => addSubConfig(objectOf([['op_names', names]]))}>
        Make a sub-config
      </Button>
    </div>
  );
}
