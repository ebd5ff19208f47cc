import { EllipsisVertical } from 'lucide-react';
import { IconButton } from '../shared/Button.tsx';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { Popover } from '../shared/layers/Popover.tsx';
import { MoreItems } from './late-menus.ts';

/** The menu of actions that are needed less often. */
export function MoreMenu() {
  return (
    <Popover
      label="More"
      align="end"
      trigger={(props) => <IconButton label="More" icon={<EllipsisVertical size={16} />} {...props} />}
    >
      {(close) => (
        <LatePart part="The menu">
          <MoreItems close={close} />
        </LatePart>
      )}
    </Popover>
  );
}
