import { Box, ChevronDown } from 'lucide-react';
import type { OpenedTree } from '../../worker/protocol.ts';
import { formatLarge, formatQuantity } from '../shared/format.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { Popover } from '../shared/layers/Popover.tsx';
import { ModelItems } from './late-menus.ts';

/** The open model, and actions for its file. */
export function ModelMenu({ student }: { readonly student: OpenedTree }) {
  const { tree, parameterCount } = student;
  return (
    <Popover
      label="Model"
      trigger={(props) => (
        <button
          type="button"
          title={tree.model}
          className="flex h-7 min-w-0 items-center gap-1.5 rounded px-2 max-w-full max-[520px]:h-6 max-[520px]:px-1 hover:bg-hover aria-expanded:bg-chosen"
          {...props}
        >
          <Box size={14} className="shrink-0 text-muted max-[520px]:hidden" aria-hidden="true" />
          <span className="max-w-48 truncate font-medium min-[1600px]:max-w-96">{tree.model}</span>
          <span className="header-facts hidden shrink-0 text-xs text-muted min-[1000px]:inline">
            {formatQuantity(tree.size, 'module')}
            {parameterCount !== null && (
              <span className="hidden min-[1600px]:inline"> · {formatLarge(parameterCount)} parameters</span>
            )}
          </span>
          <ChevronDown size={12} className="shrink-0 text-muted max-[520px]:hidden" aria-hidden="true" />
        </button>
      )}
    >
      {(close) => (
        <LatePart part="The menu">
          <ModelItems tree={tree} close={close} />
        </LatePart>
      )}
    </Popover>
  );
}
