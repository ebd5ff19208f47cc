import { useEffect, useRef, useState } from 'react';

/** Renames in place: Enter or leaving takes the name, Escape keeps the old one (`null`). */
export function PlanNameField({ name, label, onDone }: {
  readonly name: string;
  readonly label: string;
  readonly onDone: (name: string | null) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(name);
  const left = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (taken: string | null) => {
    if (left.current) return;
    left.current = true;
    onDone(taken === name ? null : taken);
  };
  return (
    <input
      ref={field}
      value={text}
      aria-label={label}
      maxLength={120}
      spellCheck={false}
      placeholder="Name of the plan"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(text.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          // The same key press must not reach the element that gets the focus now.
          event.preventDefault();
          finish(text.trim());
        } else if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          finish(null);
        }
      }}
      className="h-7 w-44 min-w-0 rounded border border-line-strong bg-surface px-2"
    />
  );
}
