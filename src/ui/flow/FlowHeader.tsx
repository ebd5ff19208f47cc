import { ArrowUp, Minus } from 'lucide-react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName, moduleType } from '../../core/module-tree/tree-index.ts';
import { formatQuantity } from '../shared/format.ts';
import { IconButton } from '../shared/Button.tsx';

/** Which module's inside is drawn, with ways to go up and to fold open modules. */
export function FlowHeader({ tree, frame, open, leftOut, onFrame, onFold }: {
  readonly tree: ModuleTree;
  readonly frame: number;
  readonly open: readonly number[];
  readonly leftOut: number;
  readonly onFrame: (row: number) => void;
  readonly onFold: (row: number) => void;
}) {
  const around = tree.parent[frame]!;
  const prefix = moduleName(tree, frame);
  return (
    <div className="flex shrink-0 flex-col gap-1 border-b border-line px-4 py-2">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 truncate" title={prefix}>
          <span className="text-muted">Inside </span>
          <span className="font-mono">{frame === 0 ? 'the model' : prefix}</span> <span className="text-muted">{moduleType(tree, frame)}</span>
        </p>
        {around >= 0 && (
          <IconButton size="small" label={`Show the surroundings: ${around === 0 ? 'the model' : moduleName(tree, around)}`} icon={<ArrowUp size={14} />} onClick={() => onFrame(around)} />
        )}
      </div>
      {open.length > 0 && (
        <ul aria-label="Open modules" className="flex flex-wrap gap-1.5">
          {open.map((row) => (
            <li key={row}>
              <button
                type="button"
                aria-label={`Fold ${moduleName(tree, row)}`}
                onClick={() => onFold(row)}
                className="flex h-6 items-center gap-1 rounded border border-line px-1.5 font-mono text-xs hover:bg-hover"
              >
                <Minus size={12} aria-hidden="true" />
                {prefix === '' ? moduleName(tree, row) : moduleName(tree, row).slice(prefix.length + 1)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {leftOut > 0 && <p className="text-xs text-muted">{formatQuantity(leftOut, 'step')} further away are not drawn.</p>}
    </div>
  );
}
