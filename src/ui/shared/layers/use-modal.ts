import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The field that the user came to fill in gets the focus; without one, the content gets it: Tab then goes to its first control, not to Close. */
const firstField = '[data-first-focus], textarea:not([readonly]), select, input:not([type=file], [type=radio], [type=checkbox])';

/**
 * Shows a dialog as modal while its component is mounted, and gives the focus back to its last owner, however the dialog
 * is closed. Returns the function for `onClose` of the dialog.
 */
export function useModal(dialog: RefObject<HTMLDialogElement | null>, onClose: () => void): () => void {
  const left = useRef(false);
  useLayoutEffect(() => {
    const element = dialog.current;
    left.current = false;
    if (element && !element.open) {
      element.showModal();
      (element.querySelector<HTMLElement>(firstField) ?? element.querySelector<HTMLElement>('[data-content]'))?.focus();
    }
    return () => {
      // While it is in the page still: a dialog that was taken out of it does not give the focus back.
      left.current = true;
      element?.close();
    };
  }, [dialog]);
  return () => {
    if (!left.current) onClose();
  };
}
