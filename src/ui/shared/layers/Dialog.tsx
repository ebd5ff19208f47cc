import { useId, useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { IconButton } from '../Button.tsx';
import { useModal } from './use-modal.ts';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** `wide` is for two columns, and for text that the user writes. */
  readonly width?: keyof typeof widths;
  /** There is nothing to act on: the text is a tab stop, so that keys scroll it. */
  readonly isText?: boolean;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

const widths = {
  narrow: 'w-[min(36rem,94vw)]',
  medium: 'w-[min(48rem,94vw)]',
  wide: 'w-[min(64rem,94vw)]',
} as const;

/** A modal dialog: keeps the focus inside, closes with Escape, gives the focus back. */
export function Dialog({ title, onClose, width = 'narrow', isText = false, children, footer }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const closed = useModal(dialog, onClose);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={closed}
      className={`m-auto max-h-[88vh] flex-col overflow-hidden rounded-lg border border-line bg-raised p-0 text-text shadow-xl open:flex ${widths[width]}`}
    >
      <header className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        <IconButton label="Close" icon={<X size={16} />} onClick={onClose} />
      </header>
      <div tabIndex={isText ? 0 : undefined} className="min-h-0 flex-auto overflow-auto focus-visible:-outline-offset-2">
        {/* Takes the focus where no field does; keys scroll the box around it. */}
        <div data-content="" tabIndex={-1} className="p-4 outline-none">
          {children}
        </div>
      </div>
      {footer !== undefined && <footer className="flex flex-wrap justify-end gap-2 border-t border-line p-3">{footer}</footer>}
    </dialog>
  );
}
