import { useState, type ReactNode } from 'react';
import { Popover, type PopoverTriggerProps } from './Popover.tsx';

/** A menu whose items are made when it is first opened: a page has many of them. */
export function MenuButton({ label, align, role, trigger, children }: {
  readonly label: string;
  readonly align?: 'start' | 'end';
  readonly role?: 'menu' | 'dialog';
  readonly trigger: (props: PopoverTriggerProps & { readonly onClick: () => void }) => ReactNode;
  readonly children: (close: () => void) => ReactNode;
}) {
  const [wanted, setWanted] = useState(false);
  return (
    <Popover
      label={label}
      {...(align ? { align } : {})}
      {...(role ? { role } : {})}
      trigger={(props) => trigger({ ...props, onClick: () => setWanted(true) })}
    >
      {(close) => (wanted ? children(close) : null)}
    </Popover>
  );
}
