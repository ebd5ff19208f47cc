import { useEffect, useId, useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { IconButton } from './Button.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

/** What a person came to fill in gets the focus; where there is nothing, the button that closes. */
const firstField = 'textarea:not([readonly]), select, input:not([type=file], [type=radio], [type=checkbox])';

/** A modal dialog: keeps the focus inside, closes with Escape, gives the focus back. */
export function Dialog({ title, onClose, width = 'narrow', children, footer }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      element.querySelector<HTMLElement>(firstField)?.focus();
    }
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className={`m-auto max-h-[88vh] flex-col overflow-hidden rounded-lg border border-line bg-raised p-0 text-text shadow-xl open:flex ${width === 'wide' ? 'w-[min(64rem,94vw)]' : 'w-[min(36rem,94vw)]'}`}
    >
      <header className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        <IconButton label="Close" icon={<X size={16} />} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-auto p-4">{children}</div>
      {footer !== undefined && <footer className="flex justify-end gap-2 border-t border-line p-3">{footer}</footer>}
    </dialog>
  );
}
