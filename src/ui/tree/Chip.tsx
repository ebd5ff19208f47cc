import type { ReactNode } from 'react';

/** A filter that is on or off. */
export function Chip({ name, hint, pressed, onPress, children }: {
  readonly name: string;
  readonly hint?: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={name}
      title={hint}
      onClick={onPress}
      className="flex h-6 shrink-0 items-center gap-1 rounded border border-line px-1.5 text-xs whitespace-nowrap hover:bg-hover aria-pressed:border-inverse aria-pressed:bg-inverse aria-pressed:text-inverse-text"
    >
      {children}
    </button>
  );
}
